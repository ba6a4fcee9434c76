"""Words written as a message: what becomes of them without Slack between."""

import pytest

from bot.commands import said
from bot.commands.request import identify
from bot.domain.message import Message
from tests.commands.filling import pressed_open
from tests.commands.looking import is_sound, labels
from tests.commands.test_any_text import NASTY
from tests.invariants import check, dump
from tests.speaker import TEAM, Team


def written(team: Team, text: str, key: str = "", again: bool = False) -> Message:
    request = identify(team.context, TEAM, "U1", team.now, key or team.key(), "D1")
    answer = said.answer_again if again else said.answer
    message = answer(said.words(text), request, team.context)
    is_sound(message)
    return message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("called riverside, 20 min", "called riverside, 20 min"),
        (" /partner due", "due"),
        ("emailed <mailto:a@b.co|a@b.co> &amp; co", "emailed a@b.co & co"),
        ("called\nriverside", "called riverside"),
        ("assign harbor <@U2>", "assign harbor <@U2>"),
    ],
)
def test_slacks_text_becomes_words(text: str, words: str) -> None:
    assert said.words(text) == words


def test_it_does_what_the_command_does(clinic: Team) -> None:
    message = written(clinic, "called riverside, 20 min")
    assert message.text.startswith("✓ *Call with Riverside Orthopedics*, today, 20 min")
    assert labels(message) == ["Edit", "Undo"]
    check(clinic.store, clinic.now.date())


def test_a_form_is_offered(clinic: Team) -> None:
    message = written(clinic, "edit riverside")
    assert message.text == "That takes a form."
    assert pressed_open(clinic, "U1", message, "Open it").name == "edit"


def test_which_one_is_asked_with_buttons(clinic: Team) -> None:
    message = written(clinic, "bright called, 10 min")
    assert "Which one? Not saved yet." in message.text
    logged = clinic.presses("U1", message, "Bright Smile Dental")
    assert isinstance(logged, Message)
    assert "Call with Bright Smile Dental" in logged.text


def test_what_was_refused_is_to_be_deleted_by_its_author(clinic: Team) -> None:
    text = "called riverside about MRN 123456, DOB 4/1/1980"
    assert "Please delete your message above." in written(clinic, text).text
    assert "delete" not in clinic.says("U1", text).text


def test_what_was_written_before_the_answer_was_lost_is_said_and_can_be_undone(
    clinic: Team,
) -> None:
    written(clinic, "called riverside", key="event:1")
    before = dump(clinic.store)
    message = written(clinic, "called riverside", key="event:1", again=True)
    assert (message.text, labels(message)) == ("✓ That is saved.", ["Undo"])
    assert dump(clinic.store) == before
    assert "What you can say" in written(clinic, "help", key="event:2", again=True).text


@pytest.mark.parametrize("text", NASTY)
def test_anything_is_answered(clinic: Team, text: str) -> None:
    assert written(clinic, text).text
