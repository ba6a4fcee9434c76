"""Presses in Home: where people go there, and what is not kept of what they type."""

from dataclasses import replace

import pytest

from bot.commands.dispatch import press
from bot.commands.request import identify
from bot.domain.home import Filter, Place
from bot.domain.message import Message
from bot.store import Tx, home
from tests.commands.looking import ONE_DATABASE, labels
from tests.speaker import TEAM, Team

HERE = Place(Filter("all", "gym", "warm", "iron"), 1, 2, 3)


def pressed(team: Team, action: str, value: str) -> Message | None:
    request = identify(team.context, TEAM, "U1", team.now, team.key())
    reply = press(action, value, replace(request, is_home=True), team.context)
    assert reply is None or isinstance(reply, Message)
    return reply


def now_at(team: Team) -> Place | None:
    with team.store.read(TEAM) as tx:
        return home.get(tx, "U1")


@pytest.fixture
def here(clinic: Team) -> Team:
    """Ana, deep in her Home."""
    with clinic.store.begin() as connection:
        home.save(Tx(connection, TEAM), "U1", HERE, clinic.now)
    return clinic


@pytest.mark.parametrize(
    ("action", "value", "place"),
    [
        ("home_page", "waiting:0", replace(HERE, waiting=0)),
        ("home_page", "coming:3", replace(HERE, coming=3)),
        ("home_page", "partners:12", replace(HERE, partners=12)),
        ("home_whose", "mine", HERE.narrowed(whose="mine")),
        ("home_category", "physician", HERE.narrowed(category="physician")),
        ("home_category", "any", HERE.narrowed(category="")),
        ("home_stage", "a & b", HERE.narrowed(stage="a & b")),
        ("home_stage", "any", HERE.narrowed(stage="")),
        ("home_words", "  dr   lee ", HERE.narrowed(words="dr lee")),
        ("home_words", "", HERE.narrowed(words="")),
        ("home_clear", "", HERE.narrowed(category="", stage="", words="")),
        ("home_settled", "", replace(HERE, is_settled=True)),
    ],
)
def test_where_a_press_leads(here: Team, action: str, value: str, place: Place) -> None:
    assert pressed(here, action, value) is None
    assert now_at(here) == place


def test_another_filter_begins_at_the_first_page() -> None:
    assert HERE.narrowed(stage="new").partners == 0
    assert HERE.narrowed(stage="new").waiting == HERE.waiting


@ONE_DATABASE
@pytest.mark.parametrize(
    ("action", "value"),
    [
        ("home_page", "elsewhere:1"),
        ("home_page", "partners:-1"),
        ("home_page", "partners"),
        ("home_whose", "U2"),
        ("home_category", ""),
        ("home_stage", "x" * 61),
    ],
)
def test_what_no_button_of_ours_carries_leads_nowhere(here: Team, action: str, value: str) -> None:
    reply = pressed(here, action, value)
    assert reply
    assert "no longer there" in reply.text
    assert now_at(here) == HERE


@ONE_DATABASE
def test_the_guard_stands_at_the_search_too(here: Team) -> None:
    reply = pressed(here, "home_words", "MRN 12345678")
    assert reply
    assert "looks like patient information" in reply.text
    assert now_at(here) == HERE


@ONE_DATABASE
def test_in_home_nobody_is_asked_what_else_is_due(clinic: Team) -> None:
    clinic.says("U1", "cadence riverside every week")
    clinic.now = clinic.now.replace(day=12)
    due = clinic.says("U1", "due")
    from tests.speaker import find_control

    control, value = find_control(due, "Called")
    reply = pressed(clinic, control.action, value)
    assert reply
    assert labels(reply) == ["Undo"]


def test_a_place_of_an_older_version_is_read_as_far_as_it_goes() -> None:
    from bot.domain.home import place

    assert place({}) == Place()
    assert place(HERE.kept()) == HERE
    odd = {"filter": ["x"], "partners": "2", "waiting": 1, "gone": 3, "is_settled": 1}
    assert place(odd) == Place(waiting=1)
