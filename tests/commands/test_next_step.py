"""`/partner next`: something to do for a partner by a day."""

import pytest

from tests.commands.looking import ONE_DATABASE, is_refused, is_undone
from tests.speaker import Team

pytestmark = ONE_DATABASE


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "next riverside send the protocol by Friday",
            "✓ *Riverside Orthopedics*: send the protocol, by Fri, Mar 5",
        ),
        ("next dr lee drop off cards tomorrow", "✓ *Dr. Amy Lee*: drop off cards, by Thu, Mar 4"),
        ("todo iron peak: book the talk, 4/2", "✓ *Iron Peak CrossFit*: book the talk, by Fri"),
        (
            "next riverside send the protocol by Friday <@U2>",
            "✓ *Riverside Orthopedics*: send the protocol, by Fri, Mar 5, for <@U2>",
        ),
    ],
)
def test_it_is_kept_and_taken_back(clinic: Team, text: str, line: str) -> None:
    assert is_undone(clinic, "U1", text).text.startswith(line)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("next riverside", "By which day?"),
        ("next riverside send the protocol", "By which day?"),
        ("next riverside by Friday", "What is it that you'll do?"),
        ("next oakdale send flyers by Friday", "If they're new, `/partner add` them first."),
        ("next riverside <@U1> <@U2> call by Friday", "Please mention one person."),
    ],
)
def test_what_cannot_be(clinic: Team, text: str, said: str) -> None:
    assert said in is_refused(clinic, "U1", text).text


def test_a_long_one_is_cut_in_the_open(clinic: Team) -> None:
    said = clinic.says("U1", f"next riverside {'and more ' * 100} by Friday")
    assert "…, by Fri, Mar 5" in said.text


def test_it_comes_back_on_its_day_to_whoever_said_it(clinic: Team) -> None:
    clinic.says("U4", "next riverside send the protocol today")
    assert "send the protocol, for today" in clinic.says("U4", "due").text
    assert "protocol" not in clinic.says("U1", "due").text
