"""The forms behind a reminder's row: More, Pick a day, Hand over."""

from datetime import timedelta

import pytest

from bot.domain.message import Message
from bot.store import reminder
from tests.commands.filling import is_undone_again, pressed_open, refused, sent_in
from tests.invariants import dump
from tests.speaker import Team


@pytest.fixture
def waiting(clinic: Team) -> Message:
    """Ana's check-in with Riverside is due."""
    clinic.says("U1", "called riverside")
    clinic.now += timedelta(days=45)
    said = clinic.says("U1", "due")
    assert "*Riverside Orthopedics*: check-in." in said.text
    return said


def test_more_logs_and_closes_the_row(clinic: Team, waiting: Message) -> None:
    form = pressed_open(clinic, "U1", waiting, "More …")
    assert form.prefill["partner_name"] == "Riverside Orthopedics"
    said = is_undone_again(clinic, "U1", form, kind="lunch", cost="40")
    assert "✓ *Lunch with Riverside Orthopedics*, today, $40" in said.text
    assert clinic.sends_in("U1", form, in_dm=True, kind="lunch") is None
    assert "Nothing today" in clinic.says("U1", "due").text


def test_what_leaves_the_row_open_is_said(clinic: Team, waiting: Message) -> None:
    form = pressed_open(clinic, "U1", waiting, "More …", in_dm=True)
    said = clinic.sends_in("U1", form, in_dm=True, kind="report")
    assert said is not None
    assert "✓ *Report to Riverside Orthopedics*" in said.text


def test_a_day_is_picked(clinic: Team, waiting: Message) -> None:
    form = pressed_open(clinic, "U1", waiting, "Pick a day")
    assert form.prefill["day"] == "2027-04-19"
    said = is_undone_again(clinic, "U1", form, day="2027-04-24")
    assert said.text == "*Riverside Orthopedics*: not now. Back Mon, Apr 26."
    assert clinic.sends_in("U1", form, in_dm=True, day="2027-04-24") is None
    assert "Nothing today" in clinic.says("U1", "due").text


@pytest.mark.parametrize("day", ["", "2027-04-17", "2027-04-16", "2029-01-01", "x"])
def test_a_day_that_cannot_be(clinic: Team, waiting: Message, day: str) -> None:
    form = pressed_open(clinic, "U1", waiting, "Pick a day")
    assert refused(clinic, "U1", form, day=day)[0] == "day"


def test_a_partner_is_handed_over(clinic: Team, waiting: Message) -> None:
    form = pressed_open(clinic, "U1", waiting, "Hand over")
    for user in ("", "U1", "U9"):
        assert refused(clinic, "U1", form, user=user)[0] == "user"
    said = is_undone_again(clinic, "U1", form, user="U2")
    assert said.text == "✓ *Riverside Orthopedics* is with <@U2> now. They'll be told."
    assert clinic.sends_in("U1", form, in_dm=True, user="U2") is None
    assert "Riverside Orthopedics" in clinic.says("U2", "due").text


def test_a_next_step_is_handed_over_alone(clinic: Team) -> None:
    clinic.says("U4", "next riverside send the protocol tomorrow")
    clinic.now += timedelta(days=1)
    form = pressed_open(clinic, "U4", clinic.says("U4", "due"), "Hand over")
    said = is_undone_again(clinic, "U4", form, user="U2")
    assert said.text == "✓ *Riverside Orthopedics*: send the protocol is <@U2>'s now."
    sent_in(clinic, "U4", form, user="U2")
    assert "send the protocol" in clinic.says("U2", "due").text


@pytest.mark.parametrize("label", ["More …", "Pick a day", "Hand over"])
def test_somebody_elses_row_opens_nothing(clinic: Team, waiting: Message, label: str) -> None:
    before = dump(clinic.store)
    no = clinic.presses("U2", waiting, label)
    assert isinstance(no, Message)
    assert "<@U1>'s" in no.text
    assert dump(clinic.store) == before


def test_dealt_with_meanwhile(clinic: Team, waiting: Message) -> None:
    forms = [pressed_open(clinic, "U1", waiting, label) for label in ("Pick a day", "Hand over")]
    with clinic.store.read("T1") as tx:
        (row,) = [
            one for one in reminder.everything(tx) if str(one.id) == forms[0].about["reminder"]
        ]
    clinic.presses("U1", waiting, "Skip this one")
    again = clinic.presses("U1", waiting, "Pick a day")
    assert isinstance(again, Message)
    for form, put in zip(forms, ({"day": "2027-04-24"}, {"user": "U2"}), strict=True):
        said = clinic.sends_in("U1", form, **put)
        assert said is not None
        assert said.text == "*Riverside Orthopedics* was dealt with already."
    assert row.is_open
