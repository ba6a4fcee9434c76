"""What is left of a line as its note, in the person's own words."""

import re
from collections.abc import Iterable

from bot.domain.reading.kinds import PLAIN

Stretch = tuple[int, int]

_LINK_BEFORE = re.compile(
    r"(?:\b(?:with|at|to|from|by|via|in)\s+|\bw/\s*|@\s*)(?:the\s+)?$", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"\s*(?:$|[,;:.!?()]|[-–—]\s|(?:about|re|regarding|abt|to|for|on|and|but|w|with|at|from)\b)",
    re.IGNORECASE,
)
_EDGES = " \t\r\n,;:-–—"
_AND_PARTICLE = re.compile(r"\s+(?:back|off|in|up|out|over|and)\b|-", re.IGNORECASE)


def note_of(text: str, said: Iterable[Stretch], partner: Stretch, decided_by: str) -> str:
    """The text without what was read as day, time and cost, and the partner where it can go.

    The partner goes at the start, after the deciding verb, and where the sentence does not need
    it ("a card to Bright Smile, 2 days ago"), but not out of "the Iron Peak coaches".
    """
    without = _blanked(text, said)
    start, end = partner
    if end and _can_go(without, start, end, decided_by):
        link = _LINK_BEFORE.search(without, 0, start)
        without = _blanked(without, [(link.start() if link else start, end)])
    return _without_plain_verb(_tidy(without), decided_by)


def _blanked(text: str, stretches: Iterable[Stretch]) -> str:
    for start, end in stretches:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _can_go(text: str, start: int, end: int, decided_by: str) -> bool:
    before = text[:start].strip(_EDGES).lower()
    is_first = not before or (before == decided_by and decided_by in PLAIN)
    return is_first or bool(_GOES_ON.match(text, end))


def _tidy(text: str) -> str:
    plain = " ".join(text.split())
    plain = re.sub(r"\(\s*\)", "", plain)
    plain = re.sub(r"\s+(?=[,;:.!?)])", "", plain)
    plain = re.sub(r"[,;](?=[,;.])", "", plain)
    return plain.strip(_EDGES).lstrip(".!? ").strip(_EDGES)


def _without_plain_verb(note: str, decided_by: str) -> str:
    size = len(decided_by)
    if decided_by not in PLAIN or note[:size].lower() != decided_by:
        return note
    rest = note[size:]
    is_word = not rest or not rest[0].isalnum()
    return rest.strip(_EDGES) if is_word and not _AND_PARTICLE.match(rest) else note
