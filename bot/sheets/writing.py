"""From records to the bytes of a file: CSV for spreadsheets, JSON for programs."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from bot.sheets.cell import tidy, tidy_lines, with_apostrophe
from bot.sheets.heading import OUR_ID
from bot.sheets.sheet import Record, Sheet

# The only columns whose text may have several lines.
OF_LINES = ("note", "notes")


def as_csv(sheet: Sheet, records: Iterable[Record]) -> bytes:
    """Return the records as CSV in UTF-8; no cell can be taken for a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    columns = (OUR_ID, *sheet.headings)
    writer.writerow(columns)
    for record in records:
        writer.writerow([_cell(column, record[column]) for column in columns])
    return text.getvalue().encode()


def as_json(sheet: Sheet, records: Iterable[Record]) -> bytes:
    """Return the records as a JSON array; numbers are numbers and what is empty is null."""
    columns = (OUR_ID, *sheet.headings)
    plain = [{column: _plain(record[column]) for column in columns} for record in records]
    return (json.dumps(plain, ensure_ascii=False, indent=2) + "\n").encode()


FORMATS: dict[str, Callable[[Sheet, Iterable[Record]], bytes]] = {"csv": as_csv, "json": as_json}


def _cell(column: str, value: Any) -> str:
    if isinstance(value, str):
        return with_apostrophe(tidy_lines(value) if column in OF_LINES else tidy(value))
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return "" if value is None else str(_plain(value))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
