"""The control interface: the same operations from another process."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.practice import PracticeSlack
from bot.practice.control import mount

from .apps import connected
from .shapes import actions, button


@pytest.fixture
def slack() -> Iterator[PracticeSlack]:
    running = PracticeSlack()
    mount(running.server.app, running)
    with running:
        yield running


def control(port: int, command: str, headers: dict[str, str] | None = None, **given: Any) -> Any:
    sent = {"Content-Type": "application/json", **(headers or {})}
    url = f"http://127.0.0.1:{port}/control/{command}"
    with urlopen(Request(url, json.dumps(given).encode(), sent), timeout=10) as response:
        return json.load(response)["result"]


def test_a_command_and_a_click(slack: PracticeSlack, app: App) -> None:
    app.command("/partner")(lambda ack: ack(text="hi", blocks=[actions(button("go"))]))

    @app.action("go")
    def on_go(ack: Any, respond: Any) -> None:
        respond("went", replace_original=True)
        ack()

    do = slack.port
    control(do, "add_user", name="dana", real_name="Dana Reyes")
    channel = control(do, "add_channel", name="partners", members=["dana"])
    assert channel["members"] == sorted(channel["members"])
    with connected(slack, app):
        assert control(do, "connections") == 1
        [shown] = control(do, "slash", user="dana", channel="partners", text="x")["messages"]
        answer = control(
            do, "press", user="dana", channel="partners", ts=shown["ts"], action_id="go", wait=1
        )
    assert [message["text"] for message in answer["messages"]] == ["went"]
    assert control(do, "ephemerals", user="dana")[0]["history"][0]["text"] == "hi"
    assert control(do, "say", user="dana", channel="#partners", text="hello")["ts"]
    assert [m["text"] for m in control(do, "messages", channel="partners")] == ["hello"]


def test_looking_misbehaving_and_time(slack: PracticeSlack, web: WebClient) -> None:
    do = slack.port
    dana = control(do, "add_user", name="dana", tz="Europe/Berlin")
    assert dana["tz"] == "Europe/Berlin"
    control(do, "misbehave", kind="error", method="auth.test", error="fatal_error")
    assert web.api_call("users.info", params={"user": dana["id"]})["ok"]
    assert control(do, "calls")[0]["method"] == "users.info"
    assert control(do, "behave") is None
    control(do, "advance", seconds=60)
    web.chat_postMessage(channel=dana["id"], text="hi")
    assert control(do, "wait_messages", user="dana")[0]["text"] == "hi"
    assert control(do, "environment") == slack.environment


@pytest.mark.parametrize(
    ("name", "given", "status"),
    [
        ("dance", {}, 404),
        ("slash", {"user": "nobody", "text": "x"}, 400),
        ("slash", {}, 400),
        ("press", {"user": "dana", "view": "V0"}, 400),
        ("misbehave", {"kind": "sulk"}, 400),
    ],
)
def test_mistakes_are_told(
    slack: PracticeSlack, name: str, given: dict[str, Any], status: int
) -> None:
    with pytest.raises(HTTPError) as refused:
        control(slack.port, name, **given)
    assert refused.value.code == status
    assert json.load(refused.value)["error"]


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Content-Type": "text/plain"}], ids=["host", "type"]
)
def test_no_web_page_can_reach_it(slack: PracticeSlack, headers: dict[str, str]) -> None:
    with pytest.raises(HTTPError) as refused:
        control(slack.port, "users", headers)
    assert refused.value.code == 403


def test_it_runs_as_a_process() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.practice", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip().removeprefix("SLACK_API_URL=")
        port = int(url.split(":")[2].split("/")[0])
        assert [user["name"] for user in control(port, "users")] == ["rapport"]
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert process.stdout is not None
        process.stdout.close()
