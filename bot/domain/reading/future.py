"""Words for days to come: "by Friday", "tomorrow", "in 3 days", "end of month"."""

import re
from collections.abc import Callable
from datetime import date

from dateutil.relativedelta import relativedelta

from bot.domain.reading import numbers
from bot.domain.reading.calendar import (
    PART_OF_DAY,
    WEEKDAY,
    WEEKDAYS,
    days_back,
    earliest,
    monday,
)
from bot.domain.reading.rule import Rule, rule

_BY = r"(?:\b(?:(?:due\s)?(?:by|until|till|til|before|on|for|due|starting)\s{1,2}))?"
_MARKED = re.compile(r"(?:by|until|till|til|before|due)\b", re.IGNORECASE)
_COUNT = r"(?P<count>\d{1,3}|" + numbers.pattern() + r")\s?"
_UNIT = r"(?P<unit>days?|d|weeks?|wks?|w|months?|mos?|years?|yrs?)\b"
_NOT_TO_COME = re.compile(
    r"\b(?:last|past|previous|since|every|each|from|this past)\s{1,2}$", re.IGNORECASE
)
_NOT_A_DAY = re.compile(r"['’]s?\b|\s(?:down\b|in\son\b|screen|safety|before\slast|last\sw)", re.I)
_Reader = Callable[[re.Match[str], date], date | None]


def is_marked(words: str) -> bool:
    """Whether the words of a day begin with "by", "until" or the like."""
    return bool(_MARKED.match(words))


def written(text: str, found: re.Match[str], today: date) -> date | None:
    """The day to come which a day written with numbers means, but not that of "the 2/20 event"."""
    before = text[max(0, found.start() - 8) : found.start()]
    return None if _ARTICLE.search(before) else earliest(found, today)


_ARTICLE = re.compile(r"\b(?:the|their|our)\s{1,2}$", re.IGNORECASE)


def _plus(today: date, days: int) -> date | None:
    return days_back(today, -days)


def _months_on(today: date, months: int) -> date | None:
    try:
        return today + relativedelta(months=months)
    except (OverflowError, ValueError):
        return None


def _in_days(days: int) -> _Reader:
    return lambda _, today: _plus(today, days)


def _counted_on(found: re.Match[str], today: date) -> date | None:
    count, unit = numbers.value(found["count"]), found["unit"][0].lower()
    if unit in "my":
        return _months_on(today, count * (12 if unit == "y" else 1))
    return _plus(today, count * (7 if unit == "w" else 1))


def _coming(today: date, weekday: int) -> date | None:
    """The next such weekday after today: today's own name means a week from today."""
    return _plus(today, (weekday - today.weekday() - 1) % 7 + 1)


def _weekday(found: re.Match[str]) -> int:
    return WEEKDAYS[found["weekday"].lower()]


def _coming_weekday(found: re.Match[str], today: date) -> date | None:
    return _coming(today, _weekday(found))


def _weekday_next_week(found: re.Match[str], today: date) -> date | None:
    return _plus(monday(today), 7 + _weekday(found))


def _week_from_weekday(found: re.Match[str], today: date) -> date | None:
    coming = _coming(today, _weekday(found))
    return _plus(coming, 7) if coming else None


def _next_week(found: re.Match[str], today: date) -> date | None:
    days = {"late": 4, "end": 4, "mid": 2, "middle": 2}.get((found["when"] or "").lower(), 0)
    return _plus(monday(today), 7 + days)


def _week_after_next(_: re.Match[str], today: date) -> date | None:
    return _plus(monday(today), 14)


def _end_of_week(_: re.Match[str], today: date) -> date | None:
    return _plus(today, (4 - today.weekday()) % 7)


def _weekend(_: re.Match[str], today: date) -> date | None:
    return _plus(today, (5 - today.weekday()) % 7)


def _end_of_month(_: re.Match[str], today: date) -> date:
    return today + relativedelta(day=31)


def _next_month(_: re.Match[str], today: date) -> date | None:
    return _months_on(today.replace(day=1), 1)


_RELATIVE_END = r"(?:the\s)?end\sof\s(?:the\s|this\s)?"

RULES: tuple[Rule, ...] = (
    rule(rf"{_BY}\b(?:the\s)?day\safter\stomorrow\b" + PART_OF_DAY, _in_days(2)),
    rule(
        rf"{_BY}\b(?:tomorrow|tommorow|tomorow|tommorrow|tmrw|tmw|tmrow|2morrow)\b" + PART_OF_DAY,
        _in_days(1),
        not_before=re.compile(r"['’]s?\b"),
    ),
    rule(
        rf"{_BY}\b(?:today|tonight|this\safternoon|this\sevening|eod|{_RELATIVE_END}day)\b",
        _in_days(0),
    ),
    rule(
        rf"\b(?:in|within)\s(?:about\s|another\s)?{_COUNT}{_UNIT}(?:['’])?(?:\stime\b)?",
        _counted_on,
    ),
    rule(rf"{_BY}\b{_COUNT}{_UNIT}\sfrom\s(?:now|today)\b", _counted_on),
    rule(rf"{_BY}\ba\sweek\sfrom\s{WEEKDAY}", _week_from_weekday),
    rule(rf"{_BY}\b(?:the\s)?w(?:ee)?k\safter\snext\b", _week_after_next),
    rule(
        rf"{_BY}\b{WEEKDAY}{PART_OF_DAY}\s(?:of\s)?next\sw(?:ee)?k\b|"
        rf"{_BY}\bnext\sw(?:ee)?k,?\s(?:on\s)?{WEEKDAY.replace('weekday', 'other')}",
        lambda found, today: _plus(
            monday(today), 7 + WEEKDAYS[(found["weekday"] or found["other"]).lower()]
        ),
    ),
    rule(
        rf"{_BY}\b(?:the\s)?(?:(?P<when>early|late|mid|middle|end)\s(?:of\s)?)?next\sw(?:ee)?k\b",
        _next_week,
    ),
    rule(rf"{_BY}\bnext\s{WEEKDAY}{PART_OF_DAY}", _weekday_next_week),
    rule(
        rf"{_BY}\b(?:this\s|the\s)?(?:coming\s|upcoming\s)?{WEEKDAY}{PART_OF_DAY}",
        _coming_weekday,
        is_certain=False,
        not_after=_NOT_TO_COME,
        not_before=_NOT_A_DAY,
    ),
    rule(rf"{_BY}\b(?:{_RELATIVE_END}w(?:ee)?k|eow|later\sthis\sweek)\b", _end_of_week),
    rule(rf"{_BY}\bthis\sweek\b", _end_of_week, is_certain=False),
    rule(rf"{_BY}\b(?:this|the|next|coming)\s(?:weekend|wknd)\b", _weekend, is_certain=False),
    rule(rf"{_BY}\b(?:{_RELATIVE_END}month|eom|later\sthis\smonth)\b", _end_of_month),
    rule(rf"{_BY}\b(?:early\s)?next\smonth\b", _next_month),
)
