"""What reaches Bolt, and what is answered before: never 500, whatever comes in."""

import json
import re
from urllib.parse import urlencode

import pytest

from bot.practice import Person
from tests.slack.conftest import Bot

JSON = "application/json"


def command(user: str, text: str = "help") -> bytes:
    fields = {
        "command": "/partner",
        "text": text,
        "team_id": "T0PRACTICE",
        "user_id": user,
        "channel_id": "C1",
        "trigger_id": "1.2",
        "response_url": "http://127.0.0.1:9/",
    }
    return urlencode(fields).encode()


def test_a_signed_command_is_answered(bot: Bot, maya: Person) -> None:
    status, body = bot.post(command(maya.id))
    assert status == 200
    assert json.loads(body)["response_type"] == "ephemeral"
    assert bot.post(command(maya.id), skew=-290)[0] == 200


def test_who_is_not_slack_is_turned_away(bot: Bot, maya: Person) -> None:
    body = command(maya.id)
    refused = [
        bot.post(body, skew=-301),
        bot.post(body, skew=310),
        bot.post(body, X_Slack_Signature="v0=" + "0" * 64),
        bot.post(body, X_Slack_Signature=""),
        bot.post(body, X_Slack_Signature="v0=é"),
        bot.post(body, X_Slack_Request_Timestamp="now"),
        bot.post(body, X_Slack_Request_Timestamp="1e9"),
        bot.post(body, X_Slack_Request_Timestamp=""),
        bot.post(body, X_Slack_Request_Timestamp="9" * 5000),
        bot.post(b"", X_Slack_Signature=""),
    ]
    assert {status for status, _ in refused} == {401}


MALFORMED = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"payload=null",
    b"payload=%5B%5D",
    b"payload={",
    b"payload=" + b"[" * 50_000,
    b"payload=" + b'{"type":"block_actions","a":' + b'{"a":' * 200 + b"1" + b"}" * 201,
    b"\xff\xfe",
    b"text=%ff",
    b"nonsense",
    b"a=1&a",
    b"&".join(b"a=1" for _ in range(200)),
    b'payload={"type":"block_actions","team":"x","user":[],"actions":{}}',
]


@pytest.mark.parametrize("body", MALFORMED, ids=lambda body: body[:12])
def test_nonsense_is_a_bad_request(bot: Bot, body: bytes) -> None:
    assert bot.post(body)[0] == 400


@pytest.mark.parametrize("body", [b"{", b"[]", b"null", b'"x"', b"[" * 50_000, b'{"type":1}'])
def test_nonsense_in_json_is_a_bad_request(bot: Bot, body: bytes) -> None:
    assert bot.post(body, JSON)[0] == 400


def test_what_is_too_large_is_refused(bot: Bot) -> None:
    assert bot.post(b"text=" + b"x" * 1_000_000)[0] == 413


def test_slack_tries_the_address(bot: Bot) -> None:
    trial = json.dumps({"type": "url_verification", "challenge": "3eZb"}).encode()
    status, body = bot.post(trial, JSON)
    assert (status, json.loads(body)) == (200, {"challenge": "3eZb"})
    assert bot.post(b'{"type":"url_verification"}', JSON)[0] == 400
    assert bot.post(b"token=x&ssl_check=1", X_Slack_Signature="")[0] == 200


def test_only_known_paths_and_methods(bot: Bot) -> None:
    assert bot.get("/")[0] == 404
    assert bot.get("/slack/install")[0] == 404
    assert bot.get("/slack/events")[0] == 405
    assert bot.get("/healthz", "POST")[0] == 405


def test_health_and_figures(bot: Bot, maya: Person) -> None:
    assert bot.get("/healthz") == (200, "ok\n")
    bot.post(command(maya.id))
    status, page = bot.get("/metrics")
    assert status == 200
    assert "rapport_commands_total 1.0" in page
    assert re.search(r'rapport_slack_calls_total{method="users.info",result="ok"} [1-9]', page)
    assert 'rapport_deliveries{state="discarded"} 0.0' in page
    assert "rapport_healthy 1.0" in page
