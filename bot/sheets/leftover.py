"""The rows that an import refused, as a file to mend and take in again."""

import csv
import io
from pathlib import Path

from bot.sheets.cell import with_apostrophe, without_apostrophe
from bot.sheets.intake import Imported

REASON = "reason"


def beside(path: Path) -> Path:
    """Return where the refused rows of a file are written."""
    return path.with_name(f"{path.stem}.refused.csv")


def refused_rows(imported: Imported) -> bytes:
    """Return the refused rows under the file's own headings, each with its reason, as CSV.

    No cell can be taken for a formula, and an import undoes what that needs.
    """
    headings = list(imported.headings)
    # The reasons of an earlier time stand where the new ones will.
    width = len(headings) - (headings[-1:] == [REASON])
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*headings[:width], REASON])
    for row in imported.refused:
        cells = [*row.held, *[""] * (width - len(row.held))]
        # What has no heading goes behind the reason, so that nothing is lost.
        placed = [*cells[:width], row.reason, *cells[len(headings) :]]
        writer.writerow([_harmless(cell) for cell in placed])
    return text.getvalue().encode()


def _harmless(cell: str) -> str:
    """A cell that reads as it did, and that no spreadsheet takes for a formula."""
    return with_apostrophe(without_apostrophe(cell.replace("\0", "")))
