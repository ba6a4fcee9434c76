"""From the bytes of a file to its rows, whatever program wrote it."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import UserError
from bot.sheets import workbook
from bot.sheets.cell import without_apostrophe
from bot.sheets.heading import Headings, match
from bot.sheets.row import Refused, Row

DELIMITERS = ",;\t"
# A quotation mark that is never closed swallows the rest of the file into one cell.
LONGEST_CELL = 1_000_000
# The workbooks of Excel before 2007.
OLD_EXCEL = b"\xd0\xcf\x11\xe0"

EMPTY = "The file is empty."
NOT_TEXT = "This is not a text file. Save the sheet as CSV (UTF-8) and try again."
FROM_EXCEL = "This is an old workbook (.xls). Save the sheet as CSV (UTF-8) and try again."
NUL = "\0"

Line = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds: its rows, the lines that cannot be one, and its headings.

    `ignored` are the headings not known, `mapped` the column that each other one stands for.
    """

    rows: Sequence[Row]
    refused: Sequence[Refused]
    ignored: Sequence[str]
    headings: Sequence[str]
    mapped: Mapping[str, str]


def read(data: bytes, columns: Mapping[str, Sequence[str]], required: Sequence[str]) -> Read:
    """Return the rows under the known headings; raises UserError for a file of no use."""
    is_workbook = data.startswith(workbook.START)
    lines: Iterator[Refused | Line] = (
        workbook.lines(data) if is_workbook else _of_text(_decoded(data), columns)
    )
    first = next(lines, None)
    if first is None:
        raise UserError(EMPTY)
    if isinstance(first, Refused) or NUL in "".join(first[1]):
        raise UserError(NOT_TEXT)
    headings = match(first[1], columns)
    headings.require(required)
    kept = [line if isinstance(line, Refused) else _row(line, headings) for line in lines]
    return Read(
        [row for row in kept if isinstance(row, Row)],
        [row for row in kept if isinstance(row, Refused)],
        headings.ignored,
        first[1],
        {first[1][place]: column for column, place in headings.places.items()},
    )


def _of_text(text: str, columns: Mapping[str, Sequence[str]]) -> Iterator[Refused | Line]:
    delimiter = max(DELIMITERS, key=lambda mark: _fit(text, mark, columns))
    return _lines(text, delimiter)


def _decoded(data: bytes) -> str:
    if data.startswith(OLD_EXCEL):
        raise UserError(FROM_EXCEL)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _fit(text: str, delimiter: str, columns: Mapping[str, Sequence[str]]) -> tuple[int, int]:
    """How well a delimiter splits the first line: known columns, then cells."""
    first = next(_lines(text, delimiter), None)
    if first is None or isinstance(first, Refused):
        return 0, 0
    return len(match(first[1], columns).places), len(first[1])


def _lines(text: str, delimiter: str) -> Iterator[Refused | Line]:
    """Yield the lines that hold anything, each with the number of its first physical line."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Refused(start, _quoting(str(error)), text.splitlines()[start - 1 : start])
            continue
        if any(cell.strip() for cell in cells):
            yield start, cells


def _quoting(error: str) -> str:
    if "end of data" in error or "field limit" in error:
        return "a quotation mark is opened here and never closed; nothing after it was read"
    return 'a quotation mark inside a quoted cell has to be written twice ("")'


def _row(line: Line, headings: Headings) -> Row | Refused:
    start, cells = line
    if NUL in "".join(cells):
        return Refused(start, "it holds a character that is not text (NUL)", cells)
    if any(cell.strip() for cell in cells[headings.width :]):
        return Refused(
            start,
            f"it has {len(cells)} cells under {headings.width} headings; "
            "a cell with a comma in it needs quotation marks",
            cells,
        )
    filled = {
        column: without_apostrophe(cells[place].strip())
        for column, place in headings.places.items()
        if place < len(cells)
    }
    return Row(start, filled, cells)
