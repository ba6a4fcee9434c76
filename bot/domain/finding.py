"""Which partner or contact somebody means, from the words they use for it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.domain.naming import DROPPED, GENERIC, SPECIALTIES, Token, tokens
from bot.domain.ranking import Index, Rank
from bot.domain.reading.everyday import is_everyday, is_opening, is_phrase

WORDS_IN_A_NAME = 8
WORDS_TO_SEARCH = 60
WORDS_TO_FIND = 12


@dataclass(frozen=True, slots=True)
class Name:
    """One way to name a partner: its own name, or that of a contact there."""

    partner_id: int
    name: str
    contact_id: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """What some words name: nobody, one partner (perhaps by a contact), or several."""

    names: tuple[Name, ...] = ()

    @property
    def partner_ids(self) -> tuple[int, ...]:
        """The partners it can be, best first."""
        return tuple(dict.fromkeys(name.partner_id for name in self.names))

    @property
    def is_found(self) -> bool:
        return len(self.partner_ids) == 1

    @property
    def is_ambiguous(self) -> bool:
        return len(self.partner_ids) > 1

    @property
    def partner_id(self) -> int | None:
        return self.names[0].partner_id if self.is_found else None

    @property
    def contact_id(self) -> int | None:
        """The contact that was named, if it was one and only one."""
        ids = {name.contact_id for name in self.names if name.contact_id is not None}
        return ids.pop() if self.is_found and len(ids) == 1 else None


NOBODY = Match()


@dataclass(frozen=True, slots=True)
class Place:
    """A match and where in the text it stands: `text[start:end]`."""

    match: Match
    start: int
    end: int
    rank: Rank
    words: int


class Book:
    """Every name in a workspace; any number of threads may look into one."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._names = tuple(names)

    @cached_property
    def _index(self) -> Index:
        return Index([name.name for name in self._names])

    def find(self, words: str) -> Match:
        """The partner that the whole text names."""
        found = tokens(words, WORDS_TO_FIND + 1)
        if len(found) > WORDS_TO_FIND:
            return NOBODY
        if not found:
            return self._literally(words)
        query = _query(found)
        for search in (self._index.plain, self._index.close, self._index.loose):
            match, _ = self._match(search(query))
            if match.names:
                return match
        return NOBODY

    def lead(self, text: str) -> tuple[Match, str]:
        """The partner at the start of the text, by its longest sensible reading, and the rest."""
        place = self.place_at_start(text)
        return (place.match, text[place.end :].lstrip(" ,:;-–—")) if place else (NOBODY, text)

    def spot(self, text: str) -> tuple[Match, str]:
        """The partner named anywhere in the text, and the text without it."""
        place = self.place_anywhere(text)
        if place is None:
            return NOBODY, text
        rest = f"{text[: place.start].rstrip()} {text[place.end :].lstrip()}"
        return place.match, rest.strip(" ,:;-–—")

    def suggest(self, words: str, limit: int = 3) -> list[Name]:
        """Names that look like the words, best first, one for each partner."""
        best: dict[int, Name] = {}
        for position in self._index.alike(words, limit * 4):
            name = self._names[position]
            best.setdefault(name.partner_id, name)
        return list(best.values())[:limit]

    def contacts_of(self, partner_id: int) -> "Book":
        """Only the contacts of one partner."""
        return Book(
            name
            for name in self._names
            if name.partner_id == partner_id and name.contact_id is not None
        )

    def place_at_start(self, text: str) -> Place | None:
        """Where the partner at the start of the text stands."""
        found = tokens(text, WORDS_IN_A_NAME + 1)
        if found and found[0].words == ("the",):
            found = found[1:]
        window = _unbroken(text, found[:WORDS_IN_A_NAME])
        return self._longest(window, self._index.plain) or self._longest(window, self._index.close)

    def place_anywhere(self, text: str) -> Place | None:
        """Where the partner stands that is named most plainly, the earliest of equals."""
        found = tokens(text, WORDS_TO_SEARCH)
        places = [
            place for start in range(len(found)) for place in self._places(text, found, start)
        ]
        return min(places, key=_plainness, default=None)

    def _places(self, text: str, found: list[Token], start: int) -> Iterator[Place]:
        window = _unbroken(text, found[start : start + WORDS_IN_A_NAME])
        is_led = start == 0 or _leads(text, found[start - 1], found[start])
        place = self._longest(window, self._index.plain)
        if place and (is_led or _is_plain(place, window)):
            yield place
        elif is_led and not is_everyday(text[window[0].start : window[0].end]):
            place = self._longest(window, self._index.close)
            if place:
                yield place

    def _longest(
        self, window: Sequence[Token], search: Callable[[tuple[str, ...]], dict[int, Rank]]
    ) -> Place | None:
        for size in range(len(window), 0, -1):
            match, rank = self._match(search(_query(window[:size])))
            if match.names and _is_sensible(window[:size], rank):
                size = self._without_acts(window, size, match, rank)
                return Place(match, window[0].start, window[size - 1].end, rank, size)
        return None

    def _without_acts(self, window: Sequence[Token], size: int, match: Match, rank: Rank) -> int:
        """The size without verbs: "harbor call" finds no better than "harbor" does."""
        while rank > Rank.EXACT and size > 1 and _is_all_everyday(window[size - 1 : size]):
            shorter, _ = self._match(self._index.plain(_query(window[: size - 1])))
            if shorter.partner_ids != match.partner_ids:
                break
            size -= 1
        return size

    def _match(self, ranks: dict[int, Rank]) -> tuple[Match, Rank]:
        """The names of the best rank; a contact never beats a partner's own plain name."""
        if not ranks:
            return NOBODY, Rank.LOOSE
        best = min(ranks.values())
        chosen = [at for at, rank in ranks.items() if rank == best]
        if all(self._names[at].contact_id is not None for at in chosen):
            chosen += [
                at
                for at, rank in ranks.items()
                if best < rank <= Rank.START_WITH_GAPS and self._names[at].contact_id is None
            ]
        return Match(tuple(self._names[at] for at in sorted(chosen))), best

    def _literally(self, words: str) -> Match:
        """Names without a single letter or digit are found as they are written."""
        wanted = words.strip()
        return Match(tuple(name for name in self._names if wanted and name.name.strip() == wanted))


