"""The column by which a file says that a text in a row is not about a patient.

A person writes "yes" there and vouches for the text. An export writes a mark of the very text that
is kept: where somebody edits that text, the mark no longer fits, and the guard looks again.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from bot.domain.guard import patient_information
from bot.sheets import cell
from bot.sheets.row import Row

VOUCHED = "not_about_a_patient"
YES = "yes"


def is_vouched(row: Row, text: str) -> bool:
    """Whether a row says so of a text in it."""
    return row.cells.get(VOUCHED, "").casefold() in (YES, _mark(text))


def marked(
    records: Iterable[Mapping[str, Any]], column: str, today: date
) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of an export, those marked whose text another workspace would refuse.

    It is kept, so it names people who are known here, or somebody vouched for it.
    """
    for one in records:
        text = one[column] or ""
        is_refused = patient_information(text, (), today) is not None
        yield {**one, VOUCHED: _mark(text) if is_refused else None}


def _mark(text: str) -> str:
    return "kept-" + hashlib.sha256(cell.tidy(text).encode()).hexdigest()[:12]
