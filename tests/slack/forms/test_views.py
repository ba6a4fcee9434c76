"""Every form is taken by Slack, whatever stands in it, and is read back as it was."""

import json

import pytest

from bot import commands
from bot.commands.form_contact import CONTACT_FIELDS, CONTACTS_SHOWN, field_of
from bot.commands.form_partner import FIELDS, shown
from bot.commands.request import OpenForm
from bot.domain.member import FORGOTTEN
from bot.domain.partner import Contact, Partner
from bot.practice.blocks import view_problems
from bot.practice.inputs import state_values
from bot.slack import limits
from bot.slack.forms import FORMS, field
from bot.slack.opening import Origin, packed, unpacked

HOSTILE = (
    "<!channel> <@U1> &lt;",
    "a\nb\tc",
    "\u202ereversed\u202c",
    "مرحبا 🦴👩‍⚕️",
    "*bold* `code` > quote",
    '"}],"x":[{"',
    "'; DROP TABLE partners; --",
    "&amp;",
    "x" * 5000,
    "word " * 1000,
)
URL = "https://hooks.slack.com/actions/T0123456789/1234567890123/abcdefghijklmnopqrstuvwx"


def test_every_form_can_be_drawn_and_sent_in() -> None:
    assert FORMS.keys() == commands.FORMS.keys()


@pytest.mark.parametrize("name", sorted(FORMS))
def test_an_empty_form_is_taken(name: str) -> None:
    view = FORMS[name]({})
    assert view_problems(view) == []
    assert len(view["blocks"]) <= limits.VIEW_BLOCKS
    assert len({block.get("block_id", id(block)) for block in view["blocks"]}) == len(
        view["blocks"]
    )


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("name", sorted(FORMS))
def test_whatever_stands_in_it_is_taken(name: str, words: str) -> None:
    texts = ("name", "specialty", "tier", "stage", "category", "notes", "note", "step", "what")
    people = ("contact_7_name", "contact_7_preferred_channel", "contact_7_cares_about")
    prefill = {
        **dict.fromkeys((*texts, *people), words),
        "category": words[:60],
        "contact_7_preferred_channel": words[:20],
        "partner": "1:2",
        "partner_name": words,
        "kind": "call",
        "direction": "sent",
        "day": "2027-03-03",
        "minutes": "20",
        "cost": "12.50",
        "liaison": FORGOTTEN,
        "owner": "U1",
    }
    assert view_problems(FORMS[name](prefill)) == []


def test_settings_that_are_not_touched_come_back_as_they_stood() -> None:
    prefill = {
        "days": "0,4",
        "starts": "09:00",
        "owners": "U1,W2",
        "desk": "",
        "channel": "C0PARTNERS",
        "digest_day": "off",
        "cadences": "gym: every month",
        "currency": "SEK",
    }
    view = FORMS["settings"](prefill)
    assert view_problems(view) == []
    back = field.read({"values": state_values(view["blocks"], {})})
    assert {name: back[name] for name in prefill} == prefill


def known(name: str) -> tuple[Partner, list[Contact]]:
    from datetime import date

    facts = {part: name[:most] for part, most in FIELDS.items()}
    found = Partner(
        1, "T1", added_on=date(2027, 3, 3), liaison="U1", cadence="every 6 weeks", **facts
    )
    about = {part: name[:most] for part, most in CONTACT_FIELDS.items()}
    return found, [Contact(i, 1, **about) for i in range(1, 20)]


@pytest.mark.parametrize("words", ["Riverside", *HOSTILE[1:]], ids=range(len(HOSTILE)))
def test_what_is_not_touched_comes_back_as_it_stood(words: str) -> None:
    prefill = shown(*known(words))
    view = FORMS["edit"](prefill)
    assert view_problems(view) == []
    assert len(view["blocks"]) <= limits.VIEW_BLOCKS
    assert len(json.dumps(view)) < 250_000
    back = field.read({"values": state_values(view["blocks"], {})})
    assert {name: text for name, text in back.items() if text} == prefill
    assert field_of(str(CONTACTS_SHOWN), "name") in back
    assert field_of(str(CONTACTS_SHOWN + 1), "name") not in back


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"values": None},
        {"values": []},
        {"values": {"a": None, "b": {}, "c": {"x": None}, "d": {"x": []}}},
        {"values": {"a": {"x": {"selected_options": []}}}},
        {"values": {"a": {"x": {"selected_option": {"value": None}}}}},
    ],
)
def test_odd_states_are_empty(state: dict[str, object]) -> None:
    assert set(field.read(state).values()) <= {""}


def test_what_a_form_carries_comes_back() -> None:
    about = {"partner": "2147483647", "reminder": "2147483647", "seen": "f" * 16}
    origin = Origin(URL, is_replaced=True, is_redrawn=True)
    metadata = packed(OpenForm("edit", {"notes": "secret words"}, about), origin)
    assert len(metadata) < limits.METADATA
    assert "secret" not in metadata
    assert unpacked({"private_metadata": metadata}) == (about, origin)


@pytest.mark.parametrize("metadata", ["", "x", "[]", "null", '{"about": 3, "url": null}'])
def test_a_form_without_it_is_about_nothing(metadata: str) -> None:
    assert unpacked({"private_metadata": metadata}) == ({}, Origin())
