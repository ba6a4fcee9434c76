"""The practice and its people, as one change finds them."""

from datetime import date, datetime

from bot.domain.member import Member, Workspace, calendar_of
from bot.domain.respect import asked_instead
from bot.domain.when import local_day
from bot.store import workspace
from bot.store.hour import first_instant
from bot.store.transaction import Change


class Staff:
    """Reads the practice and each person once in a change."""

    def __init__(self, change: Change) -> None:
        self._change = change

    @property
    def settings(self) -> Workspace:
        """The practice's settings."""
        return self._change.once("workspace", lambda: workspace.get(self._change))

    def person(self, user: str) -> Member:
        """Return one of the people."""
        return self._change.once(user, lambda: workspace.member(self._change, user))

    def today(self, user: str | None) -> date:
        """Return the day where a person is, or the practice."""
        zone = self.person(user).zone if user else None
        return local_day(self._change.now, zone or self.settings.zone)

    def asked(self, user: str | None) -> str | None:
        """Return who is asked in somebody's place while they are away."""
        if user is None:
            return None
        person = self.person(user)
        cover = person.preferences.cover
        return asked_instead(person, self.person(cover) if cover else None, self.today(user))

    def hour_of(self, user: str | None, day: date) -> datetime:
        """Return when a reminder for `day` may first be shown to a person."""
        person = self.person(user) if user else None
        return first_instant(day, person, calendar_of(self.settings, person))
