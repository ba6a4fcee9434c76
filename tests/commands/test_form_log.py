"""The log form: taken down, put right, refused at its field, sent in twice."""

import pytest
import sqlalchemy as sa

from bot.commands.request import OpenForm
from bot.domain.message import Message
from bot.store import audit, interaction, schema
from tests.commands.filling import (
    is_undone_again,
    opened,
    partner_id,
    pressed_open,
    refused,
    sent_in,
)
from tests.commands.looking import ONE_DATABASE, labels
from tests.invariants import dump
from tests.speaker import Team


@pytest.fixture
def form(clinic: Team) -> OpenForm:
    return opened(clinic, "U1", "log")


@pytest.fixture
def riverside(clinic: Team) -> str:
    return partner_id(clinic, "Riverside Orthopedics")


def test_all_of_it_is_taken_down_and_taken_back(
    clinic: Team, form: OpenForm, riverside: str
) -> None:
    said = is_undone_again(
        clinic,
        "U1",
        form,
        partner=f"{riverside}:1",
        kind="lunch",
        day="2027-03-01",
        minutes="45",
        cost="31.20",
        note="about knee protocols",
        step="send the protocol",
        step_day="2027-03-05",
    )
    assert said.text.splitlines() == [
        "✓ *Lunch with Dr. Raj Patel, Riverside Orthopedics*, Mon, Mar 1, 45 min, $31.20",
        '"about knee protocols"',
        "Gifts and meals in 2027: $31.20. I don't know the Stark limit for 2027 yet, "
        "so please check it.",
        "Next check-in: Mon, Apr 12",
        "Next step: send the protocol, by Fri, Mar 5",
    ]
    assert labels(said) == ["Edit", "Undo"]


def test_a_name_and_a_kind_are_enough(clinic: Team, form: OpenForm, riverside: str) -> None:
    said = sent_in(clinic, "U1", form, partner=riverside, kind="call")
    assert "✓ *Call with Riverside Orthopedics*, today" in said.text
    missed = sent_in(clinic, "U1", form, partner=riverside, kind="message")
    assert "They're back on your list" in missed.text


def test_sent_in_twice_it_lands_once(clinic: Team, form: OpenForm, riverside: str) -> None:
    put = {"partner": riverside, "kind": "call"}
    assert clinic.sends_in("U1", form, key="view:V1", **put) is not None
    before = dump(clinic.store)
    assert clinic.sends_in("U1", form, key="view:V1", **put) is None
    assert dump(clinic.store) == before


def test_after_an_error_the_same_form_may_be_sent_in_again(
    clinic: Team, form: OpenForm, riverside: str
) -> None:
    with pytest.raises(Exception, match="What was it"):
        clinic.sends_in("U1", form, key="view:V1", partner=riverside)
    assert clinic.sends_in("U1", form, key="view:V1", partner=riverside, kind="call")


@pytest.mark.parametrize(
    ("put", "field"),
    [
        ({"partner": ""}, "partner"),
        ({"partner": "999"}, "partner"),
        ({"partner": "x"}, "partner"),
        ({"partner": "1:x"}, "partner"),
        ({"partner": "99999999999999"}, "partner"),
        ({"kind": ""}, "kind"),
        ({"kind": "gossip"}, "kind"),
        ({"day": "2027-03-04"}, "day"),
        ({"day": "2027-02-30"}, "day"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "1441"}, "minutes"),
        ({"minutes": "1.5"}, "minutes"),
        ({"minutes": "٣"}, "minutes"),
        ({"cost": "-1"}, "cost"),
        ({"cost": "NaN"}, "cost"),
        ({"cost": "1e99"}, "cost"),
        ({"cost": "x"}, "cost"),
        ({"note": "x" * 3001}, "note"),
        ({"note": "MRN 123456"}, "note"),
        ({"step": "call about MRN 123456", "step_day": "2027-03-05"}, "step"),
        ({"step": "call"}, "step_day"),
        ({"step": "call", "step_day": "2027-03-02"}, "step_day"),
        ({"step_day": "2027-03-05"}, "step"),
    ],
)
@ONE_DATABASE
def test_what_cannot_be_stands_at_its_field(
    clinic: Team, form: OpenForm, riverside: str, put: dict[str, str], field: str
) -> None:
    found, said = refused(clinic, "U1", form, **{"partner": riverside, "kind": "call", **put})
    assert found == field
    assert said


