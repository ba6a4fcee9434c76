"""What a reminder kind is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.domain.fact import Facts
from bot.domain.message import Control
from bot.domain.words import date_words


@dataclass(frozen=True, slots=True)
class Said:
    """A row's words: `short` is for the preview on a phone, `draft` a note to copy."""

    text: str
    short: str
    draft: str = ""
    small: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """Something the bot says by itself.

    `rank` orders the kinds in a message, lowest first. `row` is asked again whenever a message is
    made and answers None when the reminder is no longer true. `controls` are its buttons.
    """

    name: str
    rank: int
    row: Callable[[Facts], Said | None]
    controls: Callable[[Facts], tuple[Control, ...]]

    def said(self, facts: Facts) -> Said | None:
        """Return the row's words, with whom it is for where somebody covers."""
        found = self.row(facts)
        if found is None or facts.instead_of is None:
            return found
        user, back_on = facts.instead_of
        day = date_words(back_on, facts.today)
        return replace(found, text=f"{found.text} _For <@{user}>, away until {day}._")


def carry(facts: Facts, choice: str = "") -> str:
    """Return what a control of this row carries: its reminder, and the choice."""
    return f"{facts.reminder.id}:{choice}" if choice else str(facts.reminder.id)


def options(facts: Facts, choices: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return a menu's options from the labels of choices: what is read, and what is carried."""
    row = facts.reminder.id
    return tuple((label, f"{row}:{choice}") for choice, label in choices.items())
