"""Referrals: how they are called, whether they are open, why they did not come in."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.referral import LOST_REASONS, RECEIVED, Referral, lost_reason

DAY = date(2027, 3, 3)
ONE = Referral(5, 1042, 1, RECEIVED, DAY, datetime(2027, 3, 3, tzinfo=UTC))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("no contact", "no_contact"),
        ("couldn't reach them", "no_contact"),
        ("No Show", "no_contact"),
        ("chose elsewhere", "elsewhere"),
        ("another clinic", "elsewhere"),
        ("Insurance", "cost"),
        ("out of network", "cost"),
        ("not a fit", "not_a_fit"),
        ("not_a_fit", "not_a_fit"),
        ("other", "other"),
        ("sailing", None),
        ("", None),
    ],
)
def test_reasons(words: str, reason: str | None) -> None:
    assert lost_reason(words) == reason


@given(st.text())
def test_a_reason_is_one_of_ours_or_none(words: str) -> None:
    assert lost_reason(words) in (None, *LOST_REASONS)


@pytest.mark.parametrize("key", LOST_REASONS)
def test_each_reason_is_read_back_from_its_own_words(key: str) -> None:
    assert lost_reason(LOST_REASONS[key]) == key
    assert lost_reason(key.upper()) == key


def test_open_until_it_ends() -> None:
    assert ONE.label == "R-1042"
    assert ONE.is_open
    assert not replace(ONE, evaluated_on=DAY).is_open
    assert not replace(ONE, lost_on=DAY).is_open
