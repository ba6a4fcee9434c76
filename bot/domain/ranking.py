"""An index of names by their words, and how well a name answers to given words."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.domain.naming import DESCRIPTORS, TITLES, words_of

PREFIX_AT_LEAST = 3
JOINED_AT_LEAST = 5
CLOSE_AT_LEAST = 5
CLOSE_AT_LEAST_BESIDE_ANOTHER = 4
LETTERS_TO_EXCHANGE_ONE = 7
TWO_SLIPS_AT_LEAST = 10
ALIKE_AT_LEAST = 60
# A shorter name is like too many words.
ALIKE_LETTERS = 4


class Rank(IntEnum):
    """How words answer to a name, best first; gaps are words of the name left out."""

    EXACT = 0
    START = 1
    START_PART = 2
    START_WITH_GAPS = 3
    MIDDLE = 4
    MIDDLE_PART = 5
    SHUFFLED = 6
    CLOSE_START = 7
    CLOSE_MIDDLE = 8
    LOOSE = 9


WORDS_KEPT = 1000

Whole = Mapping[str, bool]
"""Words of names that answer to one typed word: True when in whole, False when in part."""


class Index:
    """Names by position, searched by comparable words."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._words = [words_of(name) for name in names]
        self._with: defaultdict[str, set[int]] = defaultdict(set)
        self._exact: defaultdict[str, list[int]] = defaultdict(list)
        for position, words in enumerate(self._words):
            self._exact["".join(words)].append(position)
            for word in words:
                self._with[word].add(position)
        self._vocabulary = sorted(self._with)
        self._joined = sorted(self._exact)
        self._close_cache: dict[str, dict[str, bool]] = {}

    def plain(self, query: tuple[str, ...]) -> dict[int, Rank]:
        """Names that the words spell without a slip."""
        exact = dict.fromkeys(self._exact.get("".join(query), ()), Rank.EXACT)
        if TITLES.issuperset(query):
            return exact
        ranks = self._ranked([self._answers(word) for word in query])
        for position in self._begun(query):
            ranks[position] = min(Rank.START_PART, ranks.get(position, Rank.LOOSE))
        return ranks | exact

    def close(self, query: tuple[str, ...]) -> dict[int, Rank]:
        """Names that the words spell with a slip or two."""
        if all(self._answers(word) for word in query):
            return {}
        at_least = CLOSE_AT_LEAST if len(query) == 1 else CLOSE_AT_LEAST_BESIDE_ANOTHER
        answers = [self._answers(word) or self._slips(word, at_least) for word in query]
        is_close = (Rank.CLOSE_START, Rank.CLOSE_MIDDLE)
        return {
            position: is_close[rank > Rank.START_WITH_GAPS]
            for position, rank in self._ranked(answers).items()
            if rank < Rank.SHUFFLED
        }

    def loose(self, query: tuple[str, ...]) -> dict[int, Rank]:
        """Names that the words spell without titles, or without what kind of place it is."""
        for ignored in (TITLES, DESCRIPTORS, TITLES | DESCRIPTORS):
            kept = tuple(word for word in query if word not in ignored)
            if kept and kept != query:
                ranks = self.plain(kept) or self.close(kept)
                if ranks:
                    best = min(ranks.values())
                    return {at: Rank.LOOSE for at, rank in ranks.items() if rank == best}
        return {}

    def alike(self, words: str, limit: int) -> list[int]:
        """Positions of the names that look most like the words."""
        wanted = " ".join(words_of(words[:100]))
        if not wanted:
            return []
        joined = (" ".join(name) for name in self._words)
        choices = {at: name for at, name in enumerate(joined) if len(name) >= ALIKE_LETTERS}
        found = process.extract(
            wanted, choices, scorer=fuzz.WRatio, limit=limit, score_cutoff=ALIKE_AT_LEAST
        )
        return [position for _, _, position in found]

    def _ranked(self, answers: Sequence[Whole]) -> dict[int, Rank]:
        ranks = {}
        for position in self._having_all(answers):
            rank = _rank(self._words[position], answers)
            if rank is not None:
                ranks[position] = rank
        return ranks

    def _having_all(self, answers: Sequence[Whole]) -> set[int]:
        if not all(answers):
            return set()
        postings = [self._having_any(whole) for whole in answers]
        return set.intersection(*sorted(postings, key=len))

    def _having_any(self, words: Iterable[str]) -> set[int]:
        return set().union(*(self._with[word] for word in words))

    def _answers(self, word: str) -> dict[str, bool]:
        """Words of names that a typed word is, or begins."""
        whole = {same: True for same in (word, word + "s", word[:-1]) if _is_same(same, word)}
        answers = {same: True for same in whole if same in self._with}
        if len(word) >= PREFIX_AT_LEAST:
            for longer in _beginning_with(self._vocabulary, word):
                answers.setdefault(longer, False)
        return answers

    def _slips(self, word: str, at_least: int) -> dict[str, bool]:
        """Words of names that a typed word is but for a slip; the first letter must be right."""
        if len(word) < at_least or word.isdigit():
            return {}
        known = self._close_cache.get(word)
        if known is not None:
            return known
        if len(self._close_cache) >= WORDS_KEPT:
            self._close_cache = {}
        slips = 2 if len(word) >= TWO_SLIPS_AT_LEAST else 1
        rivals = _beginning_with(self._vocabulary, word[0])
        found = process.extract(word, rivals, scorer=OSA.distance, score_cutoff=slips, limit=10)
        answers = {close: True for close, _, _ in found if _is_slip(word, close)}
        self._close_cache[word] = answers
        return answers

    def _begun(self, query: tuple[str, ...]) -> list[int]:
        """Names that the words begin when both are written as one: "ironpeak"."""
        joined = "".join(query)
        if len(joined) < JOINED_AT_LEAST:
            return []
        names = _beginning_with(self._joined, joined)
        return [position for name in names for position in self._exact[name]]


