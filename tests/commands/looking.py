"""What a message looks like, and the checks that hold for every answer."""

import re

import pytest

from bot.commands.request import OpenForm
from bot.domain.message import Button, Controls, Heading, Menu, Message, Row
from bot.practice.blocks import view_problems
from bot.slack.blocks import rungs
from bot.slack.forms import FORMS
from tests.invariants import check, dump
from tests.speaker import Team, controls

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

# Nothing in an answer may call people who were not meant: not even as an echo.
_INSTANT = re.compile(r"<!date\^[^|]*\|([^>]*)>")
_PING = re.compile(
    r"<!(?!date\^)|@(?:channel|here|everyone)\b|(?<!Where I post: )<#", re.IGNORECASE
)


def without_clocks(message: Message) -> str:
    """What a message says where Slack cannot show instants by the reader's own clock."""
    return _INSTANT.sub(r"\1", message.text)


def labels(message: Message) -> list[str]:
    return [control.text for control in controls(message)]


def options(message: Message, text: str) -> list[str]:
    menu = next(c for c in controls(message) if isinstance(c, Menu) and c.text == text)
    return [label for label, _ in menu.options]


def is_sound(message: Message | OpenForm) -> None:
    """What holds for every message: something is said, nobody is pinged, Slack takes it all.

    Of a form: Slack takes it.
    """
    if isinstance(message, OpenForm):
        assert view_problems(FORMS[message.name](message.prefill)) == []
        return
    assert message.text.strip()
    assert not _PING.search(message.text), message.text
    for part in message.parts:
        assert len(part.text) < 3000 or isinstance(part, Heading), len(part.text)
        if isinstance(part, Row | Controls):
            assert len(part.controls) <= 25
    for control in controls(message):
        assert 0 < len(control.text) <= 75
        if isinstance(control, Button):
            assert len(control.value) <= 2000
            continue
        for text, value in control.options:
            assert 0 < len(text) <= 75
            assert 0 < len(value) <= 150
    # Nothing is left out on the way to Slack.
    [first, *_] = rungs(message)
    assert "did not fit" not in str(first["blocks"])


def is_undone(team: Team, user: str, text: str) -> Message:
    """Say something, take it back, and find every table as it was; returns what was said."""
    before = dump(team.store)
    said = team.says(user, text)
    is_sound(said)
    assert "Undo" in labels(said), said.text
    assert dump(team.store) != before
    check(team.store, team.now.date())
    undone = team.presses(user, said, "Undo")
    assert undone is not None
    assert undone.text.startswith("Undone: I took back"), undone.text
    assert dump(team.store) == before
    check(team.store, team.now.date())
    return said


def is_refused(team: Team, user: str, text: str) -> Message:
    """Say something that writes nothing; returns what was said."""
    before = dump(team.store)
    said = team.says(user, text)
    is_sound(said)
    assert dump(team.store) == before
    return said
