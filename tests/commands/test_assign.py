"""`/partner assign`: another liaison; who may, to whom, and who is told."""

from dataclasses import replace

import pytest

from tests.commands.looking import ONE_DATABASE, is_refused, is_undone
from tests.invariants import check, dump
from tests.speaker import Team

pytestmark = ONE_DATABASE


@pytest.mark.parametrize(
    ("user", "text", "said"),
    [
        ("U1", "assign riverside <@U2>", "✓ *Riverside Orthopedics* is with <@U2> now. They'll be"),
        ("U1", "assign <@U2|luis> riverside", "✓ *Riverside Orthopedics* is with <@U2> now."),
        ("U1", "assign riverside to <@U2>", "✓ *Riverside Orthopedics* is with <@U2> now."),
        ("U4", "assign harbor <@U2>", "✓ *Harbor Chiropractic* is with <@U2> now."),
        ("U4", "assign harbor to me", "✓ *Harbor Chiropractic* is with <@U4> now."),
        ("U4", "assign harbor me", "✓ *Harbor Chiropractic* is with <@U4> now."),
        ("U3", "assign riverside <@U2>", "is with <@U2> now. Both will be told."),
        ("U3", "assign riverside me", "is with <@U3> now. Whoever had them will be told."),
        ("U2", "give iron peak <@U1>", "✓ *Iron Peak CrossFit* is with <@U1> now."),
    ],
)
def test_handed_over_and_taken_back(clinic: Team, user: str, text: str, said: str) -> None:
    assert said in is_undone(clinic, user, text).text


@pytest.mark.parametrize("user", ["U2", "U4"])
def test_only_the_liaison_or_an_owner_hands_over(clinic: Team, user: str) -> None:
    said = is_refused(clinic, user, "assign riverside <@U2>")
    assert said.text == (
        "*Riverside Orthopedics* is with <@U1>. Only they or an owner can hand it over. "
        "Nothing was changed."
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("assign riverside", "To whom?"),
        ("assign riverside <@U1> <@U2>", "To whom?"),
        ("assign <@U2>", "Which partner?"),
        ("assign oakdale <@U2>", 'I don\'t know "oakdale" yet.'),
        ("assign riverside <@U1>", "is with <@U1> already."),
        ("assign riverside <@U9>", "I couldn't find <@U9> in this workspace."),
        ("assign riverside &lt;@U2&gt;", "To whom?"),
    ],
)
def test_what_cannot_be(clinic: Team, text: str, said: str) -> None:
    assert said in is_refused(clinic, "U1", text).text


@pytest.mark.parametrize("what", ["is_deactivated", "is_guest", "is_outsider", "is_bot"])
def test_not_to_those_who_are_not_of_the_team(clinic: Team, what: str) -> None:
    clinic.inbox.profiles["U7"] = replace(clinic.inbox.profiles["U1"], **{what: True})
    before = dump(clinic.store)
    for text in ("assign riverside <@U7>", "add Stride, <@U7>", "next riverside <@U7> call friday"):
        assert "not on the practice's own team" in clinic.says("U1", text).text
    assert dump(clinic.store) == before


def test_what_was_waiting_goes_along(clinic: Team) -> None:
    clinic.says("U4", "evals riverside")
    assert "Riverside" in clinic.says("U1", "due").text
    clinic.says("U1", "assign riverside <@U2>")
    assert "Riverside" not in clinic.says("U1", "due").text
    assert "Riverside" in clinic.says("U2", "due").text
    check(clinic.store, clinic.now.date())
