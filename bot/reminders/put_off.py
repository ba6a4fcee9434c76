"""The menu that brings a row back another day, the same on every kind."""

from bot.domain.fact import Facts
from bot.domain.message import Menu
from bot.domain.words import plain
from bot.reminders.kind import options

TOMORROW, IN_3_DAYS, NEXT_WEEK, SKIP = "tomorrow", "3_days", "next_week", "skip"
# These ask in a form.
PICK_A_DAY, HAND_OVER = "pick", "hand_over"

WHEN = {TOMORROW: "Tomorrow", IN_3_DAYS: "In 3 days", NEXT_WEEK: "Next week"}
_CHOICES = {**WHEN, PICK_A_DAY: "Pick a day", SKIP: "Skip this one", HAND_OVER: "Hand over"}
_WITHOUT_SKIP = {choice: label for choice, label in _CHOICES.items() if choice != SKIP}


def not_now(facts: Facts, can_skip: bool = True) -> Menu:
    """Return the menu; *Skip this one* only where there is a next one."""
    choices = options(facts, _CHOICES if can_skip else _WITHOUT_SKIP)
    return Menu("Not now", "not_now", choices, label=f"Not now: {plain(facts.partner.name)}")
