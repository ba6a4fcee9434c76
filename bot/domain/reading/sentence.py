"""A typed line taken apart: its words, the kinds they hint at, their parts, its days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.reading.clauses import Part, parts
from bot.domain.reading.days import DayFound, future_days, past_days
from bot.domain.reading.hits import Hit, hits
from bot.domain.reading.tokens import Token, tokens


@dataclass(frozen=True, slots=True)
class Sentence:
    """`words[n]` is the word of `row[n]` and plays `parts[n]`; days are those before and ahead."""

    text: str
    row: Sequence[Token]
    words: Sequence[str]
    hits: Sequence[Hit]
    parts: Sequence[Part]
    past: Sequence[DayFound]
    ahead: Sequence[DayFound]


def sentence(text: str, today: date) -> Sentence:
    """The text as words, with what they hint at; what is masked in it stays a blank."""
    row = tokens(text)
    words = [token.word for token in row]
    found = hits(words)
    past = past_days(text, today)
    ahead = [day for day in future_days(text, today) if day.on > today]
    of_days = _within(row, [*past, *ahead])
    return Sentence(text, row, words, found, parts(words, found, of_days), past, ahead)


def _within(row: Sequence[Token], days: Sequence[DayFound]) -> frozenset[int]:
    return frozenset(
        at
        for day in days
        for at, token in enumerate(row)
        if day.start <= token.start and token.end <= day.end
    )
