"""What a cadence is, how it is stored, and how people read it back."""

import re
from dataclasses import dataclass
from typing import Literal

from bot.domain.words import MONTHS, WEEKDAYS, list_words

Unit = Literal["day", "week", "month"]

LAST = -1
QUARTER_STARTS = (1, 4, 7, 10)
QUARTER_ENDS = (3, 6, 9, 12)
SHORTEST_MONTH = 28
DAYS_OF_MONTH = (*range(1, 32), LAST)
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"}
UNITS: dict[str, Unit] = {"day": "day", "week": "week", "month": "month"}
MOST: dict[Unit, int] = {"day": 1095, "week": 156, "month": 36}

_RULE = "RRULE:"
_FREQUENCIES: dict[str, Unit] = {"WEEKLY": "week", "MONTHLY": "month"}
_DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_INTERVAL = re.compile(r"every (?:([0-9]{1,4}) )?(day|week|month)s?")
_BY_DAY = re.compile(r"(-?[0-9])?([A-Z]{2})")


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often a partner is to hear from us: every `every` units.

    Floating without `weekdays` and `positions`: counted from the last touch. Else fixed, by the
    calendar: on `weekdays` (0 is Monday), or on the weekdays at `positions` in the month (1 to 4,
    -1 is the last), or on the days of the month at `positions` (1 to 31, -1), in all `months` or
    in those named (1 to 12). Every tuple is in order, -1 at its end. At most every three years.
    """

    every: int
    unit: Unit
    weekdays: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    months: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        positions = ORDINALS if self.weekdays else DAYS_OF_MONTH
        is_sound = 1 <= self.every <= MOST[self.unit] and set(self.positions) <= set(positions)
        if not is_sound:
            raise ValueError(f"not a cadence: {self}")

    @property
    def is_floating(self) -> bool:
        return not (self.weekdays or self.positions)

    @property
    def stored(self) -> str:
        """Return the canonical text, such as "every 6 weeks" or "RRULE:FREQ=WEEKLY;BYDAY=TU"."""
        if not self.is_floating:
            return _rule(self)
        return f"every {self.unit}" if self.every == 1 else f"every {self.every} {self.unit}s"

    @classmethod
    def parse(cls, stored: str) -> "Cadence":
        """Return the cadence of a `stored` text; raises ValueError for any other text."""
        cadence = _parsed(stored)
        if cadence is None or cadence.stored != stored:
            raise ValueError("not a stored cadence")
        return cadence

    @property
    def words(self) -> str:
        """Return what people read, and may type: "the first Monday of every month"."""
        if self.is_floating:
            return _interval_words(self.every, self.unit)
        if not self.positions:
            return _weekly_words(self)
        day = list_words([WEEKDAYS[n] for n in self.weekdays]) or "day"
        ordinal = _ordinal if self.weekdays else _day_of_month
        ordinals = list_words([ordinal(n) for n in self.positions])
        day_words = f" {day}" if self.weekdays or self.positions[-1] == LAST else ""
        return f"the {ordinals}{day_words} of {_months_words(self)}{_short_month_words(self)}"


def quarter_months(positions: tuple[int, ...]) -> tuple[int, ...]:
    """Return the months in which "the first Monday" or "the last day of every quarter" fall."""
    if positions == (LAST,):
        return QUARTER_ENDS
    return () if LAST in positions else QUARTER_STARTS


def _rule(cadence: Cadence) -> str:
    parts = {
        "FREQ": "WEEKLY" if cadence.unit == "week" else "MONTHLY",
        "INTERVAL": str(cadence.every) if cadence.every > 1 else "",
        "BYMONTH": _joined(cadence.months),
        "BYDAY": ",".join(
            f"{position or ''}{_DAY_CODES[weekday]}"
            for position in cadence.positions or (0,)
            for weekday in cadence.weekdays
        ),
    }
    if not cadence.weekdays:
        parts |= _days_of_month(cadence.positions)
    return _RULE + ";".join(f"{name}={value}" for name, value in parts.items() if value)


def _days_of_month(days: tuple[int, ...]) -> dict[str, str]:
    """Return the rule parts of days of the month; the 31st is the last day of a shorter month."""
    if days[-1] <= SHORTEST_MONTH:
        return {"BYMONTHDAY": _joined(days)}
    stand_ins = [n for n in range(SHORTEST_MONTH, days[-1]) if n not in days]
    positions = [*range(1, len(days)), LAST]
    return {
        "BYMONTHDAY": _joined([*days[:-1], *stand_ins, days[-1]]),
        "BYSETPOS": _joined(positions),
    }


def _parsed(stored: str) -> Cadence | None:
    if found := _INTERVAL.fullmatch(stored):
        return Cadence(int(found[1] or 1), UNITS[found[2]])
    if not stored.startswith(_RULE):
        return None
    parts = dict(re.findall(r"([A-Z]+)=([^;]+)", stored))
    by_day = _BY_DAY.findall(parts.get("BYDAY", ""))
    days = _numbers(parts.get("BYMONTHDAY", ""))
    picks = _numbers(parts.get("BYSETPOS", ""))
    if picks and len(picks) <= len(days):
        days = (*days[: len(picks) - 1], days[-1])
    positions = dict.fromkeys(int(position) for position, _ in by_day if position)
    return Cadence(
        every=int(parts.get("INTERVAL", 1)),
        unit=_FREQUENCIES.get(parts.get("FREQ", ""), "day"),
        weekdays=tuple(dict.fromkeys(_DAY_CODES.index(code) for _, code in by_day)),
        positions=tuple(positions) or days,
        months=_numbers(parts.get("BYMONTH", "")),
    )


def _joined(numbers: tuple[int, ...] | list[int]) -> str:
    return ",".join(str(n) for n in numbers)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(n) for n in text.split(",")) if text else ()


def _interval_words(every: int, unit: str) -> str:
    if unit == "month":
        every, unit = _largest_unit(every)
    return f"every {unit}" if every == 1 else f"every {every} {unit}s"


def _largest_unit(months: int) -> tuple[int, str]:
    if months % 12 == 0:
        return months // 12, "year"
    return (1, "quarter") if months == 3 else (months, "month")


def _weekly_words(cadence: Cadence) -> str:
    days = list_words([WEEKDAYS[n] for n in cadence.weekdays])
    if cadence.every <= 2:
        return f"every {'other ' if cadence.every == 2 else ''}{days}"
    return f"every {cadence.every} weeks on {days}"


def _months_words(cadence: Cadence) -> str:
    if cadence.months and cadence.months == quarter_months(cadence.positions):
        return "every quarter"
    if cadence.months:
        return f"every {list_words([MONTHS[n - 1] for n in cadence.months])}"
    if cadence.every == 2:
        return "every other month"
    return "every month" if cadence.every == 1 else f"every {cadence.every} months"


def _short_month_words(cadence: Cadence) -> str:
    is_late = not cadence.weekdays and cadence.positions[-1] > SHORTEST_MONTH
    return " (the last day of shorter months)" if is_late else ""


def _ordinal(n: int) -> str:
    return ORDINALS[n]


def _day_of_month(n: int) -> str:
    if n == LAST:
        return "last"
    ending = "th" if n in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"