def _query(found: Iterable[Token]) -> tuple[str, ...]:
    every = tuple(word for token in found for word in token.words)
    return tuple(word for word in every if word not in DROPPED) or every


_BREAK = re.compile(r"[,:;!?()\n|]|\s[-–—]\s")


def _unbroken(text: str, found: Sequence[Token]) -> Sequence[Token]:
    """The first words up to a comma, a colon or the like."""
    for at in range(1, len(found)):
        if _BREAK.search(text, found[at - 1].end, found[at].start):
            return found[:at]
    return found


def _leads(text: str, before: Token, token: Token) -> bool:
    """Whether the word before opens a place for a partner: "with", "at", "called"."""
    return is_opening(text[before.start : before.end]) and not _BREAK.search(
        text, before.end, token.start
    )


def _is_all_everyday(window: Sequence[Token]) -> bool:
    return all(is_everyday(word) for token in window for word in token.words)


def _is_sensible(window: Sequence[Token], rank: Rank) -> bool:
    """Whether words within a text may be a name: not "call" for Call Center, not "running late"."""
    words = [word for token in window for word in token.words]
    if rank == Rank.EXACT:
        return True
    if rank == Rank.SHUFFLED or _is_all_everyday(window) or is_phrase(words):
        return False
    is_common = len(window) == 1 and (GENERIC - SPECIALTIES).issuperset(words)
    return not (is_common and rank >= Rank.MIDDLE)


def _is_plain(place: Place, window: Sequence[Token]) -> bool:
    """Whether a match can stand where nothing announces a partner."""
    if place.rank > Rank.MIDDLE:
        return False
    if place.words > 1:
        return not all(word in GENERIC for word in _query(window[: place.words]))
    return place.rank in (Rank.EXACT, Rank.START, Rank.MIDDLE) and not (
        GENERIC.issuperset(window[0].words)
    )


def _plainness(place: Place) -> tuple[bool, bool, int]:
    is_contact = all(name.contact_id is not None for name in place.match.names)
    return place.rank >= Rank.CLOSE_START, is_contact, place.start
