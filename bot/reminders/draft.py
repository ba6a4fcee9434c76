"""Notes of thanks to copy, by sort of partner.

The bot never sends them, and no draft offers anything of value in return for a referral.
"""

import re
from datetime import date

from bot.domain.fact import Facts
from bot.domain.naming import DESCRIPTORS, SPECIALTIES
from bot.domain.partner import CATEGORIES

_OWNS = re.compile(r"['’]")
_SEASONS = ("winter", "spring", "summer", "fall")

FIRST_EVER = (
    "Dear {contact}, thank you for your first referral. How do you like updates: fax, phone or "
    "portal? And who should get them? {me}"
)

BY_CATEGORY = {
    "physician": (
        "Dear {contact}, thank you for trusting us with your patients' care. Our evaluations will "
        "reach you the usual way. If we can make anything easier, please call me. {me}"
    ),
    "chiropractor": (
        "Dear {contact}, thank you for working with us for your patients. If a joint plan would "
        "help, I'd be glad to find a time to talk. {me}"
    ),
    "gym": (
        "Hi {contact}, thank you for thinking of us when your members ask about aches and pains. "
        "What's coming up at the gym this {season}? I'd love to come see it. {me}"
    ),
    "wellness": (
        "Hi {contact}, thank you for thinking of us when your clients ask who to see. What are "
        "you working on this {season}? {me}"
    ),
    "school": (
        "Hi {contact}, thank you for keeping us in mind for your athletes and staff. How is the "
        "{season} season shaping up? {me}"
    ),
    "employer": (
        "Hi {contact}, thank you for keeping us in mind for your team. What's coming up at work "
        "this {season}? I'd like to hear how everybody is doing. {me}"
    ),
    "store": (
        "Hi {contact}, thank you for keeping us in mind. What's new in the store this {season}? "
        "I'd love to stop by and see it. {me}"
    ),
    "community": (
        "Hi {contact}, thank you for keeping us in mind. What is coming up this {season} that we "
        "could help with? {me}"
    ),
}

OTHERWISE = (
    "Hi {contact}, thank you for keeping us in mind. It means a lot to us. What's new on your "
    "side this {season}? {me}"
)


# For a treating partner of a category that a practice made up itself.
CARE = BY_CATEGORY["physician"]


def thank_you_note(facts: Facts, me: str) -> str:
    """Return the note for a partner, signed by `me`.

    A partner that does not treat the patient never gets the note for a first referral, or one of
    those that speak of patients: it would confirm that somebody came.
    """
    note = _template(facts).format(contact=greeted(facts), me=me, season=season(facts.today))
    return note.strip()


def _template(facts: Facts) -> str:
    category = CATEGORIES.get(facts.partner.category)
    if facts.partner.is_treating:
        return FIRST_EVER if facts.is_first_ever else BY_CATEGORY.get(facts.partner.category, CARE)
    if category is None or category.is_treating:
        return OTHERWISE
    return BY_CATEGORY.get(category.key, OTHERWISE)


def greeted(facts: Facts) -> str:
    """Return how a note addresses the partner: a doctor by title, others by first name."""
    name = _person(facts.contact.name) if facts.contact else ""
    if name:
        return _formal(name) if _is_doctor(name) else _first(name)
    practice = _person(facts.partner.name)
    of_a_place = (DESCRIPTORS | SPECIALTIES) & set(practice.casefold().split())
    is_person = _is_doctor(practice) and not of_a_place and not _OWNS.search(practice)
    return _formal(practice) if is_person else "all"


def _person(name: str) -> str:
    """Return a name without the degrees behind it: "Amy Lee, MD"."""
    return " ".join(name.split(",")[0].split())


def _is_doctor(name: str) -> bool:
    """Whether a name begins with the title; that of Drew does not."""
    words = name.split()
    return len(words) > 1 and words[0].casefold().rstrip(".") in ("dr", "doctor")


def season(day: date) -> str:
    """Return the season of a day in the northern hemisphere, as people name it by month."""
    return _SEASONS[day.month % 12 // 3]


def _formal(name: str) -> str:
    words = name.split()
    return f"Dr. {words[-1]}" if len(words) > 1 else name


def _first(name: str) -> str:
    words = name.split()
    is_title = words[0].casefold().rstrip(".") in {"coach", "mr", "ms", "mrs", "prof"}
    return words[1] if is_title and len(words) > 1 else words[0]
