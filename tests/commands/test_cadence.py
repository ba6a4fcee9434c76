"""`/partner cadence`, `pause` and `resume`."""

from datetime import timedelta

import pytest

from tests.commands.looking import ONE_DATABASE, is_refused, is_undone
from tests.speaker import Team

pytestmark = ONE_DATABASE


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "cadence riverside every 3 weeks",
            [
                "✓ *Riverside Orthopedics*: check-in every 3 weeks.",
                "Next check-in: Wed, Mar 24, then Wed, Apr 14 and Wed, May 5",
            ],
        ),
        (
            "cadence harbor first Monday of the month",
            [
                "✓ *Harbor Chiropractic*: check-in the first Monday of every month.",
                "Next check-in: Mon, Apr 5, then Mon, May 3 and Mon, Jun 7",
            ],
        ),
    ],
)
def test_the_next_dates_are_said(clinic: Team, text: str, lines: list[str]) -> None:
    assert is_undone(clinic, "U1", text).text.splitlines() == lines


def test_one_that_is_late_waits_now(clinic: Team) -> None:
    clinic.now += timedelta(days=70)
    said = clinic.says("U1", "cadence riverside every 3 weeks").text
    assert "A check-in has been waiting since Wed, Mar 24, then" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cadence", "Whose?"),
        ("cadence riverside", "how often"),
        ("cadence riverside whenever", 'I don\'t know how often "whenever" is.'),
        ("cadence oakdale every 6 weeks", 'I don\'t know "oakdale" yet.'),
        ("pause", "Which partner?"),
        ("pause riverside until yesterday", 'Until when is "yesterday"?'),
        ("pause riverside until bananas", 'Until when is "bananas"?'),
        ("pause riverside until today", "Until when is"),
        ("resume", "Which partner?"),
        ("resume riverside", "*Riverside Orthopedics* is not paused."),
        ("resume oakdale", 'I don\'t know "oakdale" yet.'),
    ],
)
def test_what_cannot_be(clinic: Team, text: str, said: str) -> None:
    assert said in is_refused(clinic, "U1", text).text


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("pause riverside", "until you say `/partner resume`."),
        ("pause riverside until April 5", "until Mon, Apr 5."),
        ("pause riverside for 2 weeks", "until Wed, Mar 17."),
        ("pause riverside until next Monday", "until Mon, Mar 8."),
        ("pause riverside, until tomorrow", "until Thu, Mar 4."),
    ],
)
def test_paused_and_taken_back(clinic: Team, text: str, end: str) -> None:
    said = is_undone(clinic, "U1", text)
    assert said.text == f"✓ *Riverside Orthopedics*: no check-ins {end}"


def test_resumed_and_taken_back(clinic: Team) -> None:
    clinic.says("U1", "pause riverside")
    assert "Paused." in clinic.says("U1", "show riverside").text
    said = is_undone(clinic, "U1", "resume riverside")
    assert said.text == "✓ *Riverside Orthopedics* is back.\nNext check-in: Wed, Apr 14"


def test_a_pause_moves_the_check_in_behind_it(clinic: Team) -> None:
    clinic.says("U1", "pause riverside until 6/1")
    card = clinic.says("U1", "show riverside").text
    assert "Paused until Tue, Jun 1." in card
