"""Partners pasted into a form, one a line."""

import pytest

from bot.commands.request import OpenForm
from tests.commands.filling import is_undone_again, refused, sent_in
from tests.commands.looking import ONE_DATABASE
from tests.speaker import Team

FORM = OpenForm("paste")


def test_each_line_is_a_partner_and_all_can_be_taken_back(team: Team) -> None:
    lines = "Riverside Orthopedics, ortho, every month, @ana\n\n  Stride \nHarbor, chiro\n"
    said = is_undone_again(team, "U3", FORM, lines=lines)
    assert said.text == "✓ *3 partners added.* First check-ins are spread evenly."
    sent_in(team, "U3", FORM, lines=lines)
    card = team.says("U1", "show riverside").text
    assert "every month" in card
    assert "<@U1>" in card
    assert "3 partners" in team.says("U1", "list").text


def test_what_cannot_be_read_is_named_and_the_rest_is_added(team: Team) -> None:
    team.says("U3", "add Stride, store")
    lines = "Harbor, chiro\nstride\nOakdale, every blue moon\nHarbor\nLakeside, @nobody\n<!here>\n"
    said = sent_in(team, "U3", FORM, lines=lines)
    assert said.text.splitlines()[:2] == [
        "✓ *2 partners added.* First check-ins are spread evenly.",
        "4 lines need a look:",
    ]
    for words in ("stride: is in your partners already", "Oakdale", "it is there twice", "nobody"):
        assert words in said.text


@ONE_DATABASE
def test_one_that_was_ended_can_be_brought_back(team: Team) -> None:
    team.says("U3", "add Stride, store")
    team.says("U3", "end stride")
    said = sent_in(team, "U3", FORM, lines="stride")
    assert "stride: was ended; `/partner add Stride` can bring it back" in said.text


@ONE_DATABASE
def test_nothing_to_add_is_said(team: Team) -> None:
    said = sent_in(team, "U3", FORM, lines=", ortho")
    assert said.text.startswith("Nothing was added.\n1 line needs a look:")


@ONE_DATABASE
@pytest.mark.parametrize("lines", ["", " \n ", "Stride\nOakdale, MRN 123456", "x" * 3001])
def test_what_is_refused_stands_at_its_field(team: Team, lines: str) -> None:
    assert refused(team, "U3", FORM, lines=lines)[0] == "lines"


@ONE_DATABASE
def test_somebody_may_vouch_for_it(team: Team) -> None:
    assert "1 partner added" in sent_in(team, "U3", FORM, lines="MRN 123456", cleared="yes").text
