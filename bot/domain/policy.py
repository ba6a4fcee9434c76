"""What owners decide for the whole practice: working hours, rhythms, retention, the digest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from dateutil.relativedelta import relativedelta

from bot.domain import stored
from bot.domain.cadence import QUARTERLY, Cadence
from bot.domain.partner import Partner
from bot.domain.workday import ENDS, MONDAY_TO_FRIDAY, STARTS

EACH, TWO_WEEKS, MONTHLY = "each", "two_weeks", "monthly"
RHYTHMS = (EACH, TWO_WEEKS, MONTHLY)

_READERS: dict[str, stored.Reader] = {
    "work_days": stored.weekdays,
    "work_starts": stored.clock_time,
    "work_ends": stored.clock_time,
    "thank_you_rhythm": stored.one_of(*RHYTHMS),
    "cadence": Cadence.parse,
    "cadences": stored.cadences,
    "notes_kept_months": stored.none_or(stored.count),
    "digest_day": stored.none_or(stored.weekday),
    "digest_at": stored.clock_time,
    "decided": stored.texts,
}


@dataclass(frozen=True, slots=True)
class Policy:
    """A practice's ways. Weekdays count from 0, Monday; times are local.

    `cadence` is for partners without one of their own, unless `cadences` names one for their tier
    or category (in small letters). Notes are kept for `notes_kept_months`, or for ever. The digest
    comes on `digest_day` at `digest_at`, or never. `decided` names the columns of the workspace
    that an owner has set in Slack: there the environment's defaults are heard no more.
    """

    work_days: tuple[int, ...] = MONDAY_TO_FRIDAY
    work_starts: time = STARTS
    work_ends: time = ENDS
    thank_you_rhythm: str = EACH
    cadence: Cadence = QUARTERLY
    cadences: Mapping[str, Cadence] = field(default_factory=dict, hash=False)
    notes_kept_months: int | None = None
    digest_day: int | None = 0
    digest_at: time = STARTS
    decided: tuple[str, ...] = ()

    @classmethod
    def parse(cls, kept: object) -> "Policy":
        """Return what JSON holds; what is odd or unknown there counts as not decided."""
        found = stored.read(kept, _READERS)
        if found.get("work_starts", STARTS) >= found.get("work_ends", ENDS):
            found |= {"work_starts": STARTS, "work_ends": ENDS}
        return cls(**found)

    @property
    def stored(self) -> dict[str, Any]:
        """Return what JSON keeps: what was decided."""
        return stored.written(self)

    @property
    def is_digest_on(self) -> bool:
        """Whether the team hears once a week how the week was."""
        return self.digest_day is not None

    def notes_before(self, today: date) -> date | None:
        """Return the day before which notes are over their time; None when they never are."""
        months = self.notes_kept_months
        return None if months is None else today - relativedelta(months=months)

    def cadence_of(self, partner: Partner) -> Cadence:
        """Return how often a partner is to hear from us: its own cadence before any default."""
        if partner.cadence:
            return Cadence.parse(partner.cadence)
        return self.cadence_for(partner.category, partner.tier)

    def cadence_for(self, category: str, tier: str | None = None) -> Cadence:
        """Return the cadence of partners without one of their own; a tier's before a category's."""
        names = (key_of(tier or ""), key_of(category))
        return next((self.cadences[name] for name in names if name in self.cadences), self.cadence)


AS_SHIPPED = Policy()


def key_of(name: str) -> str:
    """Return the form in which a tier or category has its cadence."""
    return " ".join(name.casefold().split())
