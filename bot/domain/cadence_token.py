"""Bringing the words of a cadence to one spelling: units, W0 for Monday, M1 for January, #15."""

import re

from bot.domain.recurrence import LAST
from bot.domain.words import MONTHS, NUMBERS, WEEKDAYS

SYNONYMS = {
    "daily": "every day",
    "weekly": "every week",
    "biweekly": "every 2 week",
    "fortnightly": "every 2 week",
    "fortnight": "2 week",
    "semimonthly": "2 times month",
    "monthly": "every month",
    "bimonthly": "every 2 month",
    "quarterly": "every quarter",
    "semiannually": "every 6 month",
    "semiannual": "every 6 month",
    "biannually": "every 6 month",
    "halfyearly": "every 6 month",
    "yearly": "every year",
    "annually": "every year",
    "annual": "every year",
    "once": "every",
    "each": "every",
    "per": "every",
    "twice": "2 times",
    "time": "times",
    "x": "times",
    "other": "2",
    "alternate": "2",
    "couple": "2",
    "d": "day",
    "days": "day",
    "w": "week",
    "wk": "week",
    "wks": "week",
    "weeks": "week",
    "mo": "month",
    "mos": "month",
    "months": "month",
    "qtr": "quarter",
    "quarters": "quarter",
    "yr": "year",
    "yrs": "year",
    "years": "year",
    "twelve": "12",
    "fifteen": "15",
    "thirty": "30",
    "sixty": "60",
    "ninety": "90",
    "last": f"#{LAST}",
}
NUMBER_WORDS = {word: str(n) for n, word in enumerate(NUMBERS, 1)}
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
ORDINAL_WORDS = {word: f"#{n}" for n, word in enumerate(ORDINALS, 1)}
FILLERS = dict.fromkeys(("a", "an", "the", "of", "on", "in", "and"), "")
TOKENS = SYNONYMS | NUMBER_WORDS | ORDINAL_WORDS | FILLERS

# In this order: each pattern, and what stands for it from then on.
SPACING = (
    (r"\(.*?\)", " "),
    (r"\b(bi|semi|half)[- ](?=[a-z])", r"\1"),
    (r"(?<=\w)-(?=[a-z])", " "),
    (r"[,&/+.;!]", " "),
    (r"\b(every|each)(?=[a-z0-9])", r"\1 "),
    (r"(?<=[a-z])(?=\d)", " "),
    (r"(?<=\d)(?=[a-z])(?!(?:st|nd|rd|th)\b)", " "),
)
UNIT = "(?:day|week|month|quarter|year)"
PHRASES = (
    (r"\bevery every\b", "every"),
    (rf"\bevery #([2-9]|1\d) (?={UNIT}(?: W|$))", r"every \1 "),
    (r"(#-?\d+) day\b", r"\1"),
    (r"\bevery (\d+) (?=W)", r"every \1 week "),
    (r"(M\d+) (\d+)$", r"\1 #\2"),
)


def canonical(words: str) -> str:
    """Return `words` in canonical tokens, "#1 W0 month"; what is not known stays as it is."""
    text = _replaced(words.casefold(), SPACING)
    text = " ".join(" ".join(_token(word) for word in text.split()).split())
    return _replaced(text, PHRASES)


def _token(word: str) -> str:
    if word in TOKENS:
        return TOKENS[word]
    if ordinal := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", word):
        return f"#{int(ordinal[1])}"
    return _named(word, "W", WEEKDAYS, 0) or _named(word, "M", MONTHS, 1) or word


def _named(word: str, letter: str, names: tuple[str, ...], first: int) -> str:
    """Return the token of a weekday or month, shortened ("Tues", "Sept") or in the plural."""
    stem = word.removesuffix("s")
    numbers = (n for n, name in enumerate(names, first) if name.lower().startswith(stem))
    return next((f"{letter}{n}" for n in numbers), "") if len(stem) >= 3 else ""


def _replaced(text: str, table: tuple[tuple[str, str], ...]) -> str:
    for pattern, replacement in table:
        text = re.sub(pattern, replacement, text)
    return text
