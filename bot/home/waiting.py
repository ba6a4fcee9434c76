"""What waits for a person, with the buttons of the morning message."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from bot.domain.fact import Facts
from bot.domain.home import WAITING, Page
from bot.domain.message import Heading, Part, Row, Small
from bot.domain.reminder import TOLD_ONCE, Reminder
from bot.domain.words import count_words, day_words, list_words
from bot.home.pager import pager
from bot.reminders import KINDS

# A row may take four of the hundred blocks.
ROWS = 5
KIND_WORDS = {"thank_you": "thank-you", "next_step": "next step", "check_in": "check-in"}


def in_order(rows: Sequence[Reminder]) -> list[Reminder]:
    """Return what waits as the morning message has it: what matters most first, without news."""
    tasks = [row for row in rows if row.kind not in TOLD_ONCE]
    return sorted(tasks, key=lambda row: (KINDS[row.kind].rank, row.show_on, row.id))


def waiting(page: Page[Facts], kinds: Counter[str], coming: str, today: date) -> list[Part]:
    """Return the rows; `kinds` counts all that waits, `coming` is said when nothing does."""
    if not page.total:
        return [Heading("Nothing is waiting for you", 2), *([Small(coming)] if coming else [])]
    rows = [row for one in page.items if (row := _row(one, today))]
    return [*_title(page.total, kinds), *rows, *pager(page, WAITING, "what is waiting")]


def _title(total: int, kinds: Counter[str]) -> list[Part]:
    sorts = [count_words(kinds[kind], word) for kind, word in KIND_WORDS.items() if kinds[kind]]
    if len(sorts) == 1:
        return [Heading(f"{sorts[0]} waiting", 2)]
    return [Heading(f"{count_words(total, 'thing')} waiting", 2), Small(list_words(sorts))]


def _row(facts: Facts, today: date) -> Row | None:
    kind = KINDS[facts.reminder.kind]
    said = kind.said(facts)
    if said is None:
        return None
    day = facts.reminder.show_on
    since = f"Waiting since {day_words(day, today)}." if day < today else ""
    small = f"{since} {said.small}".strip()
    return Row(said.text, kind.controls(facts), said.draft, small, facts.reminder.id)
