"""What a person has chosen for themselves: their days, quiet hours, and who covers for them."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from bot.domain import stored

_READERS: dict[str, stored.Reader] = {
    "work_days": stored.weekdays,
    "quiet_from": stored.clock_time,
    "quiet_until": stored.clock_time,
    "is_week_ahead": stored.is_on,
    "away_until": date.fromisoformat,
    "cover": stored.text,
}


@dataclass(frozen=True, slots=True)
class Preferences:
    """A person's wishes; None and False are the practice's ways.

    `work_days` are weekdays, 0 is Monday. Nothing is sent from `quiet_from` until just before
    `quiet_until`, local times of which there are both or none. `away_until` is the first day back;
    `cover` is the Slack user id of whoever looks after their partners meanwhile.
    """

    work_days: tuple[int, ...] | None = None
    quiet_from: time | None = None
    quiet_until: time | None = None
    is_week_ahead: bool = False
    away_until: date | None = None
    cover: str | None = None

    @classmethod
    def parse(cls, kept: object) -> "Preferences":
        """Return what JSON holds; what is odd or unknown there counts as not chosen."""
        found = stored.read(kept, _READERS)
        start, end = found.get("quiet_from"), found.get("quiet_until")
        if start is None or end is None or start >= end:
            found |= {"quiet_from": None, "quiet_until": None}
        return cls(**found)

    @property
    def stored(self) -> dict[str, Any]:
        """Return what JSON keeps: what was chosen."""
        return stored.written(self)

    def is_quiet(self, at: time) -> bool:
        """Tell whether a local time lies in the quiet hours."""
        if self.quiet_from is None or self.quiet_until is None:
            return False
        return self.quiet_from <= at < self.quiet_until

    def is_away(self, today: date) -> bool:
        """Tell whether the person is away on a day."""
        return self.away_until is not None and today < self.away_until


NO_WISHES = Preferences()
