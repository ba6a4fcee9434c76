"""Which part of a text says what was done, and which says why, about what, where and what next."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from enum import Enum

from bot.domain.reading import grammar
from bot.domain.reading.hits import Hit
from bot.domain.reading.kinds import Role
from bot.domain.reading.tokens import BREAKS, Phrases, listed


class Scope(Enum):
    MAIN = "main"
    PURPOSE = "purpose"
    TOPIC = "topic"
    PLACE = "place"
    SAKE = "sake"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Part:
    """The scope and the clause of one token; `arranges` when its days are those of a plan."""

    scope: Scope
    clause: int
    arranges: bool = False


_MARKS = Phrases(
    dict.fromkeys(listed(grammar.TOPIC_MARKS), Scope.TOPIC)
    | dict.fromkeys(listed(grammar.PLACE_MARKS), Scope.PLACE)
    | dict.fromkeys(listed(grammar.PLAN_MARKS), Scope.PLAN)
    | {"for": Scope.SAKE}
)
_DONE = (Role.ACT, Role.LIGHT, Role.SOFT)


def parts(words: Sequence[str], hits: Sequence[Hit], of_days: Container[int]) -> list[Part]:
    """The part each word plays, in the order of the words; words of days change nothing."""
    starts = {hit.start: hit for hit in hits}
    found: list[Part] = []
    part, at = Part(Scope.MAIN, 0), 0
    while at < len(words):
        part, size = (part, 1) if at in of_days else _next(part, words, at, starts)
        found.extend([part] * size)
        at += size
    return _with_plans(words, found, starts)


def _next(part: Part, words: Sequence[str], at: int, starts: dict[int, Hit]) -> tuple[Part, int]:
    """The part from this place on, and how many tokens decide it."""
    hit = starts.get(at)
    if _is_break(words, at):
        return Part(Scope.MAIN, part.clause + 1), 1
    if words[at] in grammar.FRESH_STARTS and _follows_verb(words, at, starts):
        return Part(Scope.MAIN, part.clause + 1), 1
    if part.scope in (Scope.PURPOSE, Scope.PLAN) and part.arranges:
        return part, hit.end - at if hit else 1
    if words[at] == grammar.PURPOSE_MARK and at + 1 < len(words) and _is_purpose(words[at + 1]):
        return Part(Scope.PURPOSE, part.clause, words[at + 1] in grammar.ARRANGING_VERBS), 2
    if hit and hit.phrase in grammar.ACTS_OR_PLANS and min(starts) < at:
        return Part(Scope.PLAN, part.clause, True), hit.size
    if hit and hit.size > 1:
        return _through(part, hit), hit.size
    mark = _MARKS.at(words, at)
    if mark:
        return Part(mark[2], part.clause, mark[2] is Scope.PLAN), mark[0]
    return _through(part, hit), 1


def _through(part: Part, hit: Hit | None) -> Part:
    """A place ends at the next verb of an act; so does nothing else."""
    if part.scope is Scope.PLACE and hit and hit.role is Role.ACT:
        return Part(Scope.MAIN, part.clause)
    return part


def _is_purpose(word: str) -> bool:
    return word in grammar.PURPOSE_VERBS


def _is_break(words: Sequence[str], at: int) -> bool:
    """A comma and the like, but not brackets, nor the point of "Dr."."""
    word = words[at]
    is_of_title = word == "." and at > 0 and words[at - 1] in grammar.WITH_A_POINT
    return word in BREAKS and word not in "()" and not is_of_title


def _follows_verb(words: Sequence[str], at: int, starts: dict[int, Hit]) -> bool:
    """Whether "and", "then" or "but" is followed by a new act, perhaps after a pronoun."""
    following = at + 1
    while following < len(words) and words[following] in grammar.PRONOUNS:
        following += 1
    hit = starts.get(following)
    return (hit is not None and hit.role in _DONE) or words[at] in ("then", "but", "so")


def _with_plans(words: Sequence[str], found: list[Part], starts: dict[int, Hit]) -> list[Part]:
    """Makes the whole of a clause a plan when its words before the plan name no act."""
    for at, part in enumerate(found):
        is_first = part.scope is Scope.PLAN and (at == 0 or found[at - 1].scope is not Scope.PLAN)
        if is_first:
            first = next(i for i, other in enumerate(found) if other.clause == part.clause)
            acts = [i for i in range(first, at) if i in starts and starts[i].role in _DONE]
            if not acts:
                found[first:at] = [Part(Scope.PLAN, part.clause, True)] * (at - first)
    return found
