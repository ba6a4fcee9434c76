"""Words for days that have been: "yesterday", "last Tue", "3 days ago", "on the 1st"."""

import re
from datetime import date

from dateutil.relativedelta import relativedelta

from bot.domain.reading import numbers
from bot.domain.reading.calendar import (
    PART_OF_DAY,
    WEEKDAY,
    WEEKDAYS,
    days_back,
    latest,
    monday,
)
from bot.domain.reading.rule import Rule, rule

__all__ = ["RULES", "Rule", "written"]

_COUNT = r"(?P<count>\d{1,3}|" + numbers.pattern() + r")\s?"
_UNIT = r"(?P<unit>days?|dys?|d|weeks?|wks?|w|months?|mos?|years?|yrs?)\b"
_NOT_OF_THE_ACT = re.compile(
    r"\b(?:from|since|of|before|after|following|until|till|til|by|next|every|each|through|thru|"
    r"coming|upcoming|for|per|re|about|abt)\s{1,2}(?:the\s{1,2})?$",
    re.IGNORECASE,
)
_NOT_PLAINLY = re.compile(
    _NOT_OF_THE_ACT.pattern + r"|\b(?:the|their|our|his|her|a|any|to|most)\s{1,2}$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s?\b")
_NOT_A_WEEKDAY = re.compile(
    r"['’]s?\b|\s(?:night\s(?:football|lights)|mornings|nights|down\b|in\son\b|screen|safety|"
    r"exposure|protection|valley|city)|\s?[-–]\s?[a-z]|\sthr(?:u|ough)\b",
    re.IGNORECASE,
)
_NOT_AM = re.compile(r"(?:\d|\bi)\s{0,2}$", re.IGNORECASE)


def _today(_: re.Match[str], today: date) -> date:
    return today


def _yesterday(_: re.Match[str], today: date) -> date | None:
    return days_back(today, 1)


def _day_before_yesterday(_: re.Match[str], today: date) -> date | None:
    return days_back(today, 2)


def _counted_back(found: re.Match[str], today: date) -> date | None:
    count, unit = numbers.value(found["count"]), found["unit"][0].lower()
    if unit in "my":
        return _months_back(today, count * (12 if unit == "y" else 1))
    return days_back(today, count * (7 if unit == "w" else 1))


def _fortnight_back(_: re.Match[str], today: date) -> date | None:
    return days_back(today, 14)


def _weekday(found: re.Match[str]) -> int:
    return WEEKDAYS[found["weekday"].lower()]


def _latest_weekday(found: re.Match[str], today: date) -> date | None:
    return days_back(today, (today.weekday() - _weekday(found)) % 7)


def _last_weekday(found: re.Match[str], today: date) -> date | None:
    return days_back(today, (today.weekday() - _weekday(found) - 1) % 7 + 1)


def _this_weekday(found: re.Match[str], today: date) -> date | None:
    return _latest_weekday(found, today) if _weekday(found) <= today.weekday() else None


def _weekday_before_last(found: re.Match[str], today: date) -> date | None:
    last = _last_weekday(found, today)
    return days_back(last, 7) if last else None


def _weekday_last_week(found: re.Match[str], today: date) -> date | None:
    return days_back(monday(today), 7 - _weekday(found))


def _last_week(_: re.Match[str], today: date) -> date | None:
    return days_back(today, 7)


def _week_before_last(_: re.Match[str], today: date) -> date | None:
    return days_back(today, 14)


def _last_month(_: re.Match[str], today: date) -> date | None:
    return _months_back(today, 1)


def _months_back(today: date, months: int) -> date | None:
    try:
        return today - relativedelta(months=months)
    except (OverflowError, ValueError):
        return None


def _weekend(_: re.Match[str], today: date) -> date | None:
    return days_back(today, (today.weekday() - 5 - 1) % 7 + 1)


def _monday(_: re.Match[str], today: date) -> date:
    return monday(today)


