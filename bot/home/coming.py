"""What comes up for a person: the next seven days, and thank-yous that were put off."""

from datetime import date, timedelta

from bot.domain.fact import Facts
from bot.domain.home import COMING, Page
from bot.domain.message import Heading, Part, Row
from bot.domain.words import day_words
from bot.home.pager import pager
from bot.reminders import KINDS

AHEAD = timedelta(days=7)
ROWS = 6


def coming(page: Page[Facts], today: date) -> list[Part]:
    """Return a line for each, with the first of its buttons: it may be done before its day."""
    if not page.total:
        return []
    rows = [row for one in page.items if (row := _row(one, today))]
    return [Heading("Coming up", 2), *rows, *pager(page, COMING, "what is coming up")]


def _row(facts: Facts, today: date) -> Row | None:
    kind, reminder = KINDS[facts.reminder.kind], facts.reminder
    said = kind.said(facts)
    if said is None:
        return None
    day = day_words(reminder.back_on or reminder.show_on, today)
    return Row(f"{day[:1].upper()}{day[1:]}: {said.text}", kind.controls(facts)[:1])
