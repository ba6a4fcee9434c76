"""The desk's question of the day: which partners' referrals had their first evaluation?"""

from collections.abc import Sequence
from datetime import date

from bot.domain.message import Button, Controls, Message, Small, Words
from bot.domain.referral import StillOpen
from bot.domain.words import plain, short

# So many partners are offered; the others can be typed.
OFFERED = 6


def question(waiting: Sequence[StillOpen], today: date) -> Message:
    """Ask about the partners with open referrals, the likeliest first."""
    partners = tuple(_partner(one, today) for one in waiting[:OFFERED])
    others = (Button("Someone else", "desk_else"), Button("None", "desk_none"))
    asked = "Any first evaluations today?"
    parts = (Words(f"*{asked}*"), Controls((*partners, *others)), Small("No names, no numbers."))
    return Message(parts, preview=asked)


def carry(one: StillOpen, day: date) -> str:
    """Return what a partner's button carries: its oldest open referral, and the day."""
    return f"{one.oldest}:{day.isoformat()}"


def _partner(one: StillOpen, today: date) -> Button:
    text = short(one.name, 40)
    label = f"One from {plain(short(one.name, 50))}"
    return Button(text, "desk", carry(one, today), label=label)
