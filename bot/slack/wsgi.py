"""The bot's own small web layer: what Slack sends, health and figures.

It stands in front of Bolt's adapter, which parses before it verifies and answers 500 to nonsense.
"""

import io
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler

from bot.slack.inbound import MalformedError, parsed
from bot.slack.metrics import CONTENT_TYPE
from bot.slack.mrkdwn import Json
from bot.slack.signature import is_authentic

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

EVENTS, HEALTH, METRICS = "/slack/events", "/healthz", "/metrics"
# Slack's largest: a view of 250 kB, urlencoded.
MOST_BYTES = 1_000_000
# Slack looks at the certificate with this, and does not say whether it signs it.
SSL_CHECK = b"ssl_check=1"
TEXT = "text/plain; charset=utf-8"
# Bolt reads many keys on its way to a listener and trusts each to have its shape.
ODD_SHAPES = (AttributeError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Answer:
    """A response of ours."""

    status: HTTPStatus
    body: bytes = b""
    content_type: str = TEXT


class Website:
    """A WSGI application. `trouble` says why no work can be taken, or None.

    Without `app` and `secret` (Socket Mode) nothing is taken at /slack/events.
    """

    def __init__(
        self,
        trouble: Callable[[], str | None],
        metrics: Callable[[], bytes],
        app: App | None = None,
        secret: str | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.trouble, self.metrics, self.now, self.secret = trouble, metrics, now, secret
        self._bolt = SlackRequestHandler(app, EVENTS) if app and secret else None

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request."""
        path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
        wanted = {EVENTS: "POST", HEALTH: "GET", METRICS: "GET"}.get(path)
        if wanted is None or (path == EVENTS and self._bolt is None):
            return _send(Answer(HTTPStatus.NOT_FOUND), start_response)
        if method != wanted:
            return _send(Answer(HTTPStatus.METHOD_NOT_ALLOWED), start_response)
        if path == EVENTS:
            return self._events(environ, start_response)
        page = self._health() if path == HEALTH else self._figures()
        return _send(page, start_response)

    def _health(self) -> Answer:
        trouble = self.trouble()
        if trouble is None:
            return Answer(HTTPStatus.OK, b"ok\n")
        return Answer(HTTPStatus.SERVICE_UNAVAILABLE, f"{trouble}\n".encode())

    def _figures(self) -> Answer:
        return Answer(HTTPStatus.OK, self.metrics(), CONTENT_TYPE)

    def _events(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        body = _body(environ)
        answer = self._refusal(environ, body)
        if answer is None and self._bolt is not None:
            environ["wsgi.input"] = io.BytesIO(body)
            environ["CONTENT_LENGTH"] = str(len(body))
            try:
                return self._bolt(environ, start_response)
            except ODD_SHAPES:
                answer = Answer(HTTPStatus.BAD_REQUEST)
        return _send(answer or Answer(HTTPStatus.NOT_FOUND), start_response)

    def _refusal(self, environ: "WSGIEnvironment", body: bytes) -> Answer | None:
        """What is answered without Bolt, or None."""
        if len(body) > MOST_BYTES:
            return Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if SSL_CHECK in body.split(b"&"):
            return Answer(HTTPStatus.OK)
        timestamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
        signed = environ.get("HTTP_X_SLACK_SIGNATURE", "")
        if not is_authentic(self.secret or "", timestamp, signed, body, self.now()):
            return Answer(HTTPStatus.UNAUTHORIZED)
        try:
            return _handshake(parsed(body, environ.get("CONTENT_TYPE", "").lower()))
        except MalformedError:
            return Answer(HTTPStatus.BAD_REQUEST)


def _body(environ: "WSGIEnvironment") -> bytes:
    """The body, but of one that is too long only so much that it shows."""
    try:
        length = max(0, int(environ.get("CONTENT_LENGTH") or 0))
    except ValueError:
        length = 0
    body: bytes = environ["wsgi.input"].read(min(length, MOST_BYTES + 1))
    return body


def _handshake(found: Json) -> Answer | None:
    """The answer to Slack's own trial of the address, or None for anything else."""
    if found.get("type") != "url_verification":
        return None
    if not isinstance(found.get("challenge"), str):
        return Answer(HTTPStatus.BAD_REQUEST)
    body = json.dumps({"challenge": found["challenge"]}).encode()
    return Answer(HTTPStatus.OK, body, "application/json")


def _send(answer: Answer, start_response: "StartResponse") -> list[bytes]:
    headers = [("Content-Type", answer.content_type), ("Content-Length", str(len(answer.body)))]
    start_response(f"{answer.status.value} {answer.status.phrase}", headers)
    return [answer.body]
