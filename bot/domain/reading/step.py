"""The days in a line: which is the day of the act, and which belongs to a plan."""

import re
from collections.abc import Sequence
from datetime import date

from bot.domain.reading import future
from bot.domain.reading.clauses import Part, Scope
from bot.domain.reading.days import DayFound, future_days, past_days
from bot.domain.reading.hits import Hit
from bot.domain.reading.kinds import Role
from bot.domain.reading.tokens import BREAKS, Token

NAMELESS = "follow up"
LONGEST_STEP = 120
_PLANNED_FOR = frozenset({"on", "for"})


class Days:
    """The days of one line, judged by the parts of the sentence in which they stand."""

    def __init__(
        self,
        text: str,
        today: date,
        words: Sequence[Token],
        hits: Sequence[Hit],
        parts: Sequence[Part],
    ) -> None:
        self._words, self._hits, self._parts = words, hits, parts
        self._future = [day for day in future_days(text, today) if day.on > today]
        self.of_act = next((day for day in past_days(text, today) if self._is_of_act(day)), None)
        self.of_plan = next((day for day in self._future if self._is_of_plan(text, day)), None)

    def _is_of_act(self, day: DayFound) -> bool:
        if any(_is_wider(plan, day) for plan in self._future if plan.is_certain):
            return False
        return day.is_certain or not self._is_in_plan(day)

    def _is_of_plan(self, text: str, day: DayFound) -> bool:
        if self.of_act and day.start < self.of_act.end and self.of_act.start < day.end:
            return False
        is_sure = day.is_certain or future.is_marked(text[day.start : day.end])
        return is_sure or self._is_in_plan(day)

    def _is_in_plan(self, day: DayFound) -> bool:
        """Within "to set up ..." or "will ...", or of a thing talked about: "about lunch on Fri"."""
        at = self._first(day)
        before = self._before(at)
        part = self._parts[before if before is not None else at] if self._parts else None
        if part is None or part.arranges:
            return part is not None
        return part.scope is not Scope.MAIN and self._is_of_thing(at)

    def _is_of_thing(self, at: int) -> bool:
        things = {hit.end for hit in self._hits if hit.role is Role.THING}
        return at in things and self._words[at].word in _PLANNED_FOR

    def _first(self, day: DayFound) -> int:
        after = (at for at, word in enumerate(self._words) if word.end > day.start)
        return next(after, len(self._words) - 1)

    def _before(self, at: int) -> int | None:
        return at - 1 if at > 0 and self._words[at - 1].word not in BREAKS else None

    def what_is_planned(self, text: str) -> str:
        """The words of the plan without its day and the words that arrange it."""
        if self.of_plan is None:
            return ""
        at = self._first(self.of_plan)
        start = at
        while self._continues(start - 1, at):
            start -= 1
        first = self._words[start].start if start < len(self._words) else 0
        return _shortened(text[first : self.of_plan.start]) or _shortened(
            _up_to_break(text[self.of_plan.end :])
        )

    def _continues(self, at: int, day: int) -> bool:
        """Whether a word before the day belongs to its plan."""
        if at < 0 or self._words[at].word in BREAKS:
            return False
        before, of_day = self._parts[at], self._parts[max(at, day - 1)]
        return before.clause == of_day.clause and (before.arranges or not of_day.arranges)


def _is_wider(one: DayFound, other: DayFound) -> bool:
    overlaps = one.start < other.end and other.start < one.end
    return overlaps and one.end - one.start > other.end - other.start


_OPENING = re.compile(
    r"^[\s,;:.-]*(?:(?:and|but|so|then|also|said|says|she|he|they|we|i|it|them|us|him|her|that)\s+)*"
    r"(?:[a-z]{1,4}['’]ll\s+|to\s+|will\s+|gonna\s+|going\s+to\s+|wants?\s+(?:me\s+|us\s+)?(?:to\s+)?"
    r"|needs?\s+(?:to\s+)?|should\s+|let['’]?s\s+|plan(?:s|ning|ned)?\s+(?:to\s+|on\s+|for\s+)?"
    r"|hop(?:e|ing)\s+to\s+|promised\s+(?:to\s+)?|agreed\s+(?:to|on)\s+|asked\s+(?:me\s+|us\s+)?"
    r"(?:to|for)\s+|next\s+steps?\b[:\s]*|due\s+|remind\s+me\s+(?:to\s+)?|(?:re)?scheduled\s+"
    r"|booked\s+|confirmed\s+|offered\s+(?:to\s+)?|about\s+|re:?\s+|invit(?:ed|ing)\s+"
    r"(?:them\s+|us\s+|him\s+|her\s+)?(?:to\s+|for\s+)?)*",
    re.IGNORECASE,
)
_ARRANGING = re.compile(
    r"^(?:set\s?up|(?:re)?schedule|plan|book|arrange|confirm|coordinate|organize|finalize|nail\s+down"
    r"|lock\s+in|firm\s+up|put\s+together|do|have|get|propose)\s+",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:a|an|the|our|their|another)\s+", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:\s*\b(?:is|are|was|for|on|by|at|in|set|up|scheduled|booked|happening|moved|to|confirmed|due|"
    r"planned|again\s+on|it)\b|['’]s\b|[\s,;:(-])+$",
    re.IGNORECASE,
)
_CLOSING_KEEPS = re.compile(
    r"\b(?:follow|check|set|meet|catch|touch|drop|pick|stop)\s+(?:up|in|by)$", re.I
)


def _shortened(text: str) -> str:
    plain = _OPENING.sub("", text.strip())
    plain = _ARTICLE.sub("", _ARRANGING.sub("", plain))
    if not _CLOSING_KEEPS.search(plain.strip()):
        plain = _CLOSING.sub("", plain)
    return plain.strip(" ,;:-")[:LONGEST_STEP].strip()


def _up_to_break(text: str) -> str:
    return re.split(r"[,;.!?\n]", text, maxsplit=1)[0]
