"""The handover: a partner's liaison changed, and both are told."""

from bot.domain.fact import Facts
from bot.domain.message import Control
from bot.domain.words import plain
from bot.reminders.kind import Kind, Said


def _row(facts: Facts) -> Said:
    name = plain(facts.partner.name)
    liaison = facts.partner.liaison
    if liaison == facts.reminder.recipient:
        text = f"*{name}* is yours to look after now. See `/partner show {name}`."
        return Said(text, short=f"{name} is yours now")
    now = f"is with <@{liaison}> now" if liaison else "has no liaison now"
    return Said(f"*{name}* {now}. Thank you for looking after them.", short=f"{name} {now}")


def _controls(_facts: Facts) -> tuple[Control, ...]:
    return ()


HANDOVER = Kind("handover", rank=4, row=_row, controls=_controls)
