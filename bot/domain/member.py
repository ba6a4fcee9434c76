"""People in a workspace, their roles, and the workspace's settings."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from bot.domain.policy import AS_SHIPPED, Policy
from bot.domain.preference import NO_WISHES, Preferences
from bot.domain.workday import WorkCalendar

OWNER, LIAISON, DESK, MEMBER = "owner", "liaison", "desk", "member"
ROLES = (OWNER, LIAISON, DESK, MEMBER)
# Stands where the user id of somebody stood who was forgotten. It reads as a user id, so that
# exported rows can be imported again; Slack gives no such id.
FORGOTTEN = "U0FORGOTTEN"

# Slack does not announce daylight-saving changes, so a zone is read again after a day.
PROFILE_IS_STALE_AFTER = timedelta(days=1)


# From its first instant until just before its last.
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack says of a person. `zone` is an IANA name such as `America/Chicago`.

    `undisturbed` is their do-not-disturb time that goes on or comes next, where Slack lets us see
    it; `back_on` the first day after the vacation of which their status tells.
    """

    name: str
    zone: str | None
    email: str | None = None
    is_deactivated: bool = False
    is_guest: bool = False
    is_outsider: bool = False
    is_bot: bool = False
    undisturbed: Span | None = None
    back_on: date | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A person in the workspace, by Slack user id.

    `undisturbed` is the do-not-disturb time that Slack named when it was last asked.
    """

    workspace: str
    member: str
    role: str = MEMBER
    name: str = ""
    email: str | None = None
    zone: str | None = None
    profile_at: datetime | None = None
    is_deactivated: bool = False
    is_barred: bool = False
    reminder_hour: time = time(9)
    row_limit: int = 5
    preferences: Preferences = NO_WISHES
    undisturbed: Span | None = None

    @property
    def is_owner(self) -> bool:
        """Whether this person runs the partnership programme."""
        return self.role == OWNER

    def has_fresh_profile(self, now: datetime) -> bool:
        """Whether the profile was read within the last day."""
        return self.profile_at is not None and now - self.profile_at < PROFILE_IS_STALE_AFTER


@dataclass(frozen=True, slots=True)
class Workspace:
    """One Slack team and its settings. `zone` is for periods of figures and the gift year."""

    id: str
    name: str = ""
    zone: str = "America/New_York"
    country: str | None = "US"
    state: str | None = None
    channel: str | None = None
    currency: str = "USD"
    bot_user: str | None = None
    policy: Policy = AS_SHIPPED

    @property
    def calendar(self) -> WorkCalendar:
        """The working days and hours of the practice."""
        return _calendar(self, self.policy.work_days)


def calendar_of(settings: Workspace, member: Member | None) -> WorkCalendar:
    """Return when a person works: on days of their own, if they chose any, else the practice's."""
    own = member.preferences.work_days if member else None
    return _calendar(settings, own or settings.policy.work_days)


def _calendar(settings: Workspace, days: tuple[int, ...]) -> WorkCalendar:
    hours = settings.policy.work_starts, settings.policy.work_ends
    return _checked_once(settings.country, settings.state, days, *hours)


# A calendar looks up whether its place is known, which a thousand people need not wait for.
_checked_once = lru_cache(maxsize=1024)(WorkCalendar)
