"""Who thanked whom: a card that came from a partner is no thank-you to them."""

from bot.domain.reading.hits import Hit
from bot.domain.reading.sentence import Sentence

_US = frozenset({"us", "me"})
_OURS = _US | {"our", "my", "all", "everyone", "everybody", "the"}
_TO = frozenset({"to", "for"})
_RECEIVED = frozenset({"received", "recieved"})


def is_from_them(said: Sentence, by: Hit) -> bool:
    """Whether a thank-you, told by the words of `by`, was theirs.

    "Thanked us" and "sent me a card" say so, and "received" or "from" without "to" or "for".
    """
    rest = _rest(said, by.end)
    to = rest[1:] if rest[:1] == ["to"] else rest
    if to and to[0] in _US:
        return True
    if not _TO.isdisjoint(rest):
        return False
    if by.phrase in _RECEIVED:
        return True
    return "from" in rest and _after(rest, "from") not in _OURS


def _rest(said: Sentence, start: int) -> list[str]:
    """What follows in the same clause."""
    clause = said.parts[start - 1].clause
    return [
        word
        for word, part in zip(said.words[start:], said.parts[start:], strict=True)
        if part.clause == clause
    ]


def _after(words: list[str], mark: str) -> str:
    at = words.index(mark) + 1
    return words[at] if at < len(words) else ""
