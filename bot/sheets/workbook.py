"""The first sheet of an Excel workbook (.xlsx), as the lines that a CSV file of it would have."""

import importlib
import io
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from zipfile import BadZipFile

from bot.errors import UserError

START = b"PK\x03\x04"
MISSING = (
    "This is a workbook, and reading one needs openpyxl: pip install 'rapport[xlsx]'. "
    "Or save the sheet as CSV (UTF-8) and try again."
)
UNREADABLE = "This workbook cannot be read. Save the sheet as CSV (UTF-8) and try again."
# What openpyxl lets through of a file that is none of its own, or has a password.
BROKEN = (
    *(BadZipFile, zlib.error, OSError, EOFError, NotImplementedError),
    *(LookupError, ValueError, TypeError, AttributeError, SyntaxError),
)

Line = tuple[int, list[str]]


def lines(data: bytes) -> Iterator[Line]:
    """Yield the rows that hold anything, by their number; raises UserError for no workbook."""
    for number, values in enumerate(_values(data), 1):
        cells = [_cell(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells


def _values(data: bytes) -> list[tuple[Any, ...]]:
    try:
        openpyxl = importlib.import_module("openpyxl")
    except ModuleNotFoundError:
        raise UserError(MISSING) from None
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        # Some programs write a wrong size, and all beyond it would be left out.
        sheet.reset_dimensions()
        return list(sheet.iter_rows(values_only=True))
    except BROKEN:
        raise UserError(UNREADABLE) from None


def _cell(value: Any) -> str:
    """As a person would type it: a date without the midnight that Excel keeps with it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
