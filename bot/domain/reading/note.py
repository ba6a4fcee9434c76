"""What is left of a line as its note, in the person's own words."""

import re
from collections.abc import Iterable

from bot.domain.reading.kinds import PLAIN

Stretch = tuple[int, int]

_LINK_BEFORE = re.compile(
    r"(?:\b(?:with|w|at|to|from|via)\s+|\bw/\s*|@\s*)(?:the\s+)?$", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"\s*(?:$|[,;:.!?()]|[-–—]\s|(?:about|re|regarding|abt|to|for|on|and|but|w|with|at|from)\b)",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s?$")
_EDGES = " \t\r\n,;:-–—"
_AND_PARTICLE = re.compile(r"\s+(?:back|off|in|up|out|over|and)\b|-", re.IGNORECASE)


def note_of(text: str, said: Iterable[Stretch], partner: Stretch, plain_verb: str) -> str:
    """The text without what was read as day, time and cost, and the partner where it can go.

    The partner goes at the start, after a plain verb that goes too, and with its link where the
    sentence is whole without them ("a card to Bright Smile"), but not out of "thanked Dr Lee".
    """
    without = _blanked(text, said)
    without = _blanked(without, _stretch_to_go(without, *partner, plain_verb))
    return _without_verb(_tidy(without), plain_verb)


def is_plain(phrase: str) -> bool:
    """Whether nothing is lost when the kind is said instead of the phrase."""
    return phrase in PLAIN


def _blanked(text: str, stretches: Iterable[Stretch]) -> str:
    for start, end in stretches:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _stretch_to_go(text: str, start: int, end: int, plain_verb: str) -> list[Stretch]:
    before = text[:start].strip(_EDGES).lower()
    if not before:
        return [(start, end)]
    if _POSSESSIVE.search(text[start:end]):
        return []
    if plain_verb and before == plain_verb:
        return [(start, end)]
    link = _LINK_BEFORE.search(text, 0, start)
    return [(link.start(), end)] if link and _GOES_ON.match(text, end) else []


def _tidy(text: str) -> str:
    plain = " ".join(text.split())
    plain = re.sub(r"\(\s*\)", "", plain)
    plain = re.sub(r"\s+(?=[,;:.!?)])", "", plain)
    plain = re.sub(r"[,;](?=[,;.])", "", plain)
    return plain.strip(_EDGES)


def _without_verb(note: str, plain_verb: str) -> str:
    size = len(plain_verb)
    if not plain_verb or note[:size].lower() != plain_verb:
        return note.lstrip(".!?" + _EDGES)
    rest = note[size:]
    is_word = not rest or not rest[0].isalnum()
    if not is_word or _AND_PARTICLE.match(rest):
        return note
    return rest.lstrip(".!?" + _EDGES).strip(_EDGES)
