"""Things of value to a physician against the yearly limit."""

from decimal import Decimal

import pytest

from bot.domain.gift import LIMITS, UNVERIFIED, gift_words


@pytest.mark.parametrize("year", LIMITS)
def test_each_year_names_its_limit_and_no_advice(year: int) -> None:
    said = gift_words(Decimal("45"), year)
    assert said.startswith(f"Gifts and meals in {year}: $45 of ${LIMITS[year]} (Stark limit")
    assert "not legal advice" in said
    assert ("unverified" in said) == (year in UNVERIFIED)
    assert "over the limit" not in said


def test_over_the_limit_is_said_from_the_first_cent() -> None:
    assert "over the limit" not in gift_words(Decimal("535.00"), 2026)
    assert gift_words(Decimal("535.01"), 2026).endswith("That is over the limit.")


@pytest.mark.parametrize("year", [2019, 2027])
def test_a_year_without_a_figure_says_so(year: int) -> None:
    assert gift_words(Decimal("12345.6"), year) == (
        f"Gifts and meals in {year}: $12,345.60. "
        f"I don't know the Stark limit for {year} yet, so please check it."
    )