RULES: tuple[Rule, ...] = (
    rule(r"\b(?:the\s)?day\sbefore\syesterday\b" + PART_OF_DAY, _day_before_yesterday),
    rule(
        r"\b(?:late\s|early\s)?(?:yesterday|yesteday|yesterdy|yesturday|yestreday|yestarday|"
        r"yday|y['’]day|ystrdy|ystday|yest|ystd)\b" + PART_OF_DAY,
        _yesterday,
        not_after=_NOT_OF_THE_ACT,
        not_before=_POSSESSIVE,
    ),
    rule(r"^(?:yesterday|last\snight)['’]s\b", _yesterday),
    rule(r"^(?:today|this\smorning)['’]s\b", _today),
    rule(rf"^(?:last\s)?{WEEKDAY}['’]s\b", _last_weekday),
    rule(r"\blast\s(?:night|nite|evening)\b", _yesterday, not_before=_POSSESSIVE),
    rule(
        r"\b(?:earlier\s)?(?:today|2day|this\s(?:morning|morn|afternoon|aft|evening|am|pm))\b"
        + PART_OF_DAY
        + r"|\bjust\snow\b|\btonight\b",
        _today,
        not_after=_NOT_OF_THE_ACT,
        not_before=_POSSESSIVE,
    ),
    rule(rf"\b{_COUNT}(?:min(?:ute)?s?|hrs?|hours?)\sago\b", _today),
    rule(r"\b[ap]m\b(?=\s*(?:$|[,.;!]))", _today, not_after=_NOT_AM),
    rule(
        rf"\b(?:about\s)?{_COUNT}{_UNIT}\s(?:ago|back|prior|earlier)\b",
        _counted_back,
    ),
    rule(r"\b(?:a\s)?fortnight\sago\b", _fortnight_back),
    rule(rf"\ba\sweek\sago\s(?:on\s)?{WEEKDAY}", _weekday_before_last),
    rule(rf"\b{WEEKDAY}{PART_OF_DAY},?\s(?:of\s)?last\sw(?:eek|k)\b", _weekday_last_week),
    rule(rf"\blast\sw(?:ee)?ks?,?\s(?:on\s)?{WEEKDAY}", _weekday_last_week),
    rule(rf"\b{WEEKDAY}\sbefore\slast\b", _weekday_before_last),
    rule(rf"\b(?:2|two)\s{WEEKDAY}s?\sago\b", _weekday_before_last),
    rule(r"\b(?:over\s|on\s)?(?:the|last|this\spast|past)\s(?:weekend|wknd|wkend)\b", _weekend),
    rule(
        rf"\b(?:on\s)?(?:last|this\spast|this\slast|past|previous)\s{WEEKDAY}{PART_OF_DAY}",
        _last_weekday,
        not_after=_NOT_OF_THE_ACT,
        not_before=_POSSESSIVE,
    ),
    rule(
        rf"\b(?:earlier\s)?this\s{WEEKDAY}{PART_OF_DAY}",
        _this_weekday,
        not_after=_NOT_OF_THE_ACT,
        not_before=_POSSESSIVE,
    ),
    rule(
        rf"(?:\bon\s{{1,2}})?(?<!['’@#-])\b{WEEKDAY}{PART_OF_DAY}",
        _latest_weekday,
        is_certain=False,
        not_after=_NOT_PLAINLY,
        not_before=_NOT_A_WEEKDAY,
    ),
    rule(r"\bearlier\s(?:this|in\sthe)\sw(?:ee)?k\b", _monday),
    rule(r"\blast\sw(?:ee)?k\b", _last_week, not_after=_NOT_OF_THE_ACT, not_before=_POSSESSIVE),
    rule(r"\b(?:the\s)?w(?:ee)?k\sbefore\slast\b", _week_before_last),
    rule(r"\blast\smonth\b", _last_month, not_after=_NOT_OF_THE_ACT, not_before=_POSSESSIVE),
)


_AHEAD = re.compile(r"(?:due|by|until|till|til|before)\b", re.IGNORECASE)
_NOT_BEFORE_WRITTEN = re.compile(
    r"\b(?:since|after|next|dob|born|the|their|our)\s{1,2}$", re.IGNORECASE
)


def written(text: str, found: re.Match[str], today: date) -> date | None:
    """The day that has been which a day written with numbers means, if it can be that of an act."""
    before = text[max(0, found.start() - 16) : found.start()]
    if _AHEAD.match(found.group()) or _NOT_BEFORE_WRITTEN.search(before):
        return None
    return latest(found, today)
