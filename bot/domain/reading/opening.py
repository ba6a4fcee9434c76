"""Whether a text begins by telling what was done, which makes it a log line."""

from datetime import date

from bot.domain.reading import amounts, grammar
from bot.domain.reading.days import past_days
from bot.domain.reading.hits import Hit, hits
from bot.domain.reading.kinds import Role
from bot.domain.reading.tokens import MASK, masked, tokens

CHARACTERS_TO_LOOK_AT = 400
_NOT_ALONE = frozenset({"update", "report", "event", "gift", "introduction", "other"})
_LINKS = grammar.OPENINGS | grammar.SOFT_LINKS | frozenset("re about and".split())


def begins_with_verb(text: str) -> bool:
    """True for "called ...", "had lunch with ...", "20 min on the phone", "yesterday I met ..."."""
    words = [token.word for token in tokens(_without_amounts(text[:CHARACTERS_TO_LOOK_AT]))]
    starts = {hit.start: hit for hit in hits(words)}
    for at, word in enumerate(words):
        if at in starts:
            return _tells(starts[at], words)
        if not (word in grammar.PRONOUNS | grammar.FILLERS or word.startswith(MASK)):
            return False
    return False


def _tells(hit: Hit, words: list[str]) -> bool:
    """A verb does by itself; a thing only with more words, and "update" only with a link."""
    if hit.role is not Role.THING:
        return True
    following = words[hit.end] if hit.end < len(words) else ""
    if hit.size == 1 and hit.kind in _NOT_ALONE:
        return following in _LINKS
    return bool(following) or hit.start > 0


def _without_amounts(text: str) -> str:
    length = amounts.minutes(text)
    text = masked(text, length.span.start, length.span.end) if length else text
    for day in past_days(text, date.max):
        text = masked(text, day.start, day.end)
    return text
