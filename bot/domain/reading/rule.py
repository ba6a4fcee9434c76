"""A rule that reads a day: a pattern, what it means, and what must not stand around it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

_REACH = 16


@dataclass(frozen=True, slots=True)
class Rule:
    """`day(match, today)` is None when the match means no day; both guards are optional."""

    pattern: re.Pattern[str]
    day: Callable[[re.Match[str], date], date | None]
    is_certain: bool
    not_after: re.Pattern[str] | None = None
    not_before: re.Pattern[str] | None = None

    def fits(self, text: str, match: re.Match[str]) -> bool:
        """Whether the words around the match let it stand."""
        before = text[max(0, match.start() - _REACH) : match.start()]
        if self.not_after and self.not_after.search(before):
            return False
        return not (self.not_before and self.not_before.match(text, match.end()))


def rule(
    pattern: str,
    day: Callable[[re.Match[str], date], date | None],
    *,
    is_certain: bool = True,
    not_after: re.Pattern[str] | None = None,
    not_before: re.Pattern[str] | None = None,
) -> Rule:
    """A rule whose pattern is read without case."""
    return Rule(re.compile(pattern, re.IGNORECASE), day, is_certain, not_after, not_before)
