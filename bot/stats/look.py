"""Worth a look: up to three lines of a report that somebody can act on, each with its button."""

from datetime import date
from itertools import chain, zip_longest

from bot.domain.message import Button, Part, Row, Words
from bot.domain.tally import Attention, OpenTooLong, Rhythm, Unassigned, Waiting
from bot.domain.words import plain, span_words

MOST_LINES = 3

Item = Rhythm | OpenTooLong | Unassigned | Waiting


def look(attention: Attention, today: date) -> list[Part]:
    """Return the heading and a line for each partner, the most pressing of each sort first."""
    sorts = (attention.quiet, attention.open_too_long, attention.unassigned, attention.waiting)
    by_partner: dict[int, list[Item]] = {}
    for item in chain(*zip_longest(*sorts)):
        if item is not None:
            by_partner.setdefault(item.partner_id, []).append(item)
    rows = [_row(items, today) for items in list(by_partner.values())[:MOST_LINES]]
    return [Words("*Worth a look*"), *rows] if rows else []


def _row(items: list[Item], today: date) -> Row:
    name = plain(items[0].name)
    words = "; ".join(_words(item, today) for item in items)
    # What is done about the first of them is done about the partner.
    return Row(f"• {name}: {words}", (_button(items[0], name),))


def _button(item: Item, name: str) -> Button:
    value = str(item.partner_id)
    if isinstance(item, Unassigned):
        return Button("Assign", "assign", value, f"Assign a liaison to {name}")
    return Button("Show", "show", value, f"Show {name}")


def _words(item: Item, today: date) -> str:
    match item:
        case Rhythm():
            return f"no referral since {_day(item.last_on, today)}, usually {usual(item)}"
        case OpenTooLong():
            return f"{item.count:,} open over three weeks"
        case Unassigned():
            return "no liaison"
        case Waiting():
            return f"waiting for a check-in since {_day(item.since_on, today)}"


def usual(rhythm: Rhythm) -> str:
    """Return how often a partner refers, as in "3 a month"."""
    if rhythm.per_month < 0.75:
        return "one every two months"
    return f"{max(1, round(rhythm.per_month)):,} a month"


def _day(day: date, today: date) -> str:
    return span_words(day, day, today)
