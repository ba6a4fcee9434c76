"""How long it took and what it cost: minutes and money read from words."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.reading import numbers

MINUTES_AT_MOST = 24 * 60
COST_AT_MOST = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MinutesRead:
    minutes: int
    span: Span


@dataclass(frozen=True, slots=True)
class CostRead:
    """An amount in the workspace's currency, whatever sign was typed."""

    cost: Decimal
    span: Span


_M = r"(?:m|mn|mi?ns?|minutes?|minuets?|mintues?)\b\.?"
_H = r"(?:h|hrs?|hours?|hous?rs?)\b\.?"
_N = r"(?:\d{1,3}(?:[.,]\d{1,2})?|\.\d{1,2}|" + numbers.pattern() + r"(?=[\s-]))"
_LEAD = (
    r"(?<![\w.:$€£#-])(?<!\d/)"
    r"(?:(?:for|took|lasted)\s{1,2})?"
    r"(?:(?:about|abt|around|approx\.?|roughly|almost|nearly|maybe|like|over|a good)\s{1,2}|~\s?)?"
    r"(?:\d{1,3}\s?(?:-|–|to)\s?)?"
)
_TAIL = r"(?:ish\b|\s(?:or so|long|total)\b)?"
_A = r"(?:an?\s|one\s|1\s|the\s)?"


def _number(text: str) -> Decimal:
    digits = text.replace(",", ".")
    is_digits = digits.replace(".", "").isdigit()
    return Decimal(digits) if is_digits else Decimal(numbers.value(text))


def _hours(found: re.Match[str]) -> Decimal:
    return _number(found["n"]) * 60


def _hours_and_minutes(found: re.Match[str]) -> Decimal:
    return _number(found["n"]) * 60 + _number(found["m"])


def _hours_and_a_half(found: re.Match[str]) -> Decimal:
    return (_number(found["n"]) if found["n"] else Decimal(1)) * 60 + 30


_DURATIONS: tuple[tuple[str, Callable[[re.Match[str]], Decimal]], ...] = (
    (rf"(?P<n>\d{{1,2}})\s?h(?:rs?)?(?P<m>\d\d)(?!\d)(?:\s?{_M})?", _hours_and_minutes),
    (rf"(?P<n>\d{{1,2}}):(?P<m>[0-5]\d)\s?{_H}", _hours_and_minutes),
    (rf"(?P<n>{_N})[\s-]?{_H},?\s?(?:and\s|&\s?|n\s)?(?P<m>{_N})[\s-]?{_M}", _hours_and_minutes),
    (rf"(?P<n>{_N})?(?:\s?½|\s1/2|[\s-](?:and|n|&)[\s-]a[\s-]half)[\s-]?{_H}", _hours_and_a_half),
    (rf"(?P<n>{_N}\s)?{_H}\s(?:and|n|&)\sa\shalf\b", _hours_and_a_half),
    (rf"(?:a\s)?(?:half[\s-](?:of\s)?(?:an?\s)?|½\s?|1/2\s?(?:an?\s)?){_H}", lambda _: Decimal(30)),
    (rf"(?:three|3)[\s-]quarters\s(?:of\s)?(?:an?\s)?{_H}", lambda _: Decimal(45)),
    (rf"(?:a\s)?quarter[\s-](?:of\s)?(?:an?\s)?{_H}", lambda _: Decimal(15)),
    (rf"(?P<n>{_N})\s?(?:-\s?)?{_H}", _hours),
    (rf"(?P<n>{_N})\s?(?:ish\s)?(?:-\s?)?{_M}", lambda found: _number(found["n"])),
)
_DURATION_RULES = tuple(
    (re.compile(_LEAD + pattern + _TAIL, re.IGNORECASE), read) for pattern, read in _DURATIONS
)
_NO_DURATION_AFTER = re.compile(
    r"[\s-]{0,2}(?:late|early|ago|away|drive|walk|before|after|from|dash|sprint|relay|race|run)\b",
    re.IGNORECASE,
)
_NO_DURATION_BEFORE = re.compile(
    r"\b(?:in|every|within|each|last|next|past|per|open|another)\s{1,2}$", re.IGNORECASE
)


def minutes(text: str) -> MinutesRead | None:
    """The first duration in the text, in whole minutes (1 to a day)."""
    return min(_durations(text), key=lambda read: (read.span.start, -read.span.end), default=None)


def _durations(text: str) -> Iterator[MinutesRead]:
    for rule, read in _DURATION_RULES:
        for found in rule.finditer(text):
            amount = round(read(found))
            if 1 <= amount <= MINUTES_AT_MOST and _is_duration(text, found):
                yield MinutesRead(amount, Span(found.start(), found.end()))
                break


def _is_duration(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - 12) : found.start()]
    return not _NO_DURATION_BEFORE.search(before) and not _NO_DURATION_AFTER.match(
        text, found.end()
    )


_MONEY = r"(?P<n>(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,7})(?:[.,]\d{1,2})?|\.\d{2})(?![\d])(?![.,]\d)"
_CODE = r"(?:USD|EUR|GBP|CAD|AUD|US\$|CA?\$|AU\$)"
_PAID = (
    r"(?:\b(?:for|cost|costs|costing|spent|paid|about|around|total|total of|came to|@|was)\s{1,2}"
    r"|~\s?|=\s?)?"
)
_SPENT = r"(?:spent|paid|cost(?:s|ing)?)(?:\s|:\s?)(?:us\s)?(?:about\s)?"
_WORDED = numbers.pattern(*(set(numbers.WORDS) - {"a", "an"}))
_COST_RULES = tuple(
    re.compile(_PAID + pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w$€£])(?:{_CODE}\s?|[$€£]\s?){_MONEY}(?!\s?[km]\b)",
        rf"(?<![\w.,:/$€£#-]){_MONEY}\s?(?:{_CODE}\b|[$€£](?![\d])|dollars?\b|bucks?\b|euros?\b)",
        rf"(?<![\w-])(?P<n>{_WORDED})\s(?:dollars?|bucks?|euros?)\b",
        rf"\b{_SPENT}{_MONEY}(?=\s(?:on|for)\b|\s{{0,2}}(?:$|[,;)]|\.(?!\d)))",
    )
)
_NO_COST_BEFORE = re.compile(
    r"\b(?:raised|raising|saved|saves|saving|won|earned|owes?|over|under)\s{1,2}$", re.IGNORECASE
)


def cost(text: str) -> CostRead | None:
    """The first sum of money in the text, to the cent."""
    return min(_costs(text), key=lambda read: (read.span.start, -read.span.end), default=None)


def _costs(text: str) -> Iterator[CostRead]:
    for rule in _COST_RULES:
        for found in rule.finditer(text):
            amount = _money(found["n"])
            before = text[max(0, found.start() - 12) : found.start()]
            if amount <= COST_AT_MOST and not _NO_COST_BEFORE.search(before):
                yield CostRead(amount, Span(found.start(), found.end()))
                break


def _money(text: str) -> Decimal:
    """Comma or point before three digits groups thousands; before one or two it is the decimal."""
    plain = re.sub(r",(?=\d{3}(?:\D|$))", "", text).replace(",", ".")
    is_digits = plain.replace(".", "").isdigit()
    return Decimal(plain if is_digits else numbers.value(text)).quantize(Decimal("0.01"))
