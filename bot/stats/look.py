"""Worth a look: up to three lines of a report that somebody can act on, each with its button."""

from datetime import date
from itertools import chain, zip_longest

from bot.domain.message import Button, Part, Row, Words
from bot.domain.tally import Attention, OpenTooLong, Rhythm, Unassigned, Waiting
from bot.domain.words import plain, span_words

MOST_LINES = 3

Item = Rhythm | OpenTooLong | Unassigned | Waiting


def look(attention: Attention, today: date) -> list[Part]:
    """Return the heading and the lines: the most pressing of each sort, then the next ones."""
    sorts = (attention.quiet, attention.open_too_long, attention.unassigned, attention.waiting)
    items = [item for item in chain(*zip_longest(*sorts)) if item is not None][:MOST_LINES]
    rows = [_row(item, today) for item in items]
    return [Words("*Worth a look*"), *rows] if rows else []


def _row(item: Item, today: date) -> Row:
    name = plain(item.name)
    button = _button(item, name)
    return Row(f"• {name}: {_words(item, today)}", (button,))


def _button(item: Item, name: str) -> Button:
    value = str(item.partner_id)
    if isinstance(item, Unassigned):
        return Button("Assign", "assign", value, f"Assign a liaison to {name}")
    return Button("Show", "show", value, f"Show {name}")


def _words(item: Item, today: date) -> str:
    match item:
        case Rhythm():
            return f"no referral since {_day(item.last_on, today)}, usually {_usual(item)}"
        case OpenTooLong():
            return f"{item.count:,} open over three weeks"
        case Unassigned():
            return "no liaison"
        case Waiting():
            return f"waiting for a check-in since {_day(item.since_on, today)}"


def _usual(rhythm: Rhythm) -> str:
    if rhythm.per_month < 0.75:
        return "one every two months"
    return f"{max(1, round(rhythm.per_month)):,} a month"


def _day(day: date, today: date) -> str:
    return span_words(day, day, today)
