"""`/partner convert` and `<partner> came in`: an initial evaluation took place."""

import pytest

from tests.commands.looking import ONE_DATABASE, is_refused, is_undone, labels, options
from tests.speaker import Team

pytestmark = ONE_DATABASE


@pytest.fixture
def waiting(clinic: Team) -> Team:
    """Three referrals of Riverside's: R-1001 of Feb 22, R-1002 of Mar 1, R-1003 of today."""
    for day in ("2/22", "3/1", ""):
        clinic.says("U4", f"refer riverside {day}")
    return clinic


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("convert R-1002", "✓ *R-1002 from Riverside Orthopedics came in*, today"),
        ("convert 1002 yesterday", "✓ *R-1002 from Riverside Orthopedics came in*, yesterday"),
        ("convert #1002, 3/2", "✓ *R-1002 from Riverside Orthopedics came in*, yesterday"),
        ("convert r1002 on Monday", "✓ *R-1002 from Riverside Orthopedics came in*, Mon, Mar 1"),
        ("convert riverside", "✓ *R-1001 from Riverside Orthopedics came in*, today"),
        ("riverside came in", "✓ *R-1001 from Riverside Orthopedics came in*, today"),
        ("riverside came in yesterday", "✓ *R-1001 from Riverside Orthopedics came in*, yesterday"),
        ("patient came in from riverside", "✓ *R-1001 from Riverside Orthopedics came in*, today"),
        ("dr patel came in", "✓ *R-1001 from Riverside Orthopedics came in*, today"),
    ],
)
def test_an_evaluation_is_recorded_and_taken_back(waiting: Team, text: str, line: str) -> None:
    said = is_undone(waiting, "U4", text)
    assert line in said.text
    assert "2 more of theirs are still open." in said.text


def test_it_was_another(waiting: Team) -> None:
    said = waiting.says("U4", "riverside came in")
    assert labels(said) == ["Choose another", "Undo"]
    assert options(said, "Choose another") == [
        "R-1002, received Mon, Mar 1",
        "R-1003, received today",
    ]
    other = waiting.presses("U4", said, "R-1002, received Mon, Mar 1")
    assert other is not None
    assert "✓ *R-1002 from Riverside Orthopedics came in*, today" in other.text
    assert waiting.says("U4", "R-1001").text.endswith("open.")
    again = waiting.presses("U4", said, "R-1003, received today")
    assert again is not None
    assert again.text == "That was already undone."
    assert waiting.says("U4", "R-1003").text.endswith("open.")
    waiting.presses("U4", other, "Undo")
    assert waiting.says("U4", "R-1002").text.endswith("open.")


def test_the_day_before_the_referral_is_refused(waiting: Team) -> None:
    said = is_refused(waiting, "U4", "convert R-1003 yesterday")
    assert said.text == "R-1003 was received later, today. Nothing was changed."


@pytest.mark.parametrize("day", ["tomorrow", "next week", "by Friday"])
@pytest.mark.parametrize("what", ["R-1001", "riverside"])
def test_a_day_to_come_is_refused(waiting: Team, what: str, day: str) -> None:
    said = is_refused(waiting, "U4", f"convert {what} {day}")
    assert "hasn't come yet. Nothing was saved." in said.text


@pytest.mark.parametrize("rest", ["bananas", "yesterday bananas"])
def test_what_is_no_day_is_not_taken_for_today(waiting: Team, rest: str) -> None:
    assert "Nothing was saved." in is_refused(waiting, "U4", f"convert R-1001 {rest}").text


@pytest.mark.parametrize("number", ["R-999999", "R-99999999999999999999", "R-0", "#5", "12"])
def test_a_number_that_is_not_ours(waiting: Team, number: str) -> None:
    assert "There is no referral R-" in is_refused(waiting, "U4", f"convert {number}").text


def test_twice_is_said(waiting: Team) -> None:
    waiting.says("U4", "convert R-1001")
    said = is_refused(waiting, "U4", "convert R-1001")
    assert said.text == "R-1001 came in already, today. Nothing was changed."


def test_one_that_was_sent_cannot_come_in(clinic: Team) -> None:
    clinic.says("U4", "refer to riverside")
    assert "is one that you sent" in is_refused(clinic, "U4", "convert R-1001").text


def test_with_none_open_it_says_what_to_type(clinic: Team) -> None:
    said = is_refused(clinic, "U4", "riverside came in")
    assert "`/partner evals Riverside Orthopedics`" in said.text


def test_one_that_was_lost_may_come_in_after_all(waiting: Team) -> None:
    waiting.says("U4", "lost R-1001 no contact")
    said = is_undone(waiting, "U4", "convert R-1001")
    assert "✓ *R-1001 from Riverside Orthopedics came in*, today" in said.text
