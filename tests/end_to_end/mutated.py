"""Texts that almost make sense: what people may say, broken at random, the same for each seed."""

import csv
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.commands.test_any_text import NASTY
from tests.commands.test_contract import EXAMPLES

PHRASES = Path(__file__).parents[1] / "domain"
MOST = 4000

Broken = Callable[[random.Random, list[str]], list[str]]


def _valid() -> list[str]:
    found = list(EXAMPLES.values())
    for name in ("phrases.csv", "more_phrases.csv"):
        with (PHRASES / name).open(encoding="utf-8", newline="") as lines:
            rows = [row["text"] for row in csv.DictReader(lines)]
        found += [*rows, *(f"log {text}" for text in rows)]
    return found


VALID = _valid()


def _without(chance: random.Random, words: list[str]) -> list[str]:
    at = chance.randrange(len(words) + 1)
    return words[:at] + words[at + chance.choice((1, 1, 3)) :]


def _repeated(chance: random.Random, words: list[str]) -> list[str]:
    at = chance.randrange(len(words) + 1)
    return words[:at] + words[at : at + 2] * chance.choice((2, 3, 40)) + words[at:]


def _shuffled(chance: random.Random, words: list[str]) -> list[str]:
    return chance.sample(words, len(words))


def _with_another(chance: random.Random, words: list[str]) -> list[str]:
    other = chance.choice(VALID).split()
    at = chance.randrange(len(words) + 1)
    return words[:at] + other[chance.randrange(len(other)) :]


def _with_nasty(chance: random.Random, words: list[str]) -> list[str]:
    at = chance.randrange(len(words) + 1)
    return [*words[:at], chance.choice(NASTY), *words[at:]]


def _misspelt(chance: random.Random, words: list[str]) -> list[str]:
    text = list(" ".join(words))
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = chance.randrange(len(text) + 1)
        text[at : at + chance.choice((0, 1))] = chance.choice(" abet0123456789,.;:/-@#<>&'\"*_`~\n")
    return "".join(text).split(" ")


def _loud(_chance: random.Random, words: list[str]) -> list[str]:
    return [word.upper() for word in words]


WAYS: tuple[Broken, ...] = (
    *(_without, _repeated, _shuffled, _with_another, _with_nasty),
    *(_misspelt, _misspelt, _loud),
)


def mutated(seed: int, count: int) -> Iterator[str]:
    """Return `count` texts, most of which begin as something valid."""
    chance = random.Random(seed)
    for _ in range(count):
        words = chance.choice(VALID).split(" ")
        for _ in range(chance.choice((0, 1, 1, 2, 4))):
            words = chance.choice(WAYS)(chance, words)
        # No half of a character reaches anybody over a wire.
        yield " ".join(words)[:MOST].encode(errors="ignore").decode()
