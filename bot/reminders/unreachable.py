"""The unreachable person: Slack refuses to deliver to them, and the owners are told."""

from bot.domain.fact import Facts
from bot.domain.message import Control
from bot.domain.words import plain
from bot.reminders.kind import Kind, Said


def _row(facts: Facts) -> Said:
    person, _, _day = facts.reminder.occurrence.partition(":")
    name = plain(facts.partner.name)
    return Said(
        f"*I couldn't reach <@{person}>*: Slack refused my message, so *{name}* and whatever else "
        "waits for them stays unsaid. I'll try again every working day. If they have left, hand "
        f"their partners over: `/partner assign {name} @someone`",
        short=f"I couldn't reach the liaison of {name}",
    )


def _controls(_facts: Facts) -> tuple[Control, ...]:
    return ()


UNREACHABLE = Kind("unreachable", rank=5, row=_row, controls=_controls)
