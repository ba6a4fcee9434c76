"""Reading a cadence in people's own words, such as "first Monday of the month"."""

import re
from dataclasses import dataclass

from bot.domain.cadence_token import canonical
from bot.domain.recurrence import (
    DAYS_OF_MONTH,
    LAST,
    MOST,
    ORDINALS,
    SHORTEST_MONTH,
    UNITS,
    Cadence,
    Unit,
    quarter_months,
)
from bot.domain.words import plain, short
from bot.errors import UserError

LONGEST_TEXT = 300
EXAMPLES = '"every 6 weeks", "quarterly", "first Monday of the month" or "every other Friday"'
PAUSE_WORDS = {"off", "none", "never", "no", "stop", "pause"}

# Lengths for "three times a year": in months where they divide evenly, else in days.
PERIOD_DAYS = {"week": 7, "month": 30, "quarter": 91, "year": 365}
PERIOD_MONTHS = {"month": 1, "quarter": 3, "year": 12}

_TIMES = re.compile(r"(\d+) times (?:every )?(week|month|quarter|year)")
_EVERY = re.compile(r"(?<!\S)(every )?(?:(\d+) )?(day|week|month|quarter|year)\b")
_DAYS = re.compile(r"(M[\dM ]*)?(#[-\d# ]*)?(W[\dW ]*)?(M[\dM ]*)?")
_EVERY_SECOND_TUESDAY = re.compile(r"every #[234] W\d")


@dataclass(frozen=True, slots=True)
class _Days:
    """The days named beside an interval, in the terms of Cadence."""

    weekdays: tuple[int, ...]
    positions: tuple[int, ...]
    months: tuple[int, ...]


def read_cadence(words: str) -> Cadence:
    """Return the cadence somebody typed; raises UserError, with examples, for any other text."""
    if words.strip().casefold() in PAUSE_WORDS:
        raise UserError("To stop check-ins for a while, use `/partner pause`.")
    text = canonical(words) if len(words) <= LONGEST_TEXT else ""
    if _EVERY_SECOND_TUESDAY.fullmatch(text):
        raise UserError('Is that "every other Tuesday" or "the second Tuesday of the month"?')
    cadence = _times(text) or _every(text)
    if cadence is None:
        raise UserError(f"{_not_read(words.strip())} Try {EXAMPLES}.")
    return cadence


def _not_read(words: str) -> str:
    if not words:
        return "Please say how often."
    return f'I don\'t know how often "{plain(short(words, 60))}" is.'


def _times(text: str) -> Cadence | None:
    found = _TIMES.fullmatch(text)
    if not found:
        return None
    times, period = int(found[1]), found[2]
    if times == 0:
        return _bounded(0, "day")
    months, odd = divmod(PERIOD_MONTHS.get(period, 0), times)
    if odd or not months:
        return _bounded(PERIOD_DAYS[period] // times, "day")
    return _bounded(months, "month")


def _every(text: str) -> Cadence | None:
    found = _EVERY.search(text)
    number, unit = (int(found[2] or 1), found[3]) if found else (1, "")
    rest = text[: found.start()] + text[found.end() :] if found else text
    days = _days(" ".join(word for word in rest.split() if word != "every"))
    if days is None:
        return None
    if days.positions:
        return _on_positions(number, unit, days)
    if days.weekdays:
        is_weekly = unit in ("", "week") and not days.months
        return _bounded(number, "week", days.weekdays) if is_weekly else None
    if days.months:
        first = _Days((), (1,), days.months)
        return _on_positions(number, unit, first) if "every" in text else None
    is_interval = found and (found[1] or found[2])
    return _floating(number, unit) if is_interval else None


def _days(rest: str) -> _Days | None:
    found = _DAYS.fullmatch(rest)
    if not found or (found[1] and found[4]):
        return None
    return _Days(
        weekdays=_in_order(found[3]),
        positions=_in_order(found[2]),
        months=_in_order(found[1] or found[4]),
    )


def _in_order(tokens: str | None) -> tuple[int, ...]:
    numbers = {int(n) for n in re.findall(r"-?\d+", tokens or "")}
    return tuple(sorted(numbers, key=lambda n: (n == LAST, n)))


def _floating(number: int, unit: str) -> Cadence:
    if unit in PERIOD_MONTHS:
        return _bounded(number * PERIOD_MONTHS[unit], "month")
    return _bounded(number, UNITS[unit])


def _on_positions(number: int, unit: str, days: _Days) -> Cadence | None:
    is_whole = days.weekdays or days.months or unit
    if not (is_whole and _are_positions(days)):
        return None
    if unit in ("", "month"):
        if number > 1 and days.months:
            return None
        return _bounded(number, "month", days.weekdays, days.positions, days.months)
    months = _months_of(unit, days) if number == 1 else ()
    return _bounded(1, "month", days.weekdays, days.positions, months) if months else None


def _are_positions(days: _Days) -> bool:
    """Tell whether the positions can be, and fall on days of their own in short months."""
    if days.weekdays:
        return set(days.positions) <= set(ORDINALS)
    late = [n for n in days.positions if n > SHORTEST_MONTH or n == LAST]
    return set(days.positions) <= set(DAYS_OF_MONTH) and len(late) <= 1


def _months_of(unit: str, days: _Days) -> tuple[int, ...]:
    quarters = quarter_months(days.positions)
    if unit == "quarter":
        return () if days.months else quarters
    if unit == "year":
        # The first or the last quarter's month holds the year's first or last Monday.
        return days.months or (quarters[-1:] if LAST in days.positions else quarters[:1])
    return ()


def _bounded(
    every: int,
    unit: Unit,
    weekdays: tuple[int, ...] = (),
    positions: tuple[int, ...] = (),
    months: tuple[int, ...] = (),
) -> Cadence:
    if not 1 <= every <= MOST[unit]:
        raise UserError("It can be anything between every day and every 3 years.")
    return Cadence(every, unit, weekdays, positions, months)
