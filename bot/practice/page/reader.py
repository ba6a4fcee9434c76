"""The person who looks at the page: names, times and days are as they see them."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.practice.records import Person
from bot.practice.state import Workspace


@dataclass(frozen=True)
class Reader:
    """Whoever the visitor acts as, and the workspace they are in."""

    workspace: Workspace
    person: Person

    def local(self, stamp: float | str) -> datetime:
        """Return an instant (seconds or a ts) on this person's clock."""
        return datetime.fromtimestamp(float(stamp), ZoneInfo(self.person.tz))

    @property
    def now(self) -> datetime:
        return self.local(self.workspace.clock())

    def name_of(self, user: str, otherwise: str = "") -> str:
        person = self.workspace.people.get(user)
        return person.real_name if person else otherwise or user

    def channel_name(self, channel: str, otherwise: str = "") -> str:
        found = self.workspace.channels.get(channel)
        return found.name if found else otherwise or channel


def clock_time(at: datetime, seconds: bool = False) -> str:
    """Return 9:05 AM."""
    tail = f":{at:%S}" if seconds else ""
    return f"{at.hour % 12 or 12}:{at:%M}{tail} {'AM' if at.hour < 12 else 'PM'}"


def day_name(at: datetime, now: datetime) -> str:
    """Return Today, Yesterday, Tomorrow, or Wednesday, March 3."""
    near = {0: "Today", -1: "Yesterday", 1: "Tomorrow"}.get((at.date() - now.date()).days)
    return near or f"{at:%A, %B} {at.day}" + ("" if at.year == now.year else f", {at.year}")