def _is_same(one: str, typed: str) -> bool:
    """A word is the same with or without a plural or possessive s, unless hardly any is left."""
    return one == typed or (one == typed + "s") or (typed == one + "s" and len(one) >= 3)


def _is_slip(typed: str, meant: str) -> bool:
    """In a short word one letter for another makes a different word: "strike" is not Stride."""
    is_long = len(typed) >= LETTERS_TO_EXCHANGE_ONE
    return is_long or len(typed) != len(meant) or sorted(typed) == sorted(meant)


def _beginning_with(ordered: Sequence[str], start: str) -> Sequence[str]:
    first = bisect_left(ordered, start)
    return ordered[first : bisect_left(ordered, start + "\U0010ffff", lo=first)]


def _rank(words: tuple[str, ...], answers: Sequence[Whole]) -> Rank | None:
    places = _places(words, answers)
    if places is None:
        return Rank.SHUFFLED if _are_shuffled(words, answers) else None
    is_whole = all(whole[words[place]] for place, whole in zip(places, answers, strict=True))
    is_unbroken = places[-1] - places[0] == len(places) - 1
    if places[0] <= _titles_before(words):
        if not is_unbroken:
            return Rank.START_WITH_GAPS
        return Rank.START if is_whole else Rank.START_PART
    return Rank.MIDDLE if is_whole else Rank.MIDDLE_PART


def _places(words: tuple[str, ...], answers: Sequence[Whole]) -> list[int] | None:
    """Where in the name each typed word stands, in order; None when one does not."""
    places: list[int] = []
    start = 0
    for whole in answers:
        place = next((at for at in range(start, len(words)) if words[at] in whole), None)
        if place is None:
            return None
        places.append(place)
        start = place + 1
    return places


def _are_shuffled(words: tuple[str, ...], answers: Sequence[Whole]) -> bool:
    """Whether several typed words are all in the name in whole, in another order."""
    taken: set[str] = set()
    for whole in answers:
        word = next((word for word in words if whole.get(word) and word not in taken), None)
        if word is None:
            return False
        taken.add(word)
    return len(answers) > 1


def _titles_before(words: tuple[str, ...]) -> int:
    return next((at for at, word in enumerate(words) if word not in TITLES), 0)
