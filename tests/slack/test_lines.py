"""The log: one line an event, facts as key=value, and nothing that anybody typed."""

import logging
import sys

import pytest

from bot.practice import Channel, Person, PracticeSlack
from bot.run.lines import Logfmt
from tests.slack.conftest import Bot


def line(message: str, *arguments: object, failed: bool = False) -> str:
    record = logging.LogRecord(
        *("jobs.deliver", logging.WARNING, "deliver.py", 1, message, arguments),
        exc_info=sys.exc_info() if failed else None,
    )
    return Logfmt().format(record).partition(" ")[2]


@pytest.mark.parametrize(
    ("message", "written"),
    [
        ("stopping", "event=stopping"),
        (
            "delivered id=3 key=morning:U1:2027-03-03",
            "event=delivered id=3 key=morning:U1:2027-03-03",
        ),
        ('not "so" good', r'event="not \"so\" good"'),
        ("two\nlines x=1", 'event="two lines" x=1'),
        ("", 'event=""'),
    ],
)
def test_words_and_facts(message: str, written: str) -> None:
    assert line(message) == f"level=warning logger=jobs.deliver {written}"


def test_an_error_has_a_class_and_a_place_and_no_words() -> None:
    try:
        raise ValueError("what somebody typed")
    except ValueError:
        said = line("tick failed", failed=True)
    assert said.startswith('level=warning logger=jobs.deliver event="tick failed" error=ValueError')
    assert "test_lines.py" in said
    assert "typed" not in said


def test_everything_that_people_do_has_its_line(
    bot: Bot, slack: PracticeSlack, maya: Person, team: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    slack.slash(maya, team, "add Riverside")
    undo = slack.slash(maya, team, "called riverside, a word only we know").messages[0]
    slack.press(maya, undo, label="Undo").wait()
    heard = [one.getMessage() for one in caplog.records if one.name == "bot.slack.journal"]
    place = f"workspace={slack.workspace.team_id} user={maya.id}"
    assert [one.split(" ms=")[0] for one in heard] == [
        f"heard action={action} {place}" for action in ("command:add", "command:free", "press:undo")
    ]
    assert all(one.endswith("outcome=ok") for one in heard)
    assert "a word only we know" not in caplog.text
