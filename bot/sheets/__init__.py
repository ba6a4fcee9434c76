"""Spreadsheets: CSV files and workbooks in, CSV and JSON out; one file per sheet, and the table."""

from datetime import datetime

from bot.sheets.intake import Imported, take_in
from bot.sheets.interactions import INTERACTIONS
from bot.sheets.partners import PARTNERS
from bot.sheets.referrals import REFERRALS
from bot.sheets.reminders import REMINDERS
from bot.sheets.row import Refused
from bot.sheets.saving import save
from bot.sheets.sheet import Sheet
from bot.sheets.vouched import marked
from bot.sheets.writing import FORMATS
from bot.store import Tx

__all__ = ["FORMATS", "SHEETS", "Imported", "Refused", "Sheet", "export", "save", "take_in"]

SHEETS = {sheet.name: sheet for sheet in (PARTNERS, INTERACTIONS, REFERRALS, REMINDERS)}


def export(tx: Tx, sheet: Sheet, form: str, now: datetime) -> bytes:
    """Return a sheet of a workspace as a file; `form` is one of FORMATS."""
    records = sheet.records(tx)
    if sheet.guarded:
        records = marked(records, sheet.guarded, now.date())
    return FORMATS[form](sheet, records)
