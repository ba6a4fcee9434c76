"""The first day: the owner is greeted once, in their hours, and sets things up with picks."""

import pytest

from bot.domain.member import Member
from bot.domain.message import Message, Pick
from bot.sheets import SHEETS, take_in
from bot.slack.blocks import rungs
from bot.slack.elements import value_of
from bot.store import workspace
from jobs.welcome import greet
from tests.commands.looking import ONE_DATABASE
from tests.jobs.test_messages import at, labels, tick
from tests.speaker import Post, Team, controls


def greeted(team: Team, when: str = "2027-03-03 10:00") -> list[Post]:
    assert greet(team.store, "T1", ("U3",), at("2027-03-03 06:00"))
    return tick(team, when)


def picks(team: Team, user: str, message: Message, of: str, value: str) -> Message:
    (pick,) = [c for c in controls(message) if isinstance(c, Pick) and c.of == of]
    said = team.press_value(user, pick.action, value)
    assert isinstance(said, Message)
    return said


def member(team: Team, user: str) -> Member:
    with team.store.read("T1") as tx:
        return workspace.member(tx, user)


def channel(team: Team) -> str | None:
    with team.store.read("T1") as tx:
        return workspace.get(tx).channel


def test_the_owner_is_greeted_once_in_working_hours(team: Team) -> None:
    assert greeted(team, "2027-03-03 08:59") == []
    (post,) = greeted(team, "2027-03-03 09:00")
    assert post.member == "U3"
    assert post.message.text.startswith("Hi Maya, I'm Rapport. Three steps and we're live:")
    assert greeted(team, "2027-03-04 09:00") == []


@ONE_DATABASE
def test_somebody_slack_does_not_know_waits(team: Team) -> None:
    assert greet(team.store, "T1", ("U9",), team.now)
    assert tick(team) == []
    team.inbox.profiles["U9"] = team.inbox.profiles["U1"]
    assert [post.member for post in tick(team, "2027-03-03 10:11")] == ["U9"]


@ONE_DATABASE
def test_where_somebody_has_begun_or_without_an_owner_nobody_is(team: Team) -> None:
    team.says("U3", "add Stride, gym")
    assert greet(team.store, "T1", (), team.now)
    assert tick(team) == []
    with team.store.begin() as connection:
        workspace.save(connection, "T1", "U3", role="member")
    assert not greet(team.store, "T1", (), team.now)


@ONE_DATABASE
def test_partners_that_were_imported_before_are_counted(team: Team) -> None:
    data = b"name,category\nRiverside Orthopedics,physician\nStride,gym\n"
    assert take_in(team.store, "T1", SHEETS["partners"], data, team.now).added == 2
    (post,) = greeted(team)
    assert "2 partners are in already" in post.message.text
    assert "Paste your partners" in labels(post.message)


def test_who_hears_about_evaluations(team: Team) -> None:
    (post,) = greeted(team)
    said = picks(team, "U3", post.message, "person", "U4")
    assert said.text == ("✓ I'll ask <@U4> at 4:30 pm on working days, while referrals are open.")
    assert member(team, "U4").role == "desk"
    again = picks(team, "U3", post.message, "person", "U4")
    stopped = team.presses("U3", again, "Don't ask them any more")
    assert stopped is not None
    assert member(team, "U4").role == "member"
    team.presses("U3", stopped, "Undo")
    assert member(team, "U4").role == "desk"


def test_where_figures_are_posted(team: Team) -> None:
    (post,) = greeted(team)
    said = picks(team, "U3", post.message, "channel", "C0TEAM")
    assert "✓ I'll post in <#C0TEAM>." in said.text
    assert channel(team) == "C0TEAM"
    undone = team.presses("U3", said, "Undo")
    assert undone is not None
    assert undone.text == "Undone: I took back that change of channel."
    assert channel(team) is None


@ONE_DATABASE
@pytest.mark.parametrize(
    ("user", "of", "value", "said"),
    [
        ("U1", "person", "U4", "Only owners can"),
        ("U1", "channel", "C0TEAM", "Only owners can"),
        ("U3", "person", "U3", "is an owner, and stays one"),
        ("U3", "person", "U99", "I couldn't find"),
        ("U3", "person", "<!here>", "That is no longer there"),
        ("U3", "channel", "x", "That is no longer there"),
    ],
)
def test_what_cannot_be_picked(team: Team, user: str, of: str, value: str, said: str) -> None:
    (post,) = greeted(team)
    assert said in picks(team, user, post.message, of, value).text
    assert channel(team) is None
    assert member(team, "U3").is_owner


def test_slack_shows_both_picks_and_says_what_was_picked() -> None:
    from bot.reminders.welcome import welcome

    found = [e for block in rungs(welcome("Maya"))[0]["blocks"] for e in block.get("elements", ())]
    kinds = [element["type"] for element in found if "action_id" in element]
    assert kinds == ["button", "users_select", "conversations_select"]
    assert value_of({"selected_user": "U1"}) == "U1"
    assert value_of({"selected_conversation": "C1"}) == "C1"


def test_labels_are_those_of_the_picks(team: Team) -> None:
    (post,) = greeted(team)
    asked = ["Paste your partners", "Who hears about evaluations?", "Where do I post?"]
    assert labels(post.message) == asked