def test_what_is_not_about_a_patient_can_be_vouched_for(
    clinic: Team, form: OpenForm, riverside: str
) -> None:
    put = {"partner": riverside, "kind": "call", "note": "form no. MRN 123456"}
    assert refused(clinic, "U1", form, **put)[0] == "note"
    said = sent_in(clinic, "U1", form, **put, cleared="yes")
    assert "MRN 123456" in said.text
    with clinic.store.read("T1") as tx:
        entry = audit.last_of(tx, "U1", clinic.now)
        assert entry is not None
        remark = tx.scalar(sa.select(schema.audit.c.remark).where(schema.audit.c.id == entry.id))
    assert remark == "said not about a patient: a record number"
    # What is kept already is not asked about again.
    edit = pressed_open(clinic, "U1", said, "Edit")
    assert "*Visit to" in sent_in(clinic, "U1", edit, kind="visit").text


def test_an_answer_can_be_put_right_and_that_taken_back(clinic: Team) -> None:
    said = clinic.says("U1", "called riverside about cards, 20 min, $12.50")
    form = pressed_open(clinic, "U1", said, "Edit")
    assert form.prefill["partner_name"] == "Riverside Orthopedics"
    assert (form.prefill["minutes"], form.prefill["cost"]) == ("20", "12.50")
    right = is_undone_again(
        clinic, "U1", form, kind="visit", minutes="", note="about knees\nand hips"
    )
    assert "✓ *Visit to Riverside Orthopedics*, today, $12.50" in right.text
    assert '"about knees and hips"' in right.text
    assert "correction" in clinic_undo(clinic)


def clinic_undo(clinic: Team) -> str:
    form = pressed_open(clinic, "U1", clinic.says("U1", "called harbor"), "Edit")
    sent_in(clinic, "U1", form, kind="email")
    said = clinic.says("U1", "undo")
    assert isinstance(said, Message)
    return said.text


def test_moved_to_another_partner_both_clocks_are_right(clinic: Team) -> None:
    form = pressed_open(clinic, "U1", clinic.says("U1", "called riverside"), "Edit")
    other = partner_id(clinic, "Dr. Amy Lee")
    assert "with Dr. Amy Lee" in is_undone_again(clinic, "U1", form, partner=other).text
    sent_in(clinic, "U1", form, partner=other)


def test_what_was_changed_meanwhile_is_not_overwritten(clinic: Team) -> None:
    form = pressed_open(clinic, "U1", clinic.says("U1", "called riverside"), "Edit")
    sent_in(clinic, "U1", form, kind="visit")
    assert "Somebody changed this" in refused(clinic, "U1", form, kind="email")[1]


def test_only_its_author_or_an_owner_puts_it_right(clinic: Team) -> None:
    said = clinic.says("U1", "called riverside")
    no = clinic.presses("U2", said, "Edit")
    assert isinstance(no, Message)
    assert no.text == "Only <@U1> or an owner can change that."
    form = pressed_open(clinic, "U3", said, "Edit")
    assert "Only <@U1>" in refused(clinic, "U2", form, kind="visit")[1]
    sent_in(clinic, "U3", form, kind="visit")
    with clinic.store.read("T1") as tx:
        (one,) = interaction.everything(tx)
    assert (one.kind, one.by) == ("visit", "U1")


def test_more_from_a_card_is_about_that_partner(clinic: Team) -> None:
    form = pressed_open(clinic, "U2", clinic.says("U2", "show riverside"), "More …")
    assert form.prefill["partner_name"] == "Riverside Orthopedics"
    assert "Workshop with" in sent_in(clinic, "U2", form, kind="workshop").text
