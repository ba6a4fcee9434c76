"""Signed HTTP: commands, interactions and events as POSTs to the app's request URL.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import asyncio
import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.practice.link import DISPATCH_FAILED, TIMED_OUT, Outcome
from bot.practice.records import Json

FORM = "application/x-www-form-urlencoded"


def signature(secret: str, timestamp: str, body: bytes) -> str:
    signed = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def headers(secret: str, body: bytes, content_type: str, at: float | None = None) -> dict[str, str]:
    timestamp = str(int(time.time() if at is None else at))
    return {
        "Content-Type": content_type,
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(secret, timestamp, body),
    }


def encoded(kind: str, payload: Json) -> tuple[bytes, str]:
    """The body and its content type: commands as a form, interactions as a form's payload."""
    if kind == "slash_commands":
        return urlencode(payload).encode(), FORM
    if kind == "interactive":
        return urlencode({"payload": json.dumps(payload)}).encode(), FORM
    return json.dumps(payload).encode(), "application/json"


class SignedHttp:
    """Posts to one request URL. Lives in the event loop; not thread-safe."""

    def __init__(self, url: str, secret: str, ack_timeout: float) -> None:
        self.url, self.secret, self.ack_timeout = url, secret, ack_timeout

    async def deliver(self, kind: str, payload: Json, attempt: int, copies: int) -> Outcome:
        """Post it (or several copies) and wait for the first answer."""
        body, content_type = encoded(kind, payload)
        sent = headers(self.secret, body, content_type)
        if attempt:
            sent |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_timeout"}
        posts = [asyncio.create_task(self._post(body, sent)) for _ in range(copies)]
        outcomes = await asyncio.gather(*posts)
        return next((one for one in outcomes if one.error is None), outcomes[0])

    async def _post(self, body: bytes, sent: dict[str, str]) -> Outcome:
        limit = ClientTimeout(total=self.ack_timeout)
        try:
            async with (
                ClientSession(timeout=limit) as session,
                session.post(self.url, data=body, headers=sent) as response,
            ):
                text = await response.text()
        except TimeoutError:
            return TIMED_OUT
        except ClientError:
            return DISPATCH_FAILED
        if response.status != 200:
            return Outcome("dispatch_failed", text)
        return Outcome(body=_parsed(text))


def _parsed(text: str) -> object:
    if not text.strip():
        return None
    try:
        return json.loads(text)
    except ValueError:
        return text
