"""A typed text as a row of words, and phrases of several words found in the row."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

MASK = "\ue000"
"""Stands, once for each character, for words that have been read already."""

WORDS_AT_MOST = 400
BREAKS = frozenset(",;.!?()–—|…\n-")
_TOKEN = re.compile(
    rf"{MASK}+|<[@#!][^<>\s]{{1,80}}>|[^\W_]+(?:['’‘`´][^\W_]+)*|(?<=\s)-(?=\s)|[,;.!?()–—|…\n&+@]"
)
_APOSTROPHES = re.compile(r"['’‘`´]")
_SAME = {"&": "and", "+": "and", "@": "at", "n": "and", "u": "you", "ur": "your"}


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark: `text[start:end]`; `word` is it in small letters without apostrophes."""

    start: int
    end: int
    word: str


def tokens(text: str) -> list[Token]:
    """The first WORDS_AT_MOST words and marks of a text."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        if len(found) == WORDS_AT_MOST:
            break
        word = _APOSTROPHES.sub("", match.group()).lower() or match.group()
        found.append(Token(match.start(), match.end(), _SAME.get(word, word)))
    return found


def masked(text: str, start: int, end: int) -> str:
    """The text with a stretch hidden; every place in it stays where it was."""
    return f"{text[:start]}{MASK * (end - start)}{text[end:]}"


Value = TypeVar("Value")


class Phrases(Generic[Value]):
    """Phrases of one or more words, each with a value; the longest is found first."""

    def __init__(self, phrases: Mapping[str, Value]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, Value]]] = {}
        for phrase, value in phrases.items():
            words = tuple(token.word for token in tokens(phrase))
            self._by_first.setdefault(words[0], []).append((words, phrase, value))
        for same_start in self._by_first.values():
            same_start.sort(key=lambda entry: -len(entry[0]))

    def at(self, words: Sequence[str], start: int) -> tuple[int, str, Value] | None:
        """The longest phrase that begins at a place in the words: its length, itself, its value."""
        for phrase, name, value in self._by_first.get(words[start], ()):
            if tuple(words[start : start + len(phrase)]) == phrase:
                return len(phrase), name, value
        return None

    def all(self, words: Sequence[str]) -> Iterator[tuple[int, int, str, Value]]:
        """Every phrase that does not overlap an earlier one: start, end, itself, value."""
        at = 0
        while at < len(words):
            found = self.at(words, at)
            if found:
                yield at, at + found[0], found[1], found[2]
            at += found[0] if found else 1


def listed(text: str) -> list[str]:
    """The phrases of a table, written with commas between them."""
    return [" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip()]


def phrases(text: str) -> Phrases[bool]:
    """Phrases without values."""
    return Phrases(dict.fromkeys(listed(text), True))


def flattened(table: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Each phrase of a table with its key."""
    return ((phrase, key) for key, text in table.items() for phrase in listed(text))
