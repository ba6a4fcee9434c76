"""`/partner help`, no text, and what is not understood."""

import pytest

from bot.commands import SUBCOMMANDS, Subcommand
from tests.commands.filling import pressed_open
from tests.commands.looking import ONE_DATABASE, is_refused, labels
from tests.speaker import Team

pytestmark = ONE_DATABASE


@pytest.mark.parametrize("text", ["", "   ", "help", "HELP", "?", "help me", "help &lt;x&gt;"])
def test_everything_is_in_help(clinic: Team, text: str) -> None:
    said = is_refused(clinic, "U1", text)
    for each in SUBCOMMANDS:
        assert f"`/partner {each.name}" in said.text
    assert "Please leave out anything about patients" in said.text


@pytest.mark.parametrize("each", SUBCOMMANDS, ids=lambda each: each.name)
def test_help_on_one(clinic: Team, each: Subcommand) -> None:
    said = is_refused(clinic, "U1", f"help {each.name}")
    assert said.text.startswith(f"`/partner {each.name}")
    assert len(said.text.splitlines()) == 2


@pytest.mark.parametrize(
    ("text", "meant"),
    [("halp", "help"), ("lisst gym", "list"), ("asign harbor", "assign"), ("cadance x", "cadence")],
)
def test_did_you_mean(clinic: Team, text: str, meant: str) -> None:
    said = is_refused(clinic, "U1", text).text
    assert f"Did you mean `/partner {meant}" in said


def test_what_is_not_understood_gets_usage(clinic: Team) -> None:
    said = is_refused(clinic, "U1", "xyzzy &lt;!channel&gt;").text
    assert said.startswith('I didn\'t understand "xyzzy &lt;!channel&gt;". Nothing was saved.')
    assert "`/partner log" in said


def test_help_leads_to_the_settings(clinic: Team) -> None:
    assert labels(is_refused(clinic, "U1", "help")) == ["My settings"]
    said = is_refused(clinic, "U3", "")
    assert labels(said) == ["My settings", "Practice settings"]
    assert pressed_open(clinic, "U3", said, "Practice settings").name == "settings"
