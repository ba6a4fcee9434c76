"""Buttons and menus: twice is once, somebody else's, after the row is gone."""

from datetime import timedelta

import pytest

from bot.commands.dispatch import answer, press
from bot.commands.request import identify
from bot.domain.message import Message
from tests.commands.looking import ONE_DATABASE
from tests.invariants import check, dump
from tests.speaker import Team, find_control

pytestmark = ONE_DATABASE

# What is said first, who presses, and the button or choice.
PRESSED = (
    ("due", "Called"),
    ("due", "Left a message"),
    ("due", "Tomorrow"),
    ("due", "Skip this one"),
    ("due", "Mark sent"),
    ("due", "Already thanked"),
    ("due", "Done"),
    ("called dr lee, will send cards on Friday", "Remind me: send cards, Fri, Mar 5"),
    ("dr lee left a voicemail", "It was enough"),
    ("refer dr lee", "Came in"),
    ("refer dr lee", "We sent it to them"),
    ("lost dr lee", "Not a fit"),
    ("show dr lee", "New referral"),
    ("show dr lee", "Emailed"),
    ("called riverside", "Undo"),
    ("log oakdale visit", "Add oakdale"),
    ("bright called", "Bright Smile Dental"),
)


@pytest.fixture
def busy(clinic: Team) -> Team:
    clinic.says("U1", "cadence riverside every week")
    clinic.says("U4", "refer dr lee 2/1")
    clinic.says("U4", "evals riverside")
    clinic.says("U1", "next riverside send the protocol tomorrow")
    clinic.now += timedelta(days=9)
    clinic.says("U4", "evals riverside")
    return clinic


def _pressed(team: Team, user: str, message: Message, label: str, key: str) -> str:
    control, value = find_control(message, label)
    request = identify(team.context, "T1", user, team.now, key, "C1")
    said = press(control.action, value, request, team.context)
    return said.text if said else ""


@pytest.mark.parametrize(("text", "label"), PRESSED)
def test_a_double_click_lands_once(busy: Team, text: str, label: str) -> None:
    label = label.replace("Mar 5", "Mar 19") if "Friday" in text else label
    message = busy.says("U1", text)
    before = dump(busy.store)
    first = _pressed(busy, "U1", message, label, "the-press")
    after = dump(busy.store)
    assert after != before, first
    second = _pressed(busy, "U1", message, label, "the-press")
    assert second
    assert dump(busy.store) == after
    check(busy.store, busy.now.date())


@pytest.mark.parametrize(("text", "label"), PRESSED[:7])
def test_somebody_elses_reminder_is_theirs(busy: Team, text: str, label: str) -> None:
    message = busy.says("U1", text)
    before = dump(busy.store)
    for user in ("U2", "U3"):
        assert "That one is <@U1>'s: *Riverside" in _pressed(busy, user, message, label, user)
    assert dump(busy.store) == before


@pytest.mark.parametrize(("text", "label"), PRESSED[:7])
def test_after_it_was_dealt_with(busy: Team, text: str, label: str) -> None:
    message = busy.says("U1", text)
    busy.says("U1", "called riverside")
    busy.says("U1", "sent riverside a thank you note")
    for step in busy.says("U1", "due").parts:
        assert step
    done = busy.says("U1", "due")
    if "protocol" in done.text:
        busy.presses("U1", done, "Done")
    before = dump(busy.store)
    said = _pressed(busy, "U1", message, label, "late")
    assert "dealt with already" in said or "no longer there" in said
    assert dump(busy.store) == before


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("refer oakdale", "Came in"),
        ("refer oakdale", "We sent it to them"),
        ("lost oakdale", "Not a fit"),
        ("show oakdale", "New referral"),
        ("show oakdale", "Emailed"),
        ("oakdale left a voicemail", "It was enough"),
    ],
)
def test_after_its_row_was_undone(clinic: Team, text: str, label: str) -> None:
    added = clinic.says("U1", "add Oakdale, gym")
    referred = clinic.says("U1", "refer oakdale") if text.startswith("lost") else None
    message = clinic.says("U1", text)
    while "Undone" in clinic.says("U1", "undo").text:
        pass
    assert added
    assert referred is None or referred.text
    before = dump(clinic.store)
    assert "no longer there" in _pressed(clinic, "U1", message, label, "late")
    assert dump(clinic.store) == before


def test_the_same_command_twice_is_one(clinic: Team) -> None:
    """Slack does not repeat a command, but a proxy in between may."""
    for text in ("called riverside", "refer riverside", "evals dr lee 2", "add Stride"):
        request = identify(clinic.context, "T1", "U1", clinic.now, f"key {text}", "C1")
        assert "✓" in answer(text, request, clinic.context).text
        before = dump(clinic.store)
        second = answer(text, request, clinic.context).text
        assert "done already" in second or "in your partners already" in second
        assert dump(clinic.store) == before
