"""Commands, clicks and events as signed POSTs."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from bot.practice import Channel, Person, PracticeSlack

from .shapes import actions, button


class Receiver:
    """A request URL that keeps what came and answers with what it is told."""

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.status, self.body = 200, b""
        self.before_answer = threading.Event()
        self.before_answer.set()
        self.url = ""

    def fields(self, number: int = 0) -> dict[str, str]:
        return {key: one for key, [one] in parse_qs(self.heard[number][1].decode()).items()}


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.heard.append(({k.lower(): v for k, v in self.headers.items()}, body))
            receiver.before_answer.wait(5)
            self.send_response(receiver.status)
            self.send_header("Content-Length", str(len(receiver.body)))
            self.end_headers()
            self.wfile.write(receiver.body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}/slack/events"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.before_answer.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def receiver(slack: PracticeSlack) -> Iterator[Receiver]:
    with receiving() as found:
        slack.use_http(found.url)
        yield found


def test_the_signature_holds(slack: PracticeSlack, receiver: Receiver, dana: Person) -> None:
    slack.slash(dana, None, "help & more")
    headers, body = receiver.heard[0]
    assert SignatureVerifier(slack.signing_secret).is_valid_request(body, headers)
    assert not SignatureVerifier("other").is_valid_request(body, headers)
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert receiver.fields()["text"] == "help &amp; more"
    assert receiver.fields()["channel_name"] == "directmessage"


def test_environment_names_the_secret(slack: PracticeSlack, receiver: Receiver) -> None:
    assert slack.environment["SLACK_SIGNING_SECRET"] == slack.signing_secret
    assert "SLACK_APP_TOKEN" not in slack.environment


def test_answers_may_be_plain_text_or_json(
    slack: PracticeSlack, receiver: Receiver, dana: Person, partners: Channel
) -> None:
    receiver.body = b"plain words"
    assert slack.slash(dana, partners, "help").text == "plain words"
    receiver.body = b'{"text": "for all", "response_type": "in_channel"}'
    assert slack.slash(dana, partners, "help").messages[0].visible_to is None
    receiver.body = b""
    assert slack.slash(dana, partners, "help").messages == []


def test_a_click_is_a_form_with_a_payload(
    slack: PracticeSlack, receiver: Receiver, dana: Person, partners: Channel
) -> None:
    receiver.body = json.dumps({"text": "x", "blocks": [actions(button("go"))]}).encode()
    [message] = slack.slash(dana, partners, "help").messages
    receiver.body = b""
    slack.press(dana, message, "go")
    payload = json.loads(receiver.fields(1)["payload"])
    assert payload["type"] == "block_actions"
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload


def test_events_are_json_and_tried_again(
    slack: PracticeSlack, receiver: Receiver, dana: Person
) -> None:
    receiver.status = 500
    slack.say(dana, None, "hi")
    slack.wait_for(
        lambda: len(slack.deliveries) == 3 and slack.deliveries[-1].outcome != "under way"
    )
    payloads = [json.loads(body) for _, body in receiver.heard]
    assert {payload["event_id"] for payload in payloads} == {payloads[0]["event_id"]}
    assert "x-slack-retry-num" not in receiver.heard[0][0]
    assert [headers["x-slack-retry-num"] for headers, _ in receiver.heard[1:]] == ["1", "2"]


def test_a_server_error_fails_the_command(
    slack: PracticeSlack, receiver: Receiver, dana: Person
) -> None:
    receiver.status, receiver.body = 500, b"oh"
    answer = slack.slash(dana, None, "help")
    assert (answer.error, answer.body) == ("dispatch_failed", "oh")


def test_nobody_there(slack: PracticeSlack, dana: Person) -> None:
    with receiving() as gone:
        slack.use_http(gone.url)
    assert slack.slash(dana, None, "help").error == "dispatch_failed"


def test_too_late() -> None:
    with receiving() as receiver, PracticeSlack(ack_timeout=0.1) as slack:
        slack.use_http(receiver.url)
        receiver.before_answer.clear()
        assert slack.slash(slack.add_user("dana"), None, "help").error == "operation_timeout"


def test_bolt_takes_what_is_sent(
    slack: PracticeSlack, receiver: Receiver, web: WebClient, dana: Person
) -> None:
    app = App(client=web, signing_secret=slack.signing_secret, process_before_response=True)
    app.command("/partner")(lambda ack, command: ack(command["text"]))
    slack.slash(dana, None, "help")
    headers, body = receiver.heard[0]
    answer = app.dispatch(BoltRequest(body=body.decode(), headers=dict(headers)))
    assert (answer.status, answer.body) == (200, "help")
    refused = app.dispatch(BoltRequest(body=body.decode() + "x", headers=dict(headers)))
    assert refused.status == 401
