"""Which partner is meant: choices, suggestions, Add, None of these."""

import pytest

from tests.commands.looking import ONE_DATABASE, is_refused, is_sound, labels
from tests.speaker import Team

pytestmark = ONE_DATABASE


def test_several_are_asked_about_and_a_contact_by_name(clinic: Team) -> None:
    asked = is_refused(clinic, "U1", "bright called, 10 min")
    assert asked.text == "Which one? Not saved yet."
    assert sorted(labels(asked)) == [
        "Bright Path Pediatrics",
        "Bright Smile Dental",
        "Bright Smith, Riverside Orthopedics",
        "None of these",
    ]
    said = clinic.presses("U1", asked, "Bright Smith, Riverside Orthopedics")
    assert said is not None
    assert "✓ *Call with Bright Smith, Riverside Orthopedics*, today, 10 min" in said.text


def test_between_two_there_is_neither(clinic: Team) -> None:
    clinic.says("U1", "add Stride Running Club, store")
    clinic.says("U1", "add Stride Physical Education, school")
    asked = is_refused(clinic, "U1", "refer stride yesterday")
    assert labels(asked)[-1] == "Neither"
    dismissed = clinic.presses("U1", asked, "Neither")
    assert dismissed is not None
    assert dismissed.text == "OK. Nothing was saved."
    said = clinic.presses("U1", asked, "Stride Running Club")
    assert said is not None
    assert "✓ *Referral from Stride Running Club*, yesterday (R-1001)" in said.text


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("show bright", "Bright Smile Dental"),
        ("refer bright", "✓ *Referral from Bright Smile Dental*, today (R-1001)"),
        ("refer to bright", "✓ *Referral to Bright Smile Dental*, today (R-1001)"),
        ("evals bright 2", "✓ *2 first evaluations today:* Bright Smile Dental 2"),
        ("next bright send flyers by Friday", "✓ *Bright Smile Dental*: send flyers"),
        ("assign bright <@U2>", "✓ *Bright Smile Dental* is with <@U2> now."),
        ("cadence bright every month", "✓ *Bright Smile Dental*: check-in every month."),
        ("pause bright", "✓ *Bright Smile Dental*: no check-ins"),
        ("bright visit yesterday", "✓ *Visit to Bright Smile Dental*, yesterday"),
        ("bright", "Bright Smile Dental"),
    ],
)
def test_the_button_carries_the_text(clinic: Team, text: str, answer: str) -> None:
    asked = is_refused(clinic, "U1", text)
    assert "Which one?" in asked.text
    said = clinic.presses("U1", asked, "Bright Smile Dental")
    assert said is not None
    is_sound(said)
    assert answer in said.text


def test_two_questions_in_one_text_are_asked_one_after_the_other(clinic: Team) -> None:
    clinic.says("U1", "add Stride Running Club, store")
    clinic.says("U1", "add Stride Physical Education, school")
    first = clinic.says("U1", "evals bright 2, stride")
    second = clinic.presses("U1", first, "Bright Smile Dental")
    assert second is not None
    said = clinic.presses("U1", second, "Stride Running Club")
    assert said is not None
    assert "3 first evaluations" in said.text


def test_an_unknown_one_can_be_added_and_logged(clinic: Team) -> None:
    asked = is_refused(clinic, "U1", "log oakdale visit")
    assert asked.text == 'I don\'t know "oakdale" yet. Nothing was saved.'
    said = clinic.presses("U1", asked, "Add oakdale")
    assert said is not None
    assert "✓ *oakdale* added." in said.text
    assert "✓ *Visit to oakdale*, today" in said.text
    assert labels(said) == ["Undo", "Edit", "Undo"]


def test_an_unknown_one_is_added_and_the_referral_recorded(clinic: Team) -> None:
    asked = is_refused(clinic, "U4", "refer Oakdale Clinic")
    said = clinic.presses("U4", asked, "Add Oakdale Clinic")
    assert said is not None
    assert "✓ *Referral from Oakdale Clinic*, today (R-1001)" in said.text


def test_added_meanwhile_by_somebody_else_it_is_logged_all_the_same(clinic: Team) -> None:
    asked = clinic.says("U1", "log oakdale visit")
    clinic.says("U2", "add oakdale")
    with pytest.raises(AssertionError):
        clinic.presses("U1", asked, "no such button")
    said = clinic.presses("U1", asked, "Add oakdale")
    assert said is not None
    assert "oakdale" in said.text


def test_a_misspelt_one_is_suggested(clinic: Team) -> None:
    asked = is_refused(clinic, "U1", "refer rivside orthpedcs")
    assert "I meant Riverside Orthopedics" in labels(asked)
    said = clinic.presses("U1", asked, "I meant Riverside Orthopedics")
    assert said is not None
    assert "✓ *Referral from Riverside Orthopedics*, today" in said.text


def test_a_name_within_another_word_is_left_alone(clinic: Team) -> None:
    clinic.says("U1", "add Logan Sports, store")
    asked = clinic.says("U1", "show log sprts")
    if "I meant Logan Sports" in labels(asked):
        said = clinic.presses("U1", asked, "I meant Logan Sports")
        assert said is not None
        assert "Logan Sports" in said.text


def test_more_than_five_are_counted(clinic: Team) -> None:
    for letter in "ABCDEFG":
        clinic.says("U1", f"add Kestrel {letter}{letter}{letter}, gym")
    asked = is_refused(clinic, "U1", "called kestrel")
    assert len(labels(asked)) == 6
    assert "There are 7 of them" in asked.text


def test_a_text_too_long_for_a_button_is_asked_without(clinic: Team) -> None:
    asked = is_refused(clinic, "U1", f"bright called {'about parking ' * 200}")
    assert "Please type more of the name." in asked.text
    assert labels(asked) == []


@pytest.mark.parametrize("command", ["edit", "show", "evals", "assign x", "pause", "resume"])
def test_without_a_name_it_asks_for_one(clinic: Team, command: str) -> None:
    said = is_refused(clinic, "U1", command)
    assert "?" in said.text


def test_what_is_not_understood_may_be_a_new_partner(clinic: Team) -> None:
    asked = is_refused(clinic, "U1", "Oakdale Physical Medicine")
    assert "I didn't understand" in asked.text
    said = clinic.presses("U1", asked, "Add Oakdale Physical Medicine")
    assert said is not None
    assert "✓ *Oakdale Physical Medicine* added." in said.text
    assert "Next check-in" in said.text
