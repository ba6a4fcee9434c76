"""Partners, their contacts, and the categories that we ship."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Category:
    """A sort of partner; `is_treating` says whether its members treat the patient too."""

    key: str
    label: str
    is_treating: bool
    words: tuple[str, ...] = ()


CATEGORIES = {
    category.key: category
    for category in (
        Category(
            "physician",
            "Physicians",
            True,
            (
                "physicians",
                "doctor",
                "doctors",
                "dr",
                "md",
                "surgeon",
                "ortho",
                "orthopedics",
                "orthopaedics",
                "orthopedist",
                "pcp",
                "primary care",
                "family medicine",
                "pediatrics",
                "pediatrician",
                "dentist",
                "dental",
                "podiatrist",
                "clinic",
            ),
        ),
        Category(
            "chiropractor",
            "Chiropractors",
            True,
            ("chiropractors", "chiro", "chiropractic"),
        ),
        Category(
            "wellness", "Wellness", False, ("massage", "yoga", "pilates", "spa", "acupuncture")
        ),
        Category(
            "gym",
            "Gyms",
            False,
            ("gyms", "crossfit", "fitness", "trainer", "personal trainer", "studio"),
        ),
        Category(
            "community",
            "Community",
            False,
            ("ymca", "nonprofit", "church", "senior center", "charity", "club"),
        ),
        Category(
            "school", "Schools", False, ("schools", "high school", "college", "university", "team")
        ),
        Category(
            "employer",
            "Employers",
            False,
            ("employers", "company", "factory", "manufacturing", "plant", "business"),
        ),
        Category("store", "Stores", False, ("stores", "shop", "running store", "retail")),
        Category("online", "Online", False, ("website", "web", "google", "social", "instagram")),
        Category("patient", "Patients", False, ("patients", "word of mouth", "former patient")),
        Category("other", "Other", False, ("others",)),
    )
}

_BY_WORD = {word: c.key for c in CATEGORIES.values() for word in (c.key, *c.words)}


def category_named(words: str) -> str:
    """Return the key of the category that `words` name; any other word is its own category."""
    lowered = " ".join(words.casefold().split())
    return _BY_WORD.get(lowered, lowered)


def category_label(key: str) -> str:
    """Return how a category is headed in lists and figures."""
    return CATEGORIES[key].label if key in CATEGORIES else key.capitalize()


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at a partner."""

    id: int
    partner_id: int
    name: str
    role: str | None = None
    email: str | None = None
    phone: str | None = None
    preferred_channel: str | None = None
    cares_about: str | None = None


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation or professional that can refer to us or be referred to.

    `cadence` is a stored `Cadence` or None for the default. `first_due_on` is the day of the
    first check-in of a partner that was never touched. While `paused_on` is set no check-in is
    asked for, until `paused_until` if that is set too.
    """

    id: int
    workspace: str
    name: str
    category: str
    added_on: date
    specialty: str | None = None
    stage: str | None = None
    tier: str | None = None
    treating: bool | None = None
    liaison: str | None = None
    cadence: str | None = None
    baseline_on: date | None = None
    first_due_on: date | None = None
    paused_on: date | None = None
    paused_until: date | None = None
    ended_on: date | None = None
    ended_reason: str | None = None
    website: str | None = None
    address: str | None = None
    notes: str | None = None

    @property
    def is_treating(self) -> bool:
        """Whether this partner treats the patient too; it decides what may be said to them."""
        if self.treating is not None:
            return self.treating
        category = CATEGORIES.get(self.category)
        return category is not None and category.is_treating

    def is_paused(self, today: date) -> bool:
        """Whether check-ins rest on `today`."""
        return self.paused_on is not None and (
            self.paused_until is None or today < self.paused_until
        )
