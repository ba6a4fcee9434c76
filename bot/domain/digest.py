"""The weekly digest: when it is due, and what it tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.member import Workspace
from bot.domain.period import Period
from bot.domain.tally import Attention, Tally
from bot.domain.when import is_working_time, local_day, local_instant

WEEK = timedelta(days=7)
# How many people, partners and steps are named; a digest is read standing up.
MOST_NAMED = 3
# What is told as good news of a person, the rarest first.
TELLING = ("workshop", "event", "introduction", "meeting", "lunch", "visit")

# Why a digest goes to the owners instead of their channel.
SHARED, GONE, NOT_A_MEMBER, UNSURE = "shared", "gone", "not_a_member", "unsure"

# What the id of a channel begins with; those of people begin with U or W.
_CHANNELS = ("C", "G")


def is_channel(recipient: str) -> bool:
    """Tell whether a Slack id is that of a channel, not of a person."""
    return recipient.startswith(_CHANNELS)


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that a person did with a partner; `who` is their name."""

    kind: str
    who: str
    partner: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """A next step in the week to come."""

    due_on: date
    partner: str
    what: str


@dataclass(frozen=True, slots=True)
class Digest:
    """A week of the practice, and the week to come; nothing in it shames anybody.

    `kinds` counts the interactions by kind, `first_ever` names the partners whose first referral
    came, `unthanked` counts the partners for whom a thank-you is due, `by_month` are the tallies of
    the months that are drawn, `owners` are first names.
    """

    week: Period
    today: date
    tally: Tally
    kinds: Mapping[str, int]
    moments: tuple[Moment, ...]
    first_ever: tuple[str, ...]
    ahead: tuple[Ahead, ...]
    check_ins_ahead: int
    attention: Attention
    unassigned: int
    unthanked: int
    drawn: Period
    by_month: Mapping[date, Tally]
    owners: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was recorded in the week."""
        return not (self.tally.received or self.tally.came_in or sum(self.kinds.values()))


def week_of(now: datetime, settings: Workspace) -> str | None:
    """Return the ISO week ("2027-W09") whose digest is due now, or None.

    It is due from its hour on its day, moved to the next working day if that is none, until the
    end of the working day after: a digest that was missed for longer would be no news. It comes
    in the practice's working hours only.
    """
    calendar, policy = settings.calendar, settings.policy
    if policy.digest_day is None or not settings.channel:
        return None
    if not is_working_time(now, settings.zone, calendar):
        return None
    today = local_day(now, settings.zone)
    # A day that was moved far enough is in the week after its own.
    for day in (_day_of(today, policy.digest_day), _day_of(today - WEEK, policy.digest_day)):
        shown = calendar.on_or_after(day)
        at = max(calendar.starts, policy.digest_at)
        starts = local_instant(shown, at, settings.zone)
        last = calendar.add_working_days(shown, 1)
        if starts <= now and today <= last:
            return _name(day)
    return None


def _day_of(today: date, weekday: int) -> date:
    return today - timedelta(days=today.weekday()) + timedelta(days=weekday)


def _name(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def covered(week: str, digest_day: int) -> Period:
    """Return the seven days before the digest's day of an ISO week."""
    year, number = (int(part) for part in week.split("-W"))
    day = date.fromisocalendar(year, number, digest_day + 1)
    words = "Last week" if digest_day == 0 else "The last seven days"
    return Period(day - WEEK, day - timedelta(days=1), words)
