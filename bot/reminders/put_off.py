"""The menu that brings a row back another day, the same on every kind."""

from bot.domain.fact import Facts
from bot.domain.message import Menu
from bot.domain.words import plain
from bot.reminders.kind import carry

TOMORROW, IN_3_DAYS, NEXT_WEEK, SKIP = "tomorrow", "3_days", "next_week", "skip"
# These ask in a form.
PICK_A_DAY, HAND_OVER = "pick", "hand_over"

WHEN = {TOMORROW: "Tomorrow", IN_3_DAYS: "In 3 days", NEXT_WEEK: "Next week"}


def not_now(facts: Facts, can_skip: bool = True) -> Menu:
    """Return the menu; *Skip this one* only where there is a next one."""
    skip = {SKIP: "Skip this one"} if can_skip else {}
    choices = {**WHEN, PICK_A_DAY: "Pick a day", **skip, HAND_OVER: "Hand over"}
    return Menu(
        "Not now",
        "not_now",
        tuple((label, carry(facts, choice)) for choice, label in choices.items()),
        label=f"Not now: {plain(facts.partner.name)}",
    )
