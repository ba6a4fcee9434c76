"""The calendar's words: weekdays, months, times of day and days written with numbers."""

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

_WEEKDAYS = (
    "monday mon mondy modnay munday",
    "tuesday tues tue tueday tusday teusday tuseday tuesdy",
    "wednesday weds wed wensday wednsday wedneday wendsday wednessday wednesdy",
    "thursday thurs thur thu thrusday thusday thurday thursdy thirsday",
    "friday fri firday frday fridy firdays",
    "saturday sat saterday satuday saturdy satruday",
    "sunday sun sundy sunay",
)
_MONTHS = (
    "january jan",
    "february feb febuary febr",
    "march mar",
    "april apr",
    "may",
    "june jun",
    "july jul",
    "august aug",
    "september sept sep",
    "october oct",
    "november nov",
    "december dec",
)
WEEKDAYS = {word: day for day, words in enumerate(_WEEKDAYS) for word in words.split()}
MONTHS = {word: month for month, words in enumerate(_MONTHS, 1) for word in words.split()}


def _any_of(words: dict[str, int]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


WEEKDAY = rf"(?P<weekday>{_any_of(WEEKDAYS)})\b\.?"
_MONTH = rf"(?P<month>{_any_of(MONTHS)})\b\.?"
PART_OF_DAY = (
    r"(?:\s(?:early\s|late\s|mid)?(?:in\sthe\s)?"
    r"(?:mornings?|am|afternoon|aft|pm|evening|eve|night|nite|arvo|noon)\b)?"
)
_NOT_A_DAY_NUMBER = (
    r"(?!\d|:\d|\.\d|\s?(?:m|mins?|minutes?|h|hrs?|hours?|k|x|bucks|dollars)\b|\s?%)"
)
_ORDINAL = r"(?:st|nd|rd|th)\b"
_NOT_A_DAY = (
    r"(?!\s(?:floor|time|visits?|meetings?|calls?|grade|graders?|attempt|try|place|ave|avenue|st|"
    r"street|quarter|half|round|year|referrals?|patients?|one|team|base|shift|class|session|"
    r"workshop|annual|degree|hour|week|month|day|party|gen|location|office|store|email|text|"
    r"lunch|event|person|baseman|street|district)\b)"
)
_NO_SLASH_DATE_BEFORE = (
    r"(?<![\w.,/$€£#:-])(?<!suite )(?<!ste )(?<!unit )(?<!room )(?<!rated )(?<!scored )(?<!score )"
)
_NO_SLASH_DATE_AFTER = (
    r"(?![\w/%]|[.,-]\d|\s(?:of|hours?|hrs?|days?|marathon|mile|miles|price|off|dozen|page|stars|"
    r"doctors|docs|rating|would|inch|cup|way)\b)"
)
_BY = r"(?:\b(?:(?:due\s)?(?:on|by|until|till|til|before|for)|due)\s{1,2})?"
WRITTEN = tuple(
    re.compile(rf"{_BY}{pattern}", re.IGNORECASE)
    for pattern in (
        r"(?<![\w/.-])(?P<year>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<day>\d{1,2})(?![\w/]|-\d|\.\d)",
        r"(?<![\w/.-])(?P<m>\d{1,2})(?P<by>[-/.])(?P<day>\d{1,2})(?P=by)(?P<year>\d{4})"
        r"(?![\w/]|-\d|\.\d)",
        r"(?<![\w/.-])(?P<m>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d\d)(?![\w/]|-\d|\.\d)",
        rf"{_NO_SLASH_DATE_BEFORE}(?P<m>\d{{1,2}})/(?P<day>\d{{1,2}}){_NO_SLASH_DATE_AFTER}",
        rf"\b{_MONTH}\s?(?:the\s)?(?P<day>\d{{1,2}})(?:{_ORDINAL})?"
        rf"(?:,?\s(?P<year>20\d\d)\b|{_NOT_A_DAY_NUMBER})",
        rf"(?<![\w/.:-])(?:the\s)?(?P<day>\d{{1,2}})(?:{_ORDINAL})?\s(?:of\s)?{_MONTH}"
        rf"(?:,?\s(?P<year>20\d\d)\b)?(?!\s?\d)",
        rf"\bthe\s(?P<day>\d{{1,2}}){_ORDINAL}{_NOT_A_DAY}",
    )
)
_MONTHS_TO_TRY = 12 * 8 + 1


def is_without_year(found: re.Match[str]) -> bool:
    """Whether a match of WRITTEN leaves the year to be guessed."""
    return not found.groupdict().get("year")


def latest(found: re.Match[str], today: date) -> date | None:
    """The most recent day, today included, that a match of WRITTEN can mean."""
    return _nearest(found, today, -1)


def earliest(found: re.Match[str], today: date) -> date | None:
    """The next day, today included, that a match of WRITTEN can mean."""
    return _nearest(found, today, 1)


def _nearest(found: re.Match[str], today: date, direction: int) -> date | None:
    parts = found.groupdict()
    day, month = int(parts["day"]), _month(parts)
    if parts.get("year"):
        return _in_direction(_day(_year(parts["year"]), month or 0, day), today, direction)
    first = today.replace(day=1)
    for step in range(_MONTHS_TO_TRY):
        try:
            there = first + relativedelta(months=direction * step)
        except (OverflowError, ValueError):
            return None
        on = _day(there.year, there.month, day) if month in (None, there.month) else None
        if _in_direction(on, today, direction):
            return on
    return None


def _in_direction(on: date | None, today: date, direction: int) -> date | None:
    return on if on and (on - today).days * direction >= 0 else None


def _month(parts: dict[str, str]) -> int | None:
    if parts.get("month"):
        return MONTHS[parts["month"].lower()]
    return int(parts["m"]) if parts.get("m") else None


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def days_back(today: date, days: int) -> date | None:
    """The day so many days before today (after it when negative), if there is one."""
    try:
        return today - timedelta(days=days)
    except OverflowError:
        return None


def monday(today: date) -> date:
    """The Monday of today's week."""
    return days_back(today, today.weekday()) or today
