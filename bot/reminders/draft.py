"""Notes of thanks to copy, by sort of partner.

The bot never sends them, and no draft offers anything of value in return for a referral.
"""

from datetime import date

from bot.domain.fact import Facts

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
        "Hi {contact}, thank you for keeping us in mind for your team. If a short talk on "
        "staying well at work would help this {season}, I'd gladly come by. {me}"
    ),
    "store": (
        "Hi {contact}, thank you for pointing people our way. Anything new in the store this "
        "{season} that I should tell our runners about? {me}"
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


def thank_you_note(facts: Facts, me: str) -> str:
    """Return the note for a partner, signed by `me`.

    A partner that does not treat the patient never gets the note for a first referral: it would
    confirm that somebody came.
    """
    if facts.is_first_ever and facts.partner.is_treating:
        template = FIRST_EVER
    else:
        template = BY_CATEGORY.get(facts.partner.category, OTHERWISE)
    return template.format(contact=greeted(facts), me=me, season=season(facts.today))


def greeted(facts: Facts) -> str:
    """Return how a note addresses the partner: a doctor by title, others by first name."""
    if facts.contact is None:
        is_person = facts.partner.name.casefold().startswith("dr")
        return _formal(facts.partner.name) if is_person else "all"
    name = facts.contact.name
    return _formal(name) if name.casefold().startswith("dr") else _first(name)


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
