"""What was done with a partner, and which kinds restart the check-in clock."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class InteractionKind:
    """A kind of interaction: `done` is how it is said back ("Call with ..."), `is_touch` whether
    it restarts the check-in clock, `is_of_value` whether its cost counts as a gift.
    """

    key: str
    done: str
    is_touch: bool = True
    is_of_value: bool = False


KINDS = {
    kind.key: kind
    for kind in (
        InteractionKind("call", "Call with"),
        InteractionKind("email", "Email to"),
        InteractionKind("text", "Text to"),
        InteractionKind("visit", "Visit to"),
        InteractionKind("lunch", "Lunch with", is_of_value=True),
        InteractionKind("meeting", "Meeting with", is_of_value=True),
        InteractionKind("event", "Event with", is_of_value=True),
        InteractionKind("workshop", "Workshop with"),
        InteractionKind("gift", "Gift for", is_of_value=True),
        InteractionKind("thank_you", "Thank-you to", is_touch=False),
        InteractionKind("report", "Report to", is_touch=False),
        InteractionKind("update", "Update to", is_touch=False),
        InteractionKind("introduction", "Introduction with"),
        InteractionKind("other", "Contact with"),
    )
}

TOUCH_KINDS = tuple(kind.key for kind in KINDS.values() if kind.is_touch)


@dataclass(frozen=True, slots=True)
class Interaction:
    """One thing done with a partner; `is_reached` is False for a call that reached nobody."""

    id: int
    partner_id: int
    kind: str
    happened_on: date
    by: str | None
    created_at: datetime
    contact_id: int | None = None
    is_reached: bool = True
    minutes: int | None = None
    cost: Decimal | None = None
    note: str = ""

    @property
    def is_touch(self) -> bool:
        """Whether this restarts the check-in clock."""
        return self.is_reached and KINDS[self.kind].is_touch


def done_words(kind: str, is_reached: bool = True) -> str:
    """Return how an interaction is said back, up to the partner's name ("Voicemail for")."""
    return KINDS[kind].done if is_reached else "Voicemail for"
