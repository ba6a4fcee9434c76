"""What was done: the kind of an interaction, and whether a call reached anybody."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.reading import grammar
from bot.domain.reading.clauses import Scope
from bot.domain.reading.hits import Hit
from bot.domain.reading.kinds import COMPOUNDING, LINKED_TOO, THINGS_OF, Role
from bot.domain.reading.reaching import NOT_REACHED, REACHED_AFTER
from bot.domain.reading.sentence import Sentence
from bot.domain.reading.thanked import is_from_them
from bot.domain.reading.tokens import phrases

CALL, THANK_YOU, OTHER = "call", "thank_you", "other"
_NOT_REACHED = phrases(NOT_REACHED)
_REACHED_AFTER = phrases(REACHED_AFTER)
_WRITTEN = frozenset({"email", "text"})
# What is done when a call reaches nobody; "left" and "brought" need not have been on that day.
_INSTEAD = {Role.ACT: frozenset({"email", "text", "visit"}), Role.LIGHT: _WRITTEN}
_NOT_DONE = frozenset({"not", "never", "havent", "haven't", "hasnt", "hasn't", "didnt", "didn't"})
_SOFT_YIELDS_TO = frozenset({"lunch", "call", "meeting", "email", "text", "gift"})
_SCOPES = (Scope.MAIN, Scope.PLACE, Scope.SAKE)


@dataclass(frozen=True, slots=True)
class Act:
    """The kind, whether any word said so, and the word that decided."""

    kind: str
    has_kind: bool
    decided_by: Hit | None = None


def act(said: Sentence) -> Act:
    """The first thing that is said to have been done; what it was for or about does not count.

    Of "called, no answer, so emailed" it is what was done instead; and thanks that came from a
    partner are a contact, because a thank-you here is one that somebody owed to them.
    """
    reader = _Reader(said)
    first = _first(reader)
    if first.kind == CALL and not has_reached(said.words):
        return reader.instead() or first
    by = first.decided_by
    if first.kind == THANK_YOU and by and is_from_them(said, by):
        return replace(first, kind=by.kind if by.kind in _WRITTEN else OTHER)
    return first


def _first(reader: "_Reader") -> Act:
    for scope in _SCOPES:
        for hit in reader.within(scope):
            kind = reader.kind(hit)
            if kind:
                return Act(kind, True, hit)
    return Act(OTHER, False)


def has_reached(words: Sequence[str]) -> bool:
    """False for a call of which voicemail, "no answer" or the like is told, and nothing better."""
    missed = [end for _, end, _, _ in _NOT_REACHED.all(words)]
    if not missed:
        return True
    return any(start >= missed[0] for start, _, _, _ in _REACHED_AFTER.all(words))


class _Reader:
    """One text's hits, asked for what they mean together."""

    def __init__(self, said: Sentence) -> None:
        self._words, self._hits, self._parts = said.words, said.hits, said.parts

    def within(self, scope: Scope) -> list[Hit]:
        return [hit for hit in self._hits if self._parts[hit.start].scope is scope]

    def instead(self) -> Act | None:
        """What was done after a call that reached nobody: in a clause of its own after that."""
        missed = next(end for _, end, _, _ in _NOT_REACHED.all(self._words))
        clause = self._parts[missed - 1].clause
        for hit in self.within(Scope.MAIN):
            is_later = hit.start >= missed and self._parts[hit.start].clause > clause
            kind = self.kind(hit) if is_later and not self._is_denied(hit) else ""
            if kind in _INSTEAD.get(hit.role, ()):
                return Act(kind, True, hit)
        return None

    def _is_denied(self, hit: Hit) -> bool:
        """Whether "not" or the like stands before a verb ("haven't yet emailed") or after "did"."""
        return not _NOT_DONE.isdisjoint(self._words[max(0, hit.start - 2) : hit.end + 1])

    def kind(self, hit: Hit) -> str:
        """What a hit means with the words around it."""
        if hit.role is Role.THING:
            return self._thing(hit)
        if hit.role is Role.ACT:
            return self._act(hit)
        if hit.role is Role.SOFT:
            return self._soft(hit)
        return self._light(hit)

    def _clause_after(self, hit: Hit) -> list[Hit]:
        clause = self._parts[hit.start].clause
        return [
            other
            for other in self._hits
            if other.start >= hit.end and self._parts[other.start].clause == clause
        ]

    def _thing(self, hit: Hit) -> str:
        """Of "lunch meeting" the last word counts, and of "flyer texted" the verb."""
        last = self._last_of_compound(hit)
        verbs = (other for other in self._clause_after(last) if other.role is Role.ACT)
        verb = next(verbs, None)
        is_sent = verb is not None and verb.kind in _WRITTEN and last.kind != THANK_YOU
        if verb and is_sent and not self._has_mark_between(last, verb):
            return verb.kind
        return last.kind

    def _last_of_compound(self, hit: Hit) -> Hit:
        for other in self._clause_after(hit):
            if other.start != hit.end or other.role is not Role.THING:
                break
            hit = other
        return hit

    def _has_mark_between(self, one: Hit, other: Hit) -> bool:
        between = self._words[one.end : other.start]
        return any(word in grammar.OPENINGS or word in ("for", "about") for word in between)

    def _act(self, hit: Hit) -> str:
        """A verb says its kind; but a thank-you that was emailed or texted is a thank-you."""
        if hit.kind in _WRITTEN:
            things = [other for other in self._clause_after(hit) if other.role is Role.THING]
            if things and things[0].kind == THANK_YOU and self._is_main(things[0]):
                return THANK_YOU
        return hit.kind

    def _is_main(self, hit: Hit) -> bool:
        return self._parts[hit.start].scope is Scope.MAIN

    def _soft(self, hit: Hit) -> str:
        """Talk takes the way it went from "over lunch", "by phone", "check-in call"."""
        for other in self._clause_after(hit):
            is_linked = other.kind in _SOFT_YIELDS_TO and self._is_linked(other)
            is_compound = other.start == hit.end and hit.phrase in COMPOUNDING
            if other.role is Role.THING and (is_linked or is_compound):
                return self._last_of_compound(other).kind
        return hit.kind

    def _is_linked(self, hit: Hit) -> bool:
        if self._words[hit.start] in grammar.SOFT_LINKS:
            return True
        at = hit.start - 1
        while at >= 0 and self._words[at] in grammar.FILLERS:
            at -= 1
        return at >= 0 and self._words[at] in grammar.SOFT_LINKS

    def _light(self, hit: Hit) -> str:
        """What was sent, had or brought says the kind; else what sending usually is."""
        becomes = THINGS_OF.get(hit.phrase, {})
        for other in self._clause_after(hit):
            is_linked = hit.phrase in LINKED_TOO and self._is_linked(other)
            if other.role is Role.LIGHT or not (is_linked or self._is_main(other)):
                continue
            kind = self._thing(other) if other.role is Role.THING else self.kind(other)
            return becomes.get(kind, kind)
        return hit.kind
