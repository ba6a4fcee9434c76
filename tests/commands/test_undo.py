"""`/partner undo` and the Undo button: ten minutes, once, one's own, unless changed since."""

from datetime import timedelta
from itertools import pairwise

import pytest

from tests.commands.looking import is_refused
from tests.invariants import check, dump
from tests.speaker import Team

WRITES = (
    "called riverside, 20 min, $12.50",
    "add Stride, gym, every month",
    "refer riverside",
    "refer to harbor",
    "evals riverside 2, dr lee",
    "convert R-1001",
    "lost R-1001",
    "next riverside send the protocol by Friday",
    "assign harbor <@U2>",
    "cadence riverside every 2 weeks",
    "pause riverside",
    "resume harbor",
)


@pytest.fixture
def begun(clinic: Team) -> Team:
    clinic.says("U4", "refer riverside 3/1")
    clinic.says("U3", "pause harbor")
    return clinic


@pytest.mark.parametrize("text", WRITES)
def test_what_was_said_is_taken_back(begun: Team, text: str) -> None:
    before = dump(begun.store)
    begun.says("U1", text)
    assert dump(begun.store) != before
    check(begun.store, begun.now.date())
    begun.now += timedelta(minutes=9)
    assert begun.says("U1", "undo").text.startswith("Undone: I took back")
    assert dump(begun.store) == before
    check(begun.store, begun.now.date())


def test_all_of_it_one_after_the_other(begun: Team) -> None:
    dumps = []
    for text in WRITES:
        dumps.append(dump(begun.store))
        begun.says("U1", text)
        check(begun.store, begun.now.date())
    # The referral was converted, so it could not be lost: that wrote nothing.
    kept = [before for before, after in pairwise(dumps) if before != after]
    for before in reversed([*kept, dumps[-1]]):
        assert begun.says("U1", "undo").text.startswith("Undone")
        assert dump(begun.store) == before
    assert "Nothing of yours" in begun.says("U1", "undo").text


def test_the_partner_is_named(begun: Team) -> None:
    begun.says("U1", "called riverside")
    assert begun.says("U1", "undo").text == (
        "Undone: I took back that log entry (Riverside Orthopedics)."
    )


def test_after_ten_minutes_only_the_button(begun: Team) -> None:
    said = begun.says("U1", "called riverside")
    begun.now += timedelta(minutes=11)
    assert "Nothing of yours from the last ten minutes" in is_refused(begun, "U1", "undo").text
    undone = begun.presses("U1", said, "Undo")
    assert undone is not None
    assert undone.text.startswith("Undone")


def test_twice_is_said(begun: Team) -> None:
    said = begun.says("U1", "called riverside")
    begun.presses("U1", said, "Undo")
    again = begun.presses("U1", said, "Undo")
    assert again is not None
    assert again.text == "That was already undone."
    assert "Nothing of yours" in begun.says("U1", "undo").text


def test_a_referral_that_came_in_since_stays(begun: Team) -> None:
    said = begun.says("U1", "refer dr lee")
    begun.says("U4", "dr lee came in")
    before = dump(begun.store)
    begun.presses("U1", said, "Undo")
    assert dump(begun.store) == before


def test_what_was_changed_since_stays(begun: Team) -> None:
    said = begun.says("U1", "assign harbor <@U2>")
    begun.says("U2", "assign harbor <@U4>")
    before = dump(begun.store)
    refused = begun.presses("U1", said, "Undo")
    assert refused is not None
    assert refused.text == "That was changed since, so I left it as it is."
    assert "changed since" in begun.says("U1", "undo").text
    assert dump(begun.store) == before


def test_a_partner_with_a_history_is_not_taken_back(begun: Team) -> None:
    said = begun.says("U1", "add Stride, gym")
    begun.says("U2", "called stride")
    refused = begun.presses("U1", said, "Undo")
    assert refused is not None
    assert "changed since" in refused.text


def test_somebody_elses_is_theirs_or_an_owners(begun: Team) -> None:
    said = begun.says("U1", "called riverside")
    refused = begun.presses("U2", said, "Undo")
    assert refused is not None
    assert refused.text == "Only <@U1> or an owner can undo that."
    assert "Nothing of yours" in begun.says("U2", "undo").text
    done = begun.presses("U3", said, "Undo")
    assert done is not None
    assert done.text.startswith("Undone")


def test_a_press_of_another_reminder_is_taken_back(begun: Team) -> None:
    begun.says("U4", "evals dr lee")
    before = dump(begun.store)
    for label in ("Mark sent", "They don't want notes", "Tomorrow"):
        due = begun.says("U1", "due")
        pressed = begun.presses("U1", due, label)
        assert pressed is not None
        assert dump(begun.store) != before
        check(begun.store, begun.now.date())
        begun.presses("U1", pressed, "Undo")
        assert dump(begun.store) == before, label
