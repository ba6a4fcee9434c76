"""Periods of figures: reading "last month" or "2026-Q3", what came before, and their months."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.domain.words import MONTHS
from bot.errors import UserError

ONE_DAY = timedelta(days=1)
DEFAULT_DAYS = 90
MOST_DAYS = 3660
UNIT_MONTHS = {"month": 1, "quarter": 3, "year": 12}
LENGTHS = {
    "d": relativedelta(days=1),
    "w": relativedelta(weeks=1),
    "m": relativedelta(months=1),
}
MONTH_NUMBERS = {
    name: n for n, full in enumerate(MONTHS, 1) for name in (full.lower(), full[:3].lower())
} | {"sept": 9}


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `starts_on` to `ends_on`, both included.

    `words` is how it is said ("September 2026 so far"); `months` is the length of the calendar
    unit it is (1, 3, 12), of which it may be only the part up to a day, or 0 for a run of days.
    """

    starts_on: date
    ends_on: date
    words: str
    months: int = 0

    def before(self) -> "Period":
        """Return the period of the same shape just before; of a part, up to the same day."""
        if self.months:
            return self._part_before()
        length = self.ends_on - self.starts_on + ONE_DAY
        words = "the day before" if length == ONE_DAY else f"the {length.days} days before"
        return Period(self.starts_on - length, self.starts_on - ONE_DAY, words)

    def _part_before(self) -> "Period":
        starts_on = self.starts_on - relativedelta(months=self.months)
        last = self.starts_on - ONE_DAY
        name = _unit_name(starts_on, self.months)
        if self.ends_on == _unit_end(self.starts_on, self.months):
            return Period(starts_on, last, name, self.months)
        ends_on = min(self.ends_on - relativedelta(months=self.months), last)
        return Period(starts_on, ends_on, f"{name} up to the same day", self.months)


def read_period(text: str, today: date) -> tuple[Period, str]:
    """Return the period at the end of `text`, and what stands before it.

    Without one: the 90 days up to and including `today`, and all of `text`. Raises UserError for
    a period that has not begun or that makes no sense.
    """
    text = text.strip()
    for pattern, read in READERS:
        if found := re.search(rf"(?:^|\s)(?:{LEAD})?(?:{pattern})$", text, re.IGNORECASE):
            values = {name: value.lower() for name, value in found.groupdict("").items()}
            return read(values, today), text[: found.start()].rstrip(" ,:")
    return _days_to(today, DEFAULT_DAYS), text


def months(period: Period) -> list[tuple[date, date]]:
    """Return the first and last day of each calendar month, or part of one, in a period."""
    slices = []
    first = period.starts_on
    while first <= period.ends_on:
        last = min(_unit_end(first.replace(day=1), 1), period.ends_on)
        slices.append((first, last))
        first = last + ONE_DAY
    return slices


def _days_to(today: date, days: int) -> Period:
    if not 1 <= days <= MOST_DAYS:
        raise UserError("I can look back 1 day to 10 years, such as `90d`.")
    words = "today" if days == 1 else f"the last {days} days"
    return Period(today - timedelta(days=days - 1), today, words)


def _read_days(values: dict[str, str], today: date) -> Period:
    start = today - int(values["count"]) * LENGTHS[values["length"][0]]
    return _days_to(today, (today - start).days)


def _read_unit(values: dict[str, str], today: date) -> Period:
    length = UNIT_MONTHS[values["unit"]]
    starts_on = today.replace(month=today.month - (today.month - 1) % length, day=1)
    if values["which"] in ("", "this", "current"):
        return _unit(starts_on, length, today)
    return _unit(starts_on - relativedelta(months=length), length, today)


def _read_year(values: dict[str, str], today: date) -> Period:
    return _unit(date(int(values["year"] or today.year), 1, 1), 12, today)


def _read_quarter(values: dict[str, str], today: date) -> Period:
    number = int(values["quarter"])
    if not 1 <= number <= 4:
        raise UserError("A year has four quarters, such as `2026-Q3`.")
    month = 3 * number - 2
    latest_year = today.year if month <= today.month else today.year - 1
    return _unit(date(int(values["year"] or latest_year), month, 1), 3, today)


def _read_month(values: dict[str, str], today: date) -> Period:
    number = MONTH_NUMBERS.get(values["month"]) or int(values["month"])
    if not 1 <= number <= 12:
        raise UserError("A year has twelve months, such as `2026-09`.")
    return _unit(date(int(values["year"]), number, 1), 1, today)


def _unit(starts_on: date, length: int, today: date) -> Period:
    if starts_on > today:
        raise UserError(f"{_unit_name(starts_on, length)} hasn't begun yet.")
    name, end = _unit_name(starts_on, length), _unit_end(starts_on, length)
    if end > today:
        return Period(starts_on, today, f"{name} so far", length)
    return Period(starts_on, end, name, length)


def _unit_end(starts_on: date, length: int) -> date:
    return starts_on + relativedelta(months=length) - ONE_DAY


def _unit_name(starts_on: date, length: int) -> str:
    if length == 12:
        return f"{starts_on.year}"
    if length == 3:
        return f"Q{(starts_on.month + 2) // 3} {starts_on.year}"
    return f"{MONTHS[starts_on.month - 1]} {starts_on.year}"


# Words that may lead to a period without being part of a partner's name.
LEAD = r"(?:(?:for|in|during|over)\s+)?(?:the\s+)?"
YEAR = r"(?P<year>20[0-9]{2})"
MONTH_NAMES = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))

# A month's name alone is not read as one: it may be the end of a name, as in "Dr. May".
READERS: tuple[tuple[str, Callable[[dict[str, str], date], Period]], ...] = (
    (
        r"(?:(?:last|past)\s+)?(?P<count>[0-9]{1,4})\s*(?P<length>d|days?|weeks?|months?)",
        _read_days,
    ),
    (r"(?:(?P<which>this|current|last|past|previous)\s+)?(?P<unit>month|quarter|year)", _read_unit),
    (rf"{YEAR}[-\s]?q(?P<quarter>[0-9])", _read_quarter),
    (rf"q(?P<quarter>[0-9])(?:[-\s]?{YEAR})?", _read_quarter),
    (rf"{YEAR}-(?P<month>[0-9]{{2}})", _read_month),
    (rf"(?P<month>{MONTH_NAMES})\s+{YEAR}", _read_month),
    (rf"{YEAR}|ytd|year to date", _read_year),
)
