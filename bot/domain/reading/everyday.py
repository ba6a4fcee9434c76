"""Words too common to name a partner by themselves: verbs, kinds, days, numbers."""

from collections.abc import Sequence

from bot.domain.reading import calendar, grammar, kinds, numbers
from bot.domain.reading.things import THINGS
from bot.domain.reading.tokens import flattened

_TABLES = (kinds.ACTS, THINGS, kinds.SOFT, kinds.LIGHT)
_KIND_PHRASES = [phrase for table in _TABLES for phrase, _ in flattened(table)]
_VERB_PHRASES = [
    phrase for table in (kinds.ACTS, kinds.SOFT, kinds.LIGHT) for phrase, _ in flattened(table)
]
_EVERYDAY = frozenset(
    [phrase for phrase in _KIND_PHRASES if " " not in phrase]
    + grammar.SMALL_WORDS.split()
    + list(calendar.WEEKDAYS)
    + list(calendar.MONTHS)
    + [word for word in numbers.WORDS if " " not in word]
)
_PHRASES = frozenset(_KIND_PHRASES)
_OPENINGS = grammar.OPENINGS | {phrase.split()[-1] for phrase in _VERB_PHRASES}


def is_everyday(word: str) -> bool:
    """Whether a word says too little to be a partner's name unless it is the whole of one."""
    plain = word.lower()
    return plain in _EVERYDAY or plain.isdigit()


def is_phrase(words: Sequence[str]) -> bool:
    """Whether the words together are one of those that say a kind: "thank you", "open house"."""
    return " ".join(words) in _PHRASES


def is_opening(word: str) -> bool:
    """Whether a partner may well be named right after this word: "with", "at", "called"."""
    return word.lower() in _OPENINGS
