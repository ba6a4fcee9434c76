"""Forms filled in without Slack between."""

from typing import Any

import pytest

from bot.commands.form import FieldError
from bot.commands.request import OpenForm
from bot.domain.message import Message
from bot.errors import UserError
from tests.commands.looking import is_sound
from tests.invariants import check, dump
from tests.speaker import Team


def opened(team: Team, user: str, text: str) -> OpenForm:
    """The form that a text opens."""
    form = team.says(user, text)
    assert isinstance(form, OpenForm), form
    is_sound(form)
    return form


def pressed_open(
    team: Team, user: str, message: Message, label: str, in_dm: bool = False
) -> OpenForm:
    """The form that a button or a choice opens."""
    form = team.presses(user, message, label, in_dm)
    assert isinstance(form, OpenForm), form
    is_sound(form)
    return form


def partner_id(team: Team, name: str) -> str:
    from bot.store import partner

    with team.store.read("T1") as tx:
        found = partner.named(tx, name)
    assert found is not None
    return str(found.id)


def sent_in(team: Team, user: str, form: OpenForm, /, **put: str) -> Message:
    """Send a form in, and find the database sound."""
    said = team.sends_in(user, form, **put)
    assert said is not None
    is_sound(said)
    check(team.store, team.now.date())
    return said


def is_undone_again(team: Team, user: str, form: OpenForm, /, **put: str) -> Message:
    """Send a form in, take it back, and find every table as it was; returns what was said."""
    before = dump(team.store)
    said = sent_in(team, user, form, **put)
    assert dump(team.store) != before
    undone = team.presses(user, said, "Undo")
    assert isinstance(undone, Message)
    assert undone.text.startswith("Undone: I took back"), undone.text
    assert dump(team.store) == before
    check(team.store, team.now.date())
    return said


def refused(team: Team, user: str, form: OpenForm, /, **put: str) -> tuple[str, str]:
    """Send in a form that writes nothing; returns the field that is to be put right, and why."""
    before = dump(team.store)
    with pytest.raises(UserError) as error:
        team.sends_in(user, form, **put)
    assert dump(team.store) == before
    caught: Any = error.value
    return (caught.field if isinstance(caught, FieldError) else "", str(caught))
