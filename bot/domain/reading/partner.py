"""Which partner a line is about: named before a colon, at the start, or further on."""

import re
from dataclasses import dataclass

from bot.domain.finding import NOBODY, Book, Match, Place
from bot.domain.ranking import Rank
from bot.domain.reading import grammar
from bot.domain.reading.everyday import is_everyday
from bot.domain.reading.hits import hits
from bot.domain.reading.kinds import Role
from bot.domain.reading.tokens import BREAKS, Token, tokens

LONGEST_NAME = 80
_TOPIC = re.compile(r"\b(?:about|re|regarding|abt|concerning)\b", re.IGNORECASE)
_NAME_ENDS = frozenset("with w at to from for on in about re abt regarding and or the a".split())
WORDS_OF_AN_UNKNOWN = 5


@dataclass(frozen=True, slots=True)
class Partner:
    """The partner meant and where it stands (`text[start:end]`); `named` are the words for it."""

    match: Match
    start: int
    end: int
    named: str


def partner_in(text: str, book: Book) -> Partner:
    """The partner of a line; without one, the words that seem to name somebody unknown."""
    head = _before_colon(text, book)
    if head:
        return head
    place = book.place_at_start(text) or _further_on(text, book)
    if place:
        return Partner(place.match, place.start, place.end, text[place.start : place.end])
    return Partner(NOBODY, 0, 0, _unknown(text))


def with_contact(partner: Partner, text: str, book: Book) -> Match:
    """The match with the contact of the same partner that the text also names, if any."""
    match = partner.match
    if match.partner_id is None or match.contact_id is not None:
        return match
    rest = f"{text[: partner.start]}, {text[partner.end :]}"
    place = book.contacts_of(match.partner_id).place_anywhere(rest)
    if place is None or place.rank >= Rank.CLOSE_START or place.match.contact_id is None:
        return match
    return Match(match.names + place.match.names)


def _before_colon(text: str, book: Book) -> Partner | None:
    """The partner in "Riverside: called ..."; a stranger there is one, "Today: ..." is nobody."""
    head, colon, rest = text[:LONGEST_NAME].partition(":")
    words = [token.word for token in tokens(head)]
    is_head = colon and "\n" not in head and (not rest or rest[0].isspace())
    if not is_head or all(is_everyday(word) for word in words):
        return None
    match = book.find(head)
    if match.names or not hits(words):
        return Partner(match, 0, len(head) + 1, head.strip())
    return None


def _further_on(text: str, book: Book) -> Place | None:
    """A partner named before the subject of the talk, else in it; a stranger first forbids that."""
    topic = _TOPIC.search(text)
    place = book.place_anywhere(text[: topic.start()] if topic else text)
    stranger = _stranger(tokens(text))
    if place and not (stranger and _is_contact(place)):
        return place
    return book.place_anywhere(text) if topic and not stranger else None


def _is_contact(place: Place) -> bool:
    return all(name.contact_id is not None for name in place.match.names)


def _unknown(text: str) -> str:
    """The words that seem to name a partner nobody has added: first in the line or after a verb."""
    words = tokens(text)
    named = _stranger(words) or _after_verb(words)
    return text[named[0].start : named[-1].end] if named else ""


def _stranger(words: list[Token]) -> list[Token]:
    """What stands before the first word of a kind and is nothing but a name."""
    first = next(iter(hits([token.word for token in words])), None)
    before = words[: first.start] if first else []
    if any(is_everyday(token.word) or token.word in BREAKS for token in before):
        return []
    return before[:WORDS_OF_AN_UNKNOWN]


def _after_verb(words: list[Token]) -> list[Token]:
    acts = [hit for hit in hits([token.word for token in words]) if hit.role is not Role.LIGHT]
    start = acts[0].end if acts else 0
    while start < len(words) and words[start].word in _NAME_ENDS:
        start += 1
    end = start
    while end < len(words) and not _ends_name(words, end):
        end += 1
    return words[start:end][:WORDS_OF_AN_UNKNOWN]


def _ends_name(words: list[Token], at: int) -> bool:
    word = words[at].word
    is_of_title = word == "." and at > 0 and words[at - 1].word in grammar.WITH_A_POINT
    return (word in BREAKS and not is_of_title) or is_everyday(word)
