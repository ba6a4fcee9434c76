"""Categories and partners."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.partner import CATEGORIES, Partner, category_label, category_named

TODAY = date(2027, 3, 3)
ONE = Partner(1, "T1", "Riverside", "physician", TODAY)


def test_words_of_categories_are_unambiguous() -> None:
    words = [word for one in CATEGORIES.values() for word in (one.key, *one.words)]
    assert len(set(words)) == len(words)
    assert all(word == word.casefold() for word in words)
    assert all(one.key == key for key, one in CATEGORIES.items())


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Ortho", "physician"),
        ("  Primary   CARE ", "physician"),
        ("crossfit", "gym"),
        ("gym", "gym"),
        ("Sawmill", "sawmill"),
    ],
)
def test_a_category_by_any_of_its_words(words: str, key: str) -> None:
    assert category_named(words) == key


def test_labels() -> None:
    assert category_label("gym") == "Gyms"
    assert category_label("sawmill") == "Sawmill"


def test_who_treats() -> None:
    assert {key for key, one in CATEGORIES.items() if one.is_treating} == {
        "physician",
        "chiropractor",
    }
    assert ONE.is_treating
    assert not replace(ONE, treating=False).is_treating
    assert replace(ONE, category="gym", treating=True).is_treating
    assert not replace(ONE, category="sawmill").is_treating


def test_paused() -> None:
    assert not ONE.is_paused(TODAY)
    assert replace(ONE, paused_on=TODAY).is_paused(TODAY + timedelta(days=999))
    until = replace(ONE, paused_on=TODAY, paused_until=TODAY + timedelta(days=2))
    assert until.is_paused(TODAY + timedelta(days=1))
    assert not until.is_paused(TODAY + timedelta(days=2))
