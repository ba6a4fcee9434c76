"""What a cell says: days, amounts, counts and texts; each reader says what was wrong."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from bot.domain.reading.amounts import COST_AT_MOST
from bot.domain.words import short
from bot.errors import UserError

# Excel, Sheets and others run a cell that begins with one of these as a formula.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")

ISO_DAY, SHORT_DAY = "%Y-%m-%d", "%m/%d/%Y"
DAY_FORMATS = (ISO_DAY, SHORT_DAY, "%m/%d/%y", "%b %d %Y", "%B %d %Y", "%d %b %Y", "%d %B %Y")
_TIME_OF_DAY = re.compile(
    r"(?<=\d)[T ]+\d{1,2}:\d\d(:\d\d(\.\d+)?)?( ?[AaPp]\.?[Mm]\.?)?(Z|[+-]\d\d:?\d\d)?$"
)
EARLIEST = date(1970, 1, 1)
LATEST = date(2200, 1, 1)

_MONEY_SIGNS = re.compile(r"^(?:[A-Z]{2}\$|[A-Z]{3} |[$€£])\s*")
_MONEY = re.compile(r"(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?")
_WHOLE = re.compile(r"(\d{1,3}(,\d{3})+|\d+)(\.0+)?")


def with_apostrophe(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def without_apostrophe(text: str) -> str:
    """Return what `with_apostrophe` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def tidy(text: str) -> str:
    """Return a text as one line, without blanks at its ends or two in a row."""
    return " ".join(text.split())


def tidy_lines(text: str) -> str:
    """Return a text of several lines with one sort of line end, without blanks at its ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def line(at_most: int) -> Callable[[str], str]:
    """A reader of one line of text."""
    return lambda text: _limited(tidy(text), at_most)


def lines(at_most: int) -> Callable[[str], str]:
    """A reader of text that may have several lines."""
    return lambda text: _limited(tidy_lines(text), at_most)


def day(text: str) -> date:
    """Read "2027-03-31", "3/31/2027", "3/31/27" or "Mar 31, 2027", a time of day after it too."""
    plain = _TIME_OF_DAY.sub("", text.strip())
    plain = tidy(re.sub(r"[,.]", " ", plain)).replace("Sept ", "Sep ")
    for form in DAY_FORMATS:
        try:
            # A day has no time zone; only its date is kept.
            found = datetime.strptime(plain, form).date()  # noqa: DTZ007
        except ValueError:
            continue
        if EARLIEST <= found <= LATEST:
            return found
    raise UserError(f"{_quoted(text)} is not a day; write it like 2027-03-31 or 3/31/2027")


def past_day(today: date) -> Callable[[str], date]:
    """A reader of days on which something happened; it may be tomorrow somewhere already."""

    def read(text: str) -> date:
        found = day(text)
        if found > today + timedelta(days=1):
            raise UserError(f"{_quoted(text)} has not come yet")
        return found

    return read


def money(text: str) -> Decimal:
    """Read "$1,234.50", "45" or "45.5" as an amount to the cent."""
    plain = _MONEY_SIGNS.sub("", text.strip())
    try:
        amount = Decimal(plain.replace(",", "")) if _MONEY.fullmatch(plain) else None
    except InvalidOperation:
        amount = None
    if amount is None or amount != round(amount, 2):
        raise UserError(f"{_quoted(text)} is not an amount; write it like 45.50")
    if amount > COST_AT_MOST:
        raise UserError(f"{_quoted(text)} is more than {COST_AT_MOST:,}")
    return round(amount, 2)


def whole(at_most: int, at_least: int = 0) -> Callable[[str], int]:
    """A reader of whole numbers."""

    def read(text: str) -> int:
        if not _WHOLE.fullmatch(text) or len(text) > 20:
            raise UserError(f"{_quoted(text)} is not a whole number")
        number = int(text.partition(".")[0].replace(",", ""))
        if not at_least <= number <= at_most:
            raise UserError(f"{_quoted(text)} is not between {at_least:,} and {at_most:,}")
        return number

    return read


def _limited(text: str, at_most: int) -> str:
    if len(text) > at_most:
        raise UserError(f"it has {len(text):,} characters; {at_most:,} is the most")
    return text


def _quoted(text: str) -> str:
    return f'"{short(tidy(text), 40)}"'
