"""What is counted over a period, and what deserves a look: the values behind every figure."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

# A referral that is neither evaluated nor lost deserves a look after three weeks.
OPEN_TOO_LONG = timedelta(days=21)
# A check-in deserves a look when it has waited for two weeks.
WAITING_TOO_LONG = timedelta(days=14)
# A partner's rhythm is taken from the past year, and needs this many referrals.
RHYTHM_WINDOW = timedelta(days=365)
RHYTHM_NEEDS = 6
# Quiet: nothing for over 2.5 times the usual gap, and for at least 30 days.
QUIET_GAPS = 2.5
QUIET_DAYS = 30

DAYS_A_MONTH = 30.4


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over a period, of one group. Tallies of disjoint groups or periods add up.

    `received`, `converted` and `lost` are referrals to us that were made in the period, and what
    became of them until now: the rate is `converted / received`. `sent` are referrals by us.
    `days_to_evaluation` are the first evaluations that took place in the period, whenever the
    referral was made: pairs of the days since the referral and how many took that long, by days.
    `check_ins` are those first shown in the period whose outcome is known, `on_time` those of them
    done by the third working day after. `to_thank` are the evaluations in the period of patients
    of partners who treat them too, whose two working days for a note are over or were enough;
    `thanked` those for which they were enough.
    """

    received: int = 0
    converted: int = 0
    lost: int = 0
    sent: int = 0
    interactions: int = 0
    check_ins: int = 0
    on_time: int = 0
    to_thank: int = 0
    thanked: int = 0
    days_to_evaluation: tuple[tuple[int, int], ...] = ()

    @property
    def still_open(self) -> int:
        """The referrals made in the period that have no end yet."""
        return self.received - self.converted - self.lost

    @property
    def came_in(self) -> int:
        """The first evaluations that took place in the period, whenever the referral was made."""
        return sum(count for _, count in self.days_to_evaluation)

    def __add__(self, other: "Tally") -> "Tally":
        days = Counter(dict(self.days_to_evaluation)) + Counter(dict(other.days_to_evaluation))
        return Tally(
            received=self.received + other.received,
            converted=self.converted + other.converted,
            lost=self.lost + other.lost,
            sent=self.sent + other.sent,
            interactions=self.interactions + other.interactions,
            check_ins=self.check_ins + other.check_ins,
            on_time=self.on_time + other.on_time,
            to_thank=self.to_thank + other.to_thank,
            thanked=self.thanked + other.thanked,
            days_to_evaluation=tuple(sorted(days.items())),
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures; what is None does not narrow them down.

    `member` is a person's Slack user id: a referral is its partner's liaison's, an interaction of
    whoever did it, a check-in of whoever was asked.
    """

    partner_id: int | None = None
    category: str | None = None
    member: str | None = None


PRACTICE = Scope()


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a partner referred to us in the past year: `count` times, evenly or not."""

    partner_id: int
    name: str
    count: int
    first_on: date
    last_on: date

    @property
    def per_month(self) -> float:
        """Its usual number of referrals a month."""
        months = (self.last_on - self.first_on).days / DAYS_A_MONTH
        return self.count / max(1.0, months)

    def is_quiet(self, today: date) -> bool:
        """Whether it has been silent for much longer than usual."""
        silent = (today - self.last_on).days
        usual_gap = DAYS_A_MONTH / self.per_month
        return (
            self.count >= RHYTHM_NEEDS and silent >= QUIET_DAYS and silent > QUIET_GAPS * usual_gap
        )


@dataclass(frozen=True, slots=True)
class OpenTooLong:
    """A partner with `count` referrals that have been open for over three weeks."""

    partner_id: int
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Unassigned:
    """A partner that nobody looks after."""

    partner_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A partner whose check-in has waited since `since_on`."""

    partner_id: int
    name: str
    since_on: date


@dataclass(frozen=True, slots=True)
class WaitingFor:
    """A person for whom `count` things wait, the oldest of them since `since_on`."""

    member: str
    count: int
    since_on: date


@dataclass(frozen=True, slots=True)
class Attention:
    """What deserves a look, of each sort the most pressing first."""

    quiet: tuple[Rhythm, ...] = ()
    open_too_long: tuple[OpenTooLong, ...] = ()
    unassigned: tuple[Unassigned, ...] = ()
    waiting: tuple[Waiting, ...] = ()


NOTHING_TO_LOOK_AT = Attention()
