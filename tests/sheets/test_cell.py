"""Cells: days, amounts, whole numbers, texts, and formulas."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.sheets import cell

MARCH_3 = date(2027, 3, 3)


@pytest.mark.parametrize(
    "text",
    ["2027-03-03", "3/3/2027", "03/03/27", "3/3/27", "Mar 3, 2027", "March 3 2027", "mar. 3, 2027",
     "3 Mar 2027", "3 March 2027", "2027-03-03 00:00:00", "2027-03-03T09:30:00Z",
     "3/3/2027 9:30 AM", "3/3/27 14:05"],
)  # fmt: skip
def test_days(text: str) -> None:
    assert cell.day(text) == MARCH_3


@pytest.mark.parametrize(
    "text", ["13/2/2027", "2/30/2027", "2027", "soon", "3.3.2027", "44988", "0027-03-03", "3/3"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="is not a day"):
        cell.day(text)


def test_a_day_that_has_not_come_is_refused_but_tomorrow_may_be_here_elsewhere() -> None:
    read = cell.past_day(MARCH_3)
    assert read("2027-03-04") == date(2027, 3, 4)
    with pytest.raises(UserError, match="has not come yet"):
        read("2027-03-05")


@pytest.mark.parametrize(
    ("text", "amount"),
    [("$1,234.50", "1234.50"), ("45", "45"), ("45.5", "45.5"), (".50", "0.5"), ("€20", "20"),
     ("USD 20.00", "20"), ("CA$ 7", "7"), ("45.000", "45")],
)  # fmt: skip
def test_amounts(text: str, amount: str) -> None:
    assert cell.money(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text", ["-5", "1.234,50", "45.555", "$", "12,34", "about 5", "9999999", ""]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        cell.money(text)


def test_whole_numbers() -> None:
    read = cell.whole(2000)
    assert [read("20"), read("20.0"), read("1,200")] == [20, 20, 1200]


@pytest.mark.parametrize("text", ["-1", "2001", "20.5", "1e3", "x", "9" * 5000, "²"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        cell.whole(2000)(text)


@pytest.mark.parametrize("read", [cell.line(5), cell.lines(5)])
def test_texts_have_a_limit(read: Callable[[str], str]) -> None:
    assert read("  12345 ") == "12345"
    with pytest.raises(UserError, match="6 characters; 5 is the most"):
        read("123456")


@pytest.mark.parametrize("text", ["=1+1", "+1 555", "-x", "@here", "\tx", "\rx", "'=1", "''-"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert cell.with_apostrophe(text) == f"'{text}"


@given(st.text(alphabet="'=+-@\t\rab "))
def test_the_apostrophe_comes_off_again(text: str) -> None:
    neutral = cell.with_apostrophe(text)
    assert not neutral.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.without_apostrophe(neutral) == text


def test_an_apostrophe_that_somebody_wrote_stays() -> None:
    assert cell.without_apostrophe("'t Hart Clinic") == "'t Hart Clinic"
