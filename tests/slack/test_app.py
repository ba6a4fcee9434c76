"""Errors are answered in the one form that Slack shows for what came in."""

import json
from typing import Any

import pytest
from slack_bolt import App, BoltRequest

from bot.domain.clock import SystemClock
from bot.errors import NotSaved, UserError
from bot.slack import submission
from bot.slack.app import make_app
from bot.slack.front import Front, in_background
from bot.slack.home import Homes
from bot.slack.later import Later
from bot.slack.messenger import SlackMessenger
from bot.slack.metrics import Metrics
from bot.slack.tokens import Tokens
from bot.store import Store

VIEW = {
    "type": "modal",
    "callback_id": "log",
    "blocks": [
        {"type": "section", "block_id": "about"},
        {"type": "input", "block_id": "what"},
        {"type": "input", "block_id": "when"},
    ],
    "state": {"values": {}},
}


@pytest.fixture
def app(messenger: SlackMessenger, store: Store) -> App:
    pool = Later(1)
    clock = SystemClock()
    homes = Homes(store, messenger, clock, in_background(pool))
    front = Front(Tokens(), store, messenger, clock, Metrics(), pool, homes)
    return make_app(front)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (UserError("Smith &amp; Sons is not a day."), "Smith & Sons is not a day."),
        (NotSaved("locked"), "That was NOT saved. Please try again in a minute."),
    ],
)
def test_a_form_shows_an_error_at_its_first_input(
    app: App, error: Exception, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answer_to(app, error, monkeypatch) == {
        "response_action": "errors",
        "errors": {"what": said},
    }


def test_what_nobody_foresaw_gets_a_number_and_leaves_no_text_in_the_log(
    app: App, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = answer_to(app, ValueError("secret words"), monkeypatch)["errors"]["what"]
    (line,) = [record.getMessage() for record in caplog.records]
    reference = line.split("ref=")[1].split()[0]
    assert reference in said
    assert "ValueError at test_app.py" in line
    assert "secret" not in caplog.text + said


def answer_to(app: App, error: Exception, monkeypatch: pytest.MonkeyPatch) -> Any:
    def submit(_front: Front, _body: Any) -> None:
        raise error

    monkeypatch.setattr(submission, "take", submit)
    body = {"type": "view_submission", "team": {"id": "T1"}, "user": {"id": "U1"}, "view": VIEW}
    answer = app.dispatch(BoltRequest(body=body, mode="socket_mode"))
    assert answer.status == 200
    return json.loads(answer.body)
