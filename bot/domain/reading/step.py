"""The days in a line: which is the day of the act, and which belongs to a plan."""

from bot.domain.reading import future
from bot.domain.reading.clauses import Part, Scope
from bot.domain.reading.days import DayFound
from bot.domain.reading.kinds import Role
from bot.domain.reading.plan import shortened, up_to_break
from bot.domain.reading.sentence import Sentence
from bot.domain.reading.tokens import BREAKS, MASK

_PLANNED_FOR = frozenset({"on", "for"})


class Days:
    """The days of one line, judged by the parts of the sentence in which they stand."""

    def __init__(self, said: Sentence) -> None:
        self._said = said
        self.of_act = next((day for day in said.past if self._is_of_act(day)), None)
        self.of_plan = next((day for day in said.ahead if self._is_of_plan(day)), None)

    def what_is_planned(self, text: str) -> str:
        """The words of the plan in the whole text, without its day and what arranges it."""
        if self.of_plan is None:
            return ""
        at = self._first(self.of_plan)
        start = self._start(at)
        first = self._said.row[start].start if start < at else self.of_plan.start
        before, after = text[first : self.of_plan.start], text[self.of_plan.end :]
        return shortened(before) or shortened(up_to_break(after))

    def _start(self, at: int) -> int:
        """Where the plan of the day at a word begins: with its part, but after an act's verb."""
        start = at
        while start > 0 and self._continues(start - 1, at):
            start -= 1
        if not self._said.parts[at].arranges:
            start = max([start, *self._verb_ends(start, at)])
        while start < at and self._said.words[start].startswith(MASK):
            start += 1
        return start

    def _verb_ends(self, start: int, at: int) -> list[int]:
        """Where the plan can begin after each verb; with it when it is "sending", "calling"."""
        verbs = [hit for hit in self._said.hits if hit.role is not Role.THING]
        return [
            hit.start if hit.phrase.split()[0].endswith("ing") else hit.end
            for hit in verbs
            if start <= hit.start < at
        ]

    def _continues(self, at: int, day: int) -> bool:
        """Whether a word before the day belongs to its plan."""
        if self._said.words[at] in BREAKS:
            return False
        before, of_day = self._said.parts[at], self._said.parts[day]
        return before == of_day or (before.clause == of_day.clause and before.arranges)

    def _is_of_act(self, day: DayFound) -> bool:
        if any(_is_wider(plan, day) for plan in self._said.ahead if plan.is_certain):
            return False
        return day.is_certain or not self._is_in_plan(day)

    def _is_of_plan(self, day: DayFound) -> bool:
        if self.of_act and _overlap(self.of_act, day):
            return False
        is_marked = future.is_marked(self._said.text[day.start : day.end])
        return day.is_certain or is_marked or self._is_in_plan(day) or self._is_afterthought(day)

    def _is_afterthought(self, day: DayFound) -> bool:
        """In a later clause than the day of the act: "coffee today, workshop on the 20th"."""
        if self.of_act is None or self.of_act.end > day.start:
            return False
        parts = self._said.parts
        return parts[self._first(day)].clause > parts[self._first(self.of_act)].clause

    def _is_in_plan(self, day: DayFound) -> bool:
        """Within "to set up ..." or "will ...", or of a thing talked about: "re lunch on Fri"."""
        at = self._first(day)
        part = self._said.parts[at] if self._said.parts else None
        if part is None or part.arranges:
            return part is not None
        if part.scope is Scope.MAIN or self._is_what_they_met_for(part):
            return False
        return self._is_of_thing(at)

    def _is_what_they_met_for(self, part: Part) -> bool:
        """Whether "for coffee" says what the act was, as in "met her for coffee on Friday"."""
        acts = [hit for hit in self._said.hits if self._said.parts[hit.start].scope is Scope.MAIN]
        return part.scope is Scope.SAKE and any(hit.role is Role.SOFT for hit in acts)

    def _is_of_thing(self, at: int) -> bool:
        ends = {hit.end for hit in self._said.hits if hit.role is Role.THING}
        return at in ends and self._said.words[at] in _PLANNED_FOR

    def _first(self, day: DayFound) -> int:
        row = self._said.row
        return next((at for at, word in enumerate(row) if word.end > day.start), len(row) - 1)


def _overlap(one: DayFound, other: DayFound) -> bool:
    return one.start < other.end and other.start < one.end


def _is_wider(one: DayFound, other: DayFound) -> bool:
    return _overlap(one, other) and one.end - one.start > other.end - other.start
