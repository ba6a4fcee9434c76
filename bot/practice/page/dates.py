"""`<!date^...>`: an instant in the reader's own zone and words.

https://docs.slack.dev/messaging/formatting-message-text#date-formatting
"""

import re
from collections.abc import Callable
from datetime import datetime

from bot.practice.page.reader import Reader, clock_time, day_name

DAY = 86_400
SPANS = (("year", 365 * DAY), ("month", 30 * DAY), ("day", DAY), ("hour", 3600), ("minute", 60))
Form = Callable[[datetime], str]


def formatted(stamp: str, form: str, reader: Reader) -> str | None:
    """Return `form` with each {token} replaced; None when it is no date."""
    try:
        at = reader.local(stamp)
    except (ValueError, OverflowError, OSError):
        return None
    return re.sub(r"{(\w+)}", lambda found: _token(found[1], at, reader.now, found[0]), form)


def _token(name: str, at: datetime, now: datetime, otherwise: str) -> str:
    if name == "ago":
        return _ago((now - at).total_seconds())
    base = name.removesuffix("_pretty")
    near = day_name(at, now).lower()
    if name != base and near in ("today", "yesterday", "tomorrow"):
        return near
    return FORMS[base](at) if base in FORMS else otherwise


def _ordinal(day: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{day}{endings.get(day % 10, 'th') if day not in (11, 12, 13) else 'th'}"


def _ago(seconds: float) -> str:
    for name, size in SPANS:
        count = int(abs(seconds) // size)
        if count:
            words = f"{count} {name}{'s' if count > 1 else ''}"
            return f"{words} ago" if seconds > 0 else f"in {words}"
    return "now"


FORMS: dict[str, Form] = {
    "date_num": lambda at: f"{at:%Y-%m-%d}",
    "date": lambda at: f"{at:%B} {_ordinal(at.day)}, {at.year}",
    "date_short": lambda at: f"{at:%b} {at.day}, {at.year}",
    "date_long": lambda at: f"{at:%A, %B} {_ordinal(at.day)}, {at.year}",
    "time": clock_time,
    "time_secs": lambda at: clock_time(at, seconds=True),
}
