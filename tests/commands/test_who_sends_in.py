"""Every form sent in by everybody: who may, and what a refusal leaves behind (nothing)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from bot.commands import FORMS
from bot.commands.request import OpenForm
from bot.errors import UserError
from tests.commands.looking import ONE_DATABASE
from tests.commands.test_authority import (
    BARRED,
    NOBODY,
    OWNER,
    REFUSALS,
    ROLES,
    TEAM,
    _actor,
    _everything,
    _fresh,
)
from tests.speaker import Team

Facts = dict[str, Any]
OWNER_U3 = "U3"


@dataclass(frozen=True)
class Form:
    """A form as it was opened, what is put into it, and who may send it in."""

    name: str
    opened: Callable[[Team, Facts], OpenForm]
    put: dict[str, str]
    may: frozenset[str] = TEAM


def new(name: str, **about: str) -> Callable[[Team, Facts], OpenForm]:
    """An empty form about something: the names of facts stand for what they are."""
    return lambda _team, facts: OpenForm(
        name, about={key: str(facts[fact]) for key, fact in about.items()}
    )


def by_press(action: str, fact: str = "") -> Callable[[Team, Facts], OpenForm]:
    """A form as it opens for an owner who presses something."""

    def opened(team: Team, facts: Facts) -> OpenForm:
        form = team.press_value(OWNER_U3, action, str(facts[fact]) if fact else "")
        assert isinstance(form, OpenForm), form
        return form

    return opened


DAY, LATER = "2027-03-03", "2027-03-10"
SENT_IN = (
    Form("add", new("add"), {"name": "%(new)s"}),
    Form("edit", by_press("edit", "partner"), {"specialty": "knees"}),
    Form("log", new("log"), {"partner": "%(partner)s", "kind": "call", "day": DAY}),
    Form("correct", by_press("edit_log", "missed"), {"note": "about cards"}),
    Form("correct", by_press("edit_log", "their_call"), {"note": "about cards"}, OWNER),
    Form("refer", new("refer"), {"partner": "%(partner)s", "direction": "sent", "day": DAY}),
    Form(
        "next",
        new("next"),
        {"partner": "%(partner)s", "what": "send cards", "day": LATER, "owner": "U1"},
    ),
    Form("put_off", new("put_off", reminder="check_in"), {"day": LATER}),
    Form("put_off", new("put_off", reminder="their_check_in"), {"day": LATER}, NOBODY),
    Form("pause", new("pause", reminder="check_in"), {"day": LATER}),
    Form("pause", new("pause", reminder="their_check_in"), {"day": LATER}, NOBODY),
    Form("hand_over", new("hand_over", reminder="check_in"), {"user": "U2"}),
    Form("hand_over", new("hand_over", reminder="their_check_in"), {"user": "U1"}, NOBODY),
    Form("assign", new("assign", partner="partner", liaison="actor"), {"user": "U2"}),
    Form("assign", new("assign", partner="other", liaison="their_liaison"), {"user": "U1"}, OWNER),
    Form("take_over", new("take_over", user="their_liaison"), {"user": "U1"}, OWNER),
    Form("paste", new("paste"), {"lines": "%(new)s, gym"}),
    Form("preferences", by_press("my_settings"), {"rows": "4"}),
    Form("settings", by_press("practice_settings"), {"currency": "EUR"}, OWNER),
)


def test_the_table_has_every_form() -> None:
    assert {each.name for each in SENT_IN} == set(FORMS)


@ONE_DATABASE
@pytest.mark.parametrize("role", [*ROLES, *BARRED])
def test_who_may_send_in_what(team: Team, role: str) -> None:
    actor = _actor(team, role)
    for number, form in enumerate(SENT_IN):
        facts = {**_fresh(team, actor, number), "actor": actor, "their_liaison": "U2"}
        opened = form.opened(team, facts)
        put = {name: value % facts for name, value in form.put.items()}
        before = _whole(team)
        text = _sent_in(team, actor, replace(opened, prefill={**opened.prefill, **put}))
        is_refused = any(words in text for words in REFUSALS)
        assert is_refused == (role not in form.may), (role, form.name, put, text)
        assert (_whole(team) != before) != is_refused, (role, form.name, text)


def _sent_in(team: Team, actor: str, form: OpenForm) -> str:
    try:
        said = team.sends_in(actor, form)
    except UserError as error:
        return str(error)
    return said.text if said else ""


def _whole(team: Team) -> list[object]:
    """All rows, and what people chose for themselves."""
    from bot.store import workspace

    with team.store.read("T1") as tx:
        people = [
            (one.member, one.row_limit, repr(one.preferences)) for one in workspace.people(tx)
        ]
    return [*_everything(team), sorted(people)]
