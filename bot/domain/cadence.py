"""When a partner is to hear from us next."""

from datetime import date, datetime, time

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from bot.domain.cadence_words import read_cadence
from bot.domain.recurrence import Cadence
from bot.domain.workday import WorkCalendar

__all__ = ["QUARTERLY", "Cadence", "due_on", "next_dates", "read_cadence", "spread"]

QUARTERLY = Cadence(3, "month")


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
