"""The words of kinds that stand in a text."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.reading import kinds
from bot.domain.reading.everyday import is_everyday
from bot.domain.reading.kinds import Role
from bot.domain.reading.things import THINGS
from bot.domain.reading.tokens import Phrases, flattened

LETTERS_FOR_A_SLIP = 5
WORDS_TO_TRY = 40


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of a kind at tokens `start` to `end` (exclusive); kind "" decides nothing."""

    start: int
    end: int
    phrase: str
    kind: str
    role: Role

    @property
    def size(self) -> int:
        return self.end - self.start


def _words() -> dict[str, tuple[str, Role]]:
    tables = (
        (kinds.LIGHT, Role.LIGHT),
        (THINGS, Role.THING),
        (kinds.SOFT, Role.SOFT),
        (kinds.ACTS, Role.ACT),
    )
    return {phrase: (kind, role) for table, role in tables for phrase, kind in flattened(table)}


_WORDS = _words()
_PHRASES = Phrases(_WORDS)
_LONG_WORDS = [word for word in _WORDS if " " not in word and len(word) >= LETTERS_FOR_A_SLIP]


def hits(words: Sequence[str]) -> list[Hit]:
    """Every word of a kind, in order; without a verb, also what may be one with a slip."""
    found = [
        Hit(start, end, phrase, kind, role)
        for start, end, phrase, (kind, role) in _PHRASES.all(words)
    ]
    if any(hit.role is not Role.THING for hit in found):
        return found
    before = found[0].start if found else len(words)
    return _slips(words[: min(before, WORDS_TO_TRY)]) + found


def _slips(words: Sequence[str]) -> list[Hit]:
    found = []
    for at, word in enumerate(words):
        if len(word) >= LETTERS_FOR_A_SLIP and not is_everyday(word):
            close = process.extractOne(word, _LONG_WORDS, scorer=OSA.distance, score_cutoff=1)
            if close and (close[0][0], close[0][-1]) == (word[0], word[-1]):
                found.append(Hit(at, at + 1, close[0], *_WORDS[close[0]]))
    return found
