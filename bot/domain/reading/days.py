"""Days in what people type: the day of an act, which has been, and a day to come."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.domain.reading import future, past
from bot.domain.reading.calendar import WRITTEN, is_without_year

DAYS_BACK_TO_CONFIRM = 90


@dataclass(frozen=True, slots=True)
class DayRead:
    """A day, the text without its words, and whether the year is to be confirmed."""

    on: date
    rest: str
    needs_confirming: bool


@dataclass(frozen=True, slots=True)
class DayFound:
    """A day in `text[start:end]`; certain when it cannot be meant the other way in time."""

    start: int
    end: int
    on: date
    is_certain: bool
    is_written: bool
    needs_confirming: bool


def past_day(text: str, today: date) -> DayRead | None:
    """The first day in the text that has been, today included."""
    return _read(text, next(iter(past_days(text, today)), None))


def future_day(text: str, today: date) -> DayRead | None:
    """The day in the text that is today or to come: one after "by" or "until", else the last."""
    found = future_days(text, today)
    marked = [day for day in found if future.is_marked(text[day.start : day.end])]
    return _read(text, next(reversed(marked or found), None))


def past_days(text: str, today: date) -> list[DayFound]:
    """Every day in the text that can have been, in order of place; no two overlap."""
    return _joined(text, _found(text, today, past.RULES, past.written))


def future_days(text: str, today: date) -> list[DayFound]:
    """Every day in the text that can be to come, in order of place; no two overlap."""
    return _joined(text, _found(text, today, future.RULES, future.written))


def _found(
    text: str,
    today: date,
    rules: Iterable[past.Rule],
    written: Callable[[str, re.Match[str], date], date | None],
) -> Iterator[DayFound]:
    for rule in rules:
        for match in rule.pattern.finditer(text):
            on = rule.day(match, today) if rule.fits(text, match) else None
            if on:
                yield DayFound(match.start(), match.end(), on, rule.is_certain, False, False)
    for pattern in WRITTEN:
        for match in pattern.finditer(text):
            on = written(text, match, today)
            if on:
                is_guessed = is_without_year(match)
                is_old = is_guessed and (today - on).days > DAYS_BACK_TO_CONFIRM
                yield DayFound(match.start(), match.end(), on, not is_guessed, True, is_old)


_BETWEEN = re.compile(r"[\s,(]{1,3}")


def _joined(text: str, found: Iterable[DayFound]) -> list[DayFound]:
    """Drops what overlaps (the first and longest stays); "Monday 3/1" becomes one day."""
    days: list[DayFound] = []
    for day in sorted(found, key=lambda day: (day.start, -day.end)):
        last = days[-1] if days else None
        if last is None or (day.start >= last.end and not _is_same_day(text, last, day)):
            days.append(day)
        elif day.start >= last.end:
            days[-1] = _merged(last, day)
    return days


def _is_same_day(text: str, last: DayFound, day: DayFound) -> bool:
    """Two neighbours are one day when exactly one is written in numbers or both agree."""
    if not _BETWEEN.fullmatch(text[last.end : day.start]):
        return False
    return last.is_written != day.is_written or last.on == day.on


def _merged(last: DayFound, day: DayFound) -> DayFound:
    main = day if day.is_written else last
    return DayFound(
        last.start,
        day.end,
        main.on,
        last.is_certain or day.is_certain,
        main.is_written,
        main.needs_confirming,
    )


def _read(text: str, day: DayFound | None) -> DayRead | None:
    if day is None:
        return None
    rest = f"{text[: day.start].rstrip()} {text[day.end :].lstrip()}".strip(" ,;")
    return DayRead(day.on, rest, day.needs_confirming)
