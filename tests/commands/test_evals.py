"""`/partner evals`: the first evaluations of a day, as the front desk types them."""

import pytest

from tests.commands.looking import ONE_DATABASE, is_refused, is_undone
from tests.speaker import Team

pytestmark = ONE_DATABASE


def test_as_the_front_desk_types_it(clinic: Team) -> None:
    clinic.says("U4", "refer riverside 2/22")
    clinic.says("U4", "refer riverside 3/1")
    clinic.says("U4", "evals dr lee 3/2")
    said = is_undone(clinic, "U4", "evals riverside 3, dr lee, bright path")
    assert said.text.splitlines() == [
        "✓ *5 first evaluations today:* Riverside Orthopedics 3 (2 were waiting, 1 new, "
        "their first ever!); Dr. Amy Lee 1 (new); "
        "Bright Path Pediatrics 1 (new, their first ever!)",
        "<@U1> and <@U2> will be asked to say thanks.",
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("evals harbor", "✓ *1 first evaluation today:* Harbor Chiropractic 1"),
        ("evals harbor 2 yesterday", "✓ *2 first evaluations yesterday:* Harbor Chiropractic 2"),
        ("evals harbor x2, dr lee 2/26", "✓ *3 first evaluations on Fri, Feb 26:* Harbor"),
        ("evals harbor 2 and dr lee", "✓ *3 first evaluations today:* Harbor Chiropractic 2"),
        ("evals dr patel: 2", "✓ *2 first evaluations today:* Riverside Orthopedics 2"),
        ("eval harbor; dr lee", "✓ *2 first evaluations today:* Harbor Chiropractic 1"),
        ("evals harbor, harbor 2", "✓ *3 first evaluations today:* Harbor Chiropractic 1"),
        ("evals dr lee 2, yesterday", "✓ *2 first evaluations yesterday:* Dr. Amy Lee 2"),
    ],
)
def test_counts_days_and_commas(clinic: Team, text: str, first: str) -> None:
    assert is_undone(clinic, "U4", text).text.startswith(first)


def test_nobody_to_thank_them_is_said(clinic: Team) -> None:
    said = clinic.says("U4", "evals bright smile, harbor")
    last = said.text.splitlines()[-1]
    assert last == (
        "No liaison yet for Bright Smile Dental and Harbor Chiropractic, "
        "so nobody is asked to say thanks."
    )


def test_a_gym_does_not_ask_for_thanks_at_once(clinic: Team) -> None:
    assert "thanks" not in clinic.says("U4", "evals iron peak").text
    both = clinic.says("U4", "evals iron peak, dr lee").text
    assert "<@U1> will be asked to say thanks." in both
    assert "<@U2>" not in both


@pytest.mark.parametrize("count", ["0", "51", "1000", "10000", "999999999"])
def test_a_count_that_cannot_be(clinic: Team, count: str) -> None:
    said = is_refused(clinic, "U4", f"evals riverside {count}")
    assert "at once? I take 1 to 50. Nothing was saved." in said.text


def test_fifty_is_the_most_for_all_together(clinic: Team) -> None:
    said = is_refused(clinic, "U4", "evals riverside 40, dr lee 11")
    assert said.text == "51 at once? I take 1 to 50. Nothing was saved."


@pytest.mark.parametrize("day", ["tomorrow", "next Friday"])
def test_a_day_to_come_is_refused(clinic: Team, day: str) -> None:
    assert "hasn't come yet" in is_refused(clinic, "U4", f"evals riverside 2 {day}").text


@pytest.mark.parametrize("text", ["evals", "evals ,", "evals yesterday", "evals ,,, ;"])
def test_without_a_partner_it_asks(clinic: Team, text: str) -> None:
    assert "Whose?" in is_refused(clinic, "U4", text).text


def test_one_unknown_among_them_saves_nothing(clinic: Team) -> None:
    said = is_refused(clinic, "U4", "evals riverside 3, oakdale 2")
    assert said.text == 'I don\'t know "oakdale" yet. Nothing was saved.'
    done = clinic.presses("U4", said, "Add oakdale")
    assert done is not None
    assert "✓ *5 first evaluations today:*" in done.text


def test_a_referral_of_later_is_left_open(clinic: Team) -> None:
    clinic.says("U4", "refer riverside")
    said = clinic.says("U4", "evals riverside yesterday")
    assert "Riverside Orthopedics 1 (new, their first ever!)" in said.text
    assert clinic.says("U4", "R-1001").text.endswith("open.")


def test_a_number_in_a_name_is_no_count(clinic: Team) -> None:
    clinic.says("U1", "add Studio 54, gym")
    clinic.says("U1", "add Dr. May, physician")
    assert "Studio 54 1" in clinic.says("U4", "evals studio 54").text
    assert "*2 first evaluations today:* Studio 54 2" in clinic.says("U4", "evals studio 54 2").text
    assert "*3 first evaluations today:* Dr. May 3" in clinic.says("U4", "evals dr. may 3").text
