"""What a button carries, read safely: an odd or forged value is answered, never raised."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.errors import UserError

# PostgreSQL refuses a larger one with an error of its own.
LARGEST_ID = 2**31 - 1
GONE = "That is no longer there. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Carried:
    """A text to carry out again, now that its question is answered.

    `chosen` are the partners meant; the first of them is named in the text in place of `instead`;
    a partner called `add` is added first; `is_confirmed` says that a doubtful day is right,
    `is_cleared` that nothing in the text is about a patient.
    """

    text: str
    chosen: tuple[int, ...] = ()
    instead: str = ""
    add: str = ""
    is_confirmed: bool = False
    is_cleared: bool = False


def unpacked(value: str) -> Carried:
    """Return what a button carried; raises UserError for what no button of ours carries."""
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        raise UserError(GONE) from None
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        raise UserError(GONE)
    before = found.get("chosen")
    now = _ids([found.get("chosen_now")])
    return Carried(
        found["text"],
        (*now, *_ids(before if isinstance(before, list) else [])),
        _words(found.get("instead")) if now else "",
        _words(found.get("add")),
        found.get("is_confirmed") is True,
        found.get("is_cleared") is True,
    )


def _ids(values: list[Any]) -> list[int]:
    return [i for i in values if type(i) is int and 0 < i <= LARGEST_ID]


def _words(value: Any) -> str:
    return value if isinstance(value, str) else ""


def number(value: str) -> int:
    """Return the id that a button carries; raises UserError for anything else."""
    is_short = value.isascii() and value.isdigit() and len(value) <= len(str(LARGEST_ID))
    if not is_short or int(value) > LARGEST_ID:
        raise UserError(GONE)
    return int(value)


def day(value: str) -> date:
    """Return the ISO day that a button carries; raises UserError for anything else."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UserError(GONE) from None
