"""When a partner is to hear from us next."""

from dataclasses import replace
from datetime import date, datetime, time

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from bot.domain.cadence_words import read_cadence
from bot.domain.recurrence import Cadence
from bot.domain.workday import WorkCalendar

__all__ = ["QUARTERLY", "Cadence", "due_on", "less_often", "next_dates", "read_cadence", "spread"]

QUARTERLY = Cadence(3, "month")

# What people go to when a cadence turns out too close, with the days that each is about.
FLOATING = (
    (14, Cadence(2, "week")),
    (30, Cadence(1, "month")),
    (60, Cadence(2, "month")),
    (90, QUARTERLY),
    (180, Cadence(6, "month")),
    (360, Cadence(12, "month")),
)
FIXED = {"week": (2, 4, 8, 12), "month": (2, 3, 6, 12)}
UNIT_DAYS = {"day": 1, "week": 7, "month": 30}


def due_on(cadence: Cadence, last: date) -> date:
    """Return the day a check-in falls due after a touch on `last`; always a later day."""
    return next_dates(cadence, last, 1)[0]


def next_dates(cadence: Cadence, last: date, count: int) -> list[date]:
    """Return the next `count` due days after `last`, as if every touch came on time."""
    if cadence.is_floating:
        # Each from the anchor: one after the other, the 31st would drift to the 28th.
        return [last + _interval(cadence, times) for times in range(1, count + 1)]
    rule = rrulestr(cadence.stored, dtstart=_at_midnight(_rule_start(cadence, last)))
    return [moment.date() for moment in rule.xafter(_at_midnight(last), count=count)]


def less_often(cadence: Cadence) -> Cadence | None:
    """Return the next longer cadence of the same sort, or None where there is no usual one.

    A floating one becomes at least half as long again; a fixed one keeps its days.
    """
    if len(cadence.months) > 1:
        return replace(cadence, months=cadence.months[::2])
    if cadence.is_floating:
        days = 1.5 * cadence.every * UNIT_DAYS[cadence.unit]
        return next((longer for length, longer in FLOATING if length >= days), None)
    steps = () if cadence.months else FIXED[cadence.unit]
    every = next((step for step in steps if step > cadence.every), None)
    return replace(cadence, every=every) if every else None


def spread(
    count: int, cadence: Cadence, start: date, calendar: WorkCalendar, per_day_hint: int = 5
) -> list[date]:
    """Return `count` due days for partners added on `start`, in order, evenly over one cadence.

    They are working days after `start`, up to the day a touch on `start` would make due; the span
    grows when it would take more than `per_day_hint` a day.
    """
    first = start if cadence.is_floating else due_on(cadence, start)
    end = start + (due_on(cadence, first) - first)
    days = _working_days(start, end, calendar, at_least=-(-count // per_day_hint))
    return [days[(nth * len(days) - 1) // count] for nth in range(1, count + 1)]


def _working_days(after: date, until: date, calendar: WorkCalendar, at_least: int) -> list[date]:
    days: list[date] = []
    day = calendar.add_working_days(after, 1)
    while day <= until or len(days) < at_least:
        days.append(day)
        day = calendar.add_working_days(day, 1)
    return days


def _interval(cadence: Cadence, times: int) -> relativedelta:
    units = cadence.every * times
    if cadence.unit == "month":
        return relativedelta(months=units)
    return relativedelta(days=units * (7 if cadence.unit == "week" else 1))


def _rule_start(cadence: Cadence, last: date) -> date:
    """Return the first day of the weeks or months, `every` of them, that hold `last`.

    They are counted from the year 1, so that "every other Friday" keeps to the same Fridays
    whichever day it is asked on, and a rule never walks far.
    """
    if cadence.unit == "week":
        days = last.toordinal() - 1
        return date.fromordinal(days - days % (7 * cadence.every) + 1)
    months = last.year * 12 + last.month - 1
    year, month = divmod(months - months % cadence.every, 12)
    return date(year, month + 1, 1)


def _at_midnight(day: date) -> datetime:
    return datetime.combine(day, time())
