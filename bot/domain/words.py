"""Dates, durations, money and counts in plain American English: the one place for them."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
YEAR_NEEDED = timedelta(days=300)
CURRENCY_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "CA$", "AUD": "A$", "NZD": "NZ$"}
ELLIPSIS = "…"
WORD_JOINER = "\u2060"

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# Nothing in such a text has to be changed.
_HARMLESS = re.compile(r"[\w ,.'()-]*")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_DIRECTIONS = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_CALLS_TO_ALL = re.compile(r"@(?=channel|here|everyone)", re.IGNORECASE)


def day_words(day: date, today: date) -> str:
    """Return "today", "yesterday", "tomorrow", or what `date_words` says."""
    return NEAR.get((day - today).days) or date_words(day, today)


def date_words(day: date, today: date) -> str:
    """Return "Wed, Apr 14", with the year when it is over 300 days from `today`."""
    words = f"{WEEKDAYS[day.weekday()][:3]}, {_month_day(day)}"
    return f"{words}, {day.year}" if _is_far(day, today) else words


def span_words(start: date, end: date, today: date) -> str:
    """Return "Dec 4 to Mar 3" or "Feb 22 to 28"; years only when one of the days is far."""
    if not (_is_far(start, today) or _is_far(end, today)):
        return _span(start, end)
    if start.year == end.year:
        return f"{_span(start, end)}, {end.year}"
    return f"{_month_day(start)}, {start.year} to {_month_day(end)}, {end.year}"


def minutes_words(minutes: int) -> str:
    """Return "20 min", "1 hr" or "1 hr 15 min"."""
    hours, rest = divmod(minutes, 60)
    if hours < 1:
        return f"{minutes} min"
    return f"{hours} hr {rest} min" if rest else f"{hours} hr"


def money_words(amount: Decimal, currency: str) -> str:
    """Return "$45", "$31.20", "€20" or "SEK 20"; `currency` is an ISO 4217 code."""
    code = currency.upper()
    figure = f"{abs(amount):,.2f}".removesuffix(".00")
    return f"{'-' if amount < 0 else ''}{CURRENCY_SIGNS.get(code, f'{code} ')}{figure}"


def time_words(at: time) -> str:
    """Return "9:00 am" or "4:30 pm"."""
    return f"{at.hour % 12 or 12}:{at:%M} {'am' if at.hour < 12 else 'pm'}"


def instant_words(local: datetime, today: date) -> str:
    """Return an instant as Slack shows it to each reader by their own clock.

    Where it cannot, it reads "tomorrow at 9:00 am": `local` and `today` are somebody's.
    https://docs.slack.dev/messaging/formatting-message-text#date-formatting
    """
    otherwise = f"{day_words(local.date(), today)} at {time_words(local.time())}"
    return f"<!date^{int(local.timestamp())}^{{date_short_pretty}} at {{time}}|{otherwise}>"


def weekdays_words(days: Sequence[int]) -> str:
    """Return "Monday to Friday" for days in a row, or "Mon, Wed and Fri"; 0 is Monday."""
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{WEEKDAYS[days[0]]} to {WEEKDAYS[days[-1]]}"
    return list_words([WEEKDAYS[day][:3] for day in days])


def count_words(n: int, singular: str, plural: str | None = None) -> str:
    """Return "1 evaluation" or "2 evaluations"; `plural` is for nouns that do not take an s."""
    return f"{n:,} {singular if n == 1 else plural or f'{singular}s'}"


def number_word(n: int) -> str:
    """Return "one" to "ten", then digits."""
    return NUMBERS[n - 1] if 1 <= n <= len(NUMBERS) else f"{n:,}"


def list_words(items: Sequence[str]) -> str:
    """Return "Ana, Luis and Jo"; nothing for no items."""
    *most, last = items or [""]
    return f"{', '.join(most)} and {last}" if most else last


def person_at(person: str, partner: str) -> str:
    """Return "Dana, Iron Peak": a person with where they are; one name where both are the same."""
    is_alone = person.casefold().split() == partner.casefold().split()
    return partner if is_alone else f"{person}, {partner}"


def greeting(now_local_hour: int) -> str:
    """Return "Good morning", "Good afternoon" (from 12) or "Good evening" (from 17)."""
    if now_local_hour < 12:
        return "Good morning"
    return "Good afternoon" if now_local_hour < 17 else "Good evening"


def plain(text: str) -> str:
    """Return what a person typed as one line of mrkdwn that cannot ping, link or break the line.

    Not idempotent ("&" grows), so it is applied once, at the end, after `short`.
    """
    if _HARMLESS.fullmatch(text):
        return text
    text = _DIRECTIONS.sub("", _CONTROLS.sub(" ", text))
    text = _SURROGATES.sub("\ufffd", text).translate(_ESCAPES)
    return _CALLS_TO_ALL.sub(f"@{WORD_JOINER}", text)


def short(text: str, limit: int) -> str:
    """Return `text` in at most `limit` (>= 1) characters, cut at a word, ending in "…"."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    whole_words = head if text[limit - 1].isspace() else head.rpartition(" ")[0]
    return (whole_words or head).rstrip() + ELLIPSIS


def _month_day(day: date) -> str:
    return f"{MONTHS[day.month - 1][:3]} {day.day}"


def _span(start: date, end: date) -> str:
    if start == end:
        return _month_day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{_month_day(start)} to {end.day}"
    return f"{_month_day(start)} to {_month_day(end)}"


def _is_far(day: date, today: date) -> bool:
    return abs(day - today) > YEAR_NEEDED
