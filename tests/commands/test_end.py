"""`/partner end`, what is closed by it, and how a partner comes back."""

from datetime import date

import pytest

from bot.store import Tx, partner, reminder
from tests.commands.looking import ONE_DATABASE, is_refused, is_undone, labels
from tests.invariants import check, dump
from tests.jobs.test_messages import tick
from tests.speaker import Team


def _named(tx: Tx, name: str) -> partner.Partner:
    found = partner.named(tx, name)
    assert found
    return found


def test_it_leaves_the_lists_and_undo_brings_it_back(clinic: Team) -> None:
    clinic.says("U1", "next riverside send the protocol by Friday")
    clinic.says("U4", "evals riverside")
    said = is_undone(clinic, "U3", "end riverside, moved away")
    assert said.text == (
        '✓ *Riverside Orthopedics* is ended: "moved away". Out of the lists; the history stays.'
    )
    clinic.says("U3", "end riverside moved away")
    assert "Riverside" not in clinic.says("U3", "list").text
    assert "Riverside" not in clinic.says("U3", "due all").text
    assert "I don't know" in clinic.says("U1", "called riverside").text
    with clinic.store.read("T1") as tx:
        ended = _named(tx, "Riverside Orthopedics")
        assert (ended.ended_on, ended.ended_reason) == (date(2027, 3, 3), "moved away")
        assert reminder.of_partner(tx, ended.id) == []


def test_a_message_that_asks_for_it_says_so(team: Team) -> None:
    team.says("U1", "add Iron Peak CrossFit, gym, every 2 weeks, <@U1>")
    (post,) = tick(team, "2027-03-17 09:00")
    ended = team.says("U3", "end iron peak")
    tick(team)
    assert post.message.text == "*Iron Peak CrossFit*: no longer needed"
    team.presses("U3", ended, "Undo")
    tick(team)
    assert labels(post.message) == ["I did it", "Not now"]
    check(team.store, team.now.date())


@ONE_DATABASE
@pytest.mark.parametrize("text", ["end riverside", "merge harbor into riverside"])
def test_only_owners_may(clinic: Team, text: str) -> None:
    assert "Only owners can" in is_refused(clinic, "U1", text).text


@ONE_DATABASE
@pytest.mark.parametrize("text", ["end", "end nobody", "end bright", "end riverside dob 3/4/1961"])
def test_what_cannot_be_ended(clinic: Team, text: str) -> None:
    assert "✓" not in is_refused(clinic, "U3", text).text


@ONE_DATABASE
def test_the_same_name_offers_to_bring_it_back(clinic: Team) -> None:
    before = dump(clinic.store)
    clinic.says("U3", "end harbor")
    said = is_refused(clinic, "U1", "add Harbor Chiropractic, chiro")
    assert said.text == "*Harbor Chiropractic* was ended today. Nothing was saved."
    refused = clinic.presses("U1", said, "Bring it back")
    assert refused is not None
    assert "Only owners" in refused.text
    back = clinic.presses("U3", said, "Bring it back")
    assert back is not None
    assert "✓ *Harbor Chiropractic* is back." in back.text
    assert dump(clinic.store) == before
    again = clinic.presses("U3", said, "Bring it back")
    assert again is not None
    assert again.text == "That is no longer there. Nothing was changed."
