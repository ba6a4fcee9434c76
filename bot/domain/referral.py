"""Referrals: a number of ours, dates and a status, and never anything about the patient."""

from dataclasses import dataclass
from datetime import date, datetime

RECEIVED, SENT = "received", "sent"

LOST_REASONS = {
    "no_contact": "no contact",
    "elsewhere": "chose elsewhere",
    "cost": "insurance or cost",
    "not_a_fit": "not a fit",
    "other": "other",
}

_REASON_WORDS = {
    "no_contact": ("contact", "reach", "unreachable", "no show", "noshow", "never called", "ghost"),
    "elsewhere": ("elsewhere", "somewhere", "competitor", "another", "other clinic"),
    "cost": ("insurance", "cost", "price", "money", "expensive", "network", "copay", "deductible"),
    "not_a_fit": ("fit", "wrong", "unsuitable", "not appropriate"),
    "other": ("other",),
}


def lost_reason(words: str) -> str | None:
    """Return the key of the reason that `words` give, or None; free text is never kept."""
    lowered = words.casefold()
    if lowered.strip() in LOST_REASONS:
        return lowered.strip()
    return next(
        (key for key, hints in _REASON_WORDS.items() if any(hint in lowered for hint in hints)),
        None,
    )


@dataclass(frozen=True, slots=True)
class Referral:
    """A patient sent to us (`received`) or by us (`sent`).

    `received_on` is the day it was made, in either direction; `converted_at` is the instant at
    which the evaluation was recorded.
    """

    id: int
    number: int
    partner_id: int
    direction: str
    received_on: date
    created_at: datetime
    contact_id: int | None = None
    scheduled_on: date | None = None
    evaluated_on: date | None = None
    discharged_on: date | None = None
    lost_on: date | None = None
    lost_reason: str | None = None
    visits: int | None = None
    influencer: str | None = None
    by: str | None = None
    converted_at: datetime | None = None
    thank_by_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether neither an evaluation nor a loss was recorded."""
        return self.evaluated_on is None and self.lost_on is None

    @property
    def label(self) -> str:
        """How people call it: `R-1042`."""
        return f"R-{self.number}"


@dataclass(frozen=True, slots=True)
class StillOpen:
    """A partner with `count` open referrals, of which `oldest` is the id of the oldest."""

    partner_id: int
    name: str
    oldest: int
    count: int


@dataclass(frozen=True, slots=True)
class NextStep:
    """A dated item on a partner with an owner."""

    id: int
    partner_id: int
    owner: str
    what: str
    due_on: date
    done_on: date | None = None
    dropped_on: date | None = None
