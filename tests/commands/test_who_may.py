"""Who may do what: owner, liaison, desk, member; guests, outsiders, leavers and bots nothing."""

from dataclasses import replace

import pytest

from bot.store import workspace
from tests.commands.looking import ONE_DATABASE
from tests.invariants import dump
from tests.speaker import Team

pytestmark = ONE_DATABASE

EVERYBODY_MAY = (
    "called riverside",
    "refer riverside",
    "evals riverside",
    "riverside came in",
    "lost riverside",
    "next riverside call by Friday",
    "due",
    "due all",
    "show riverside",
    "list",
    "stats",
    "assign harbor me",
    "cadence riverside monthly",
    "pause riverside",
    "add Stride, gym",
    "help",
)


@pytest.mark.parametrize("role", ["owner", "liaison", "desk", "member"])
def test_the_whole_team_may_log_and_look(clinic: Team, role: str) -> None:
    with clinic.store.begin() as connection:
        workspace.save(connection, "T1", "U4", role=role)
    clinic.says("U1", "refer riverside")
    for text in EVERYBODY_MAY:
        said = clinic.says("U4", text).text
        assert "Only" not in said, (text, said)
        assert "Sorry" not in said, (text, said)


@pytest.mark.parametrize("what", ["is_guest", "is_outsider", "is_deactivated", "is_bot"])
def test_others_may_do_nothing(clinic: Team, what: str) -> None:
    clinic.inbox.profiles["U7"] = replace(clinic.inbox.profiles["U1"], **{what: True})
    before = dump(clinic.store)
    for text in (*EVERYBODY_MAY, "", "undo", "gibberish"):
        assert "for the practice's own team" in clinic.says("U7", text).text
    assert dump(clinic.store) == before


def test_somebody_slack_does_not_tell_of_is_asked_to_try_again(clinic: Team) -> None:
    before = dump(clinic.store)
    said = clinic.says("U8", "called riverside").text
    assert said == "Slack didn't tell me who you are just now. Nothing was saved; please try again."
    assert dump(clinic.store) == before
