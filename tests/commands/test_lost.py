"""`/partner lost`: a referral did not come in, and why, without a word of free text."""

import pytest

from tests.commands.looking import ONE_DATABASE, is_refused, is_undone, labels, options
from tests.speaker import Team

pytestmark = ONE_DATABASE


@pytest.fixture
def waiting(clinic: Team) -> Team:
    clinic.says("U4", "refer riverside 3/1")
    return clinic


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        ("insurance", "insurance or cost"),
        ("no contact", "no contact"),
        ("chose elsewhere", "chose elsewhere"),
        ("went to another clinic", "chose elsewhere"),
        ("not a fit", "not a fit"),
        ("other", "other"),
    ],
)
@pytest.mark.parametrize("what", ["R-1001", "riverside"])
def test_with_a_reason(waiting: Team, what: str, rest: str, reason: str) -> None:
    said = is_undone(waiting, "U4", f"lost {what} {rest}")
    assert said.text == f"✓ *R-1001 from Riverside Orthopedics didn't come in*: {reason}"
    assert labels(said) == ["Undo"]


def test_without_a_reason_it_offers_the_menu(waiting: Team) -> None:
    said = is_undone(waiting, "U4", "lost riverside")
    assert labels(said) == ["Why?", "Undo"]
    said = waiting.says("U4", "lost riverside")
    assert options(said, "Why?") == [
        "No contact",
        "Chose elsewhere",
        "Insurance or cost",
        "Not a fit",
        "Other",
    ]
    told = waiting.presses("U4", said, "Chose elsewhere")
    assert told is not None
    assert told.text == "✓ *R-1001 from Riverside Orthopedics didn't come in*: chose elsewhere"


def test_free_text_is_not_kept(waiting: Team) -> None:
    said = waiting.says("U4", "lost riverside sailing around the world")
    assert "sailing" not in said.text
    assert labels(said) == ["Why?", "Undo"]
    with waiting.store.peek() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM referrals").all()
        images = connection.exec_driver_sql("SELECT images FROM audit").all()
    assert "sailing" not in f"{rows}{images}"


def test_the_menu_of_one_that_came_in_after_all(waiting: Team) -> None:
    said = waiting.says("U4", "lost riverside")
    waiting.says("U4", "convert R-1001")
    told = waiting.presses("U4", said, "Not a fit")
    assert told is not None
    assert told.text == "That is no longer there. Nothing was changed."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lost", "Which referral?"),
        ("lost R-999999", "There is no referral R-999999."),
        ("lost oakdale", "I don't know"),
        ("lost harbor", "no open referral"),
    ],
)
def test_what_cannot_be(waiting: Team, text: str, said: str) -> None:
    assert said in is_refused(waiting, "U4", text).text


def test_twice_is_said(waiting: Team) -> None:
    waiting.says("U4", "lost R-1001 other")
    said = is_refused(waiting, "U4", "lost R-1001 insurance")
    assert said.text == "R-1001 is closed already. Nothing was changed."


def test_one_that_was_sent_did_not_go_to_them(clinic: Team) -> None:
    clinic.says("U4", "refer to harbor")
    said = clinic.says("U4", "lost R-1001 other")
    assert "R-1001 to Harbor Chiropractic didn't come in" in said.text
