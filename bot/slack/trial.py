"""Slack asked for a trial: what a token may do, whether a socket opens, whether blocks are taken.

Nothing here is posted. Unlike `bot.slack.web`, it wants to know all that Slack said.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin.connection import Connection

from bot.domain.message import Message
from bot.slack import blocks
from bot.slack.forms import FORMS
from bot.slack.mrkdwn import Json
from bot.slack.web import silent, web_client

UNREACHABLE = "unreachable"
# Slack's reference names no scope for it, and says that "special rate limits apply".
VALIDATE = "blocks.validate"


@dataclass(frozen=True, slots=True)
class Heard:
    """What Slack said: `error` is its code, None for a success; `scopes` None when it did not say.

    `at` is Slack's own time.
    """

    data: Json
    error: str | None = None
    scopes: frozenset[str] | None = None
    at: datetime | None = None


class Trial:
    """Asks Slack with one token, and raises nothing."""

    def __init__(self, token: str, api_url: str) -> None:
        self._client: WebClient = web_client(token, api_url)

    def ask(self, method: str, **arguments: Any) -> Heard:
        """Call a method once."""
        try:
            return _heard(self._client.api_call(method, params=arguments))
        except SlackApiError as error:
            return _heard(error.response)
        except (URLError, OSError, HTTPException, ValueError, AttributeError) as error:
            return Heard({"why": _cause(error)}, UNREACHABLE)

    def takes(self, rungs: Sequence[Json]) -> tuple[int, Heard]:
        """Return the first way to say something that Slack would take, and the last answer."""
        heard = Heard({})
        for number, rung in enumerate(rungs):
            heard = self.ask(VALIDATE, blocks=json.dumps(rung["blocks"]))
            if heard.error != "invalid_blocks":
                return number, heard
        return len(rungs), heard

    def takes_form(self, name: str) -> Heard:
        """Whether Slack would take a form, drawn empty."""
        view = {**FORMS[name]({}), "callback_id": name}
        return self.ask(VALIDATE, view=json.dumps(view))

    def takes_home(self, message: Message) -> Heard:
        """Whether Slack would take a Home without charts, which is how it is drawn at least."""
        return self.ask(VALIDATE, view=json.dumps(blocks.home_rungs(message)[-2]))


def with_blocks(message: Message) -> list[Json]:
    """Return the ways to say a message that have blocks, the richest first."""
    return [rung for rung in blocks.rungs(message) if rung.get("blocks")]


def opens(url: str) -> bool:
    """Whether a web socket opens; it is closed again at once, before it is given any work."""
    connection: Any = Connection(url=url, logger=silent)
    connection.connect()
    is_open = bool(connection.is_active())
    connection.close()
    return is_open


def _heard(response: Any) -> Heard:
    data = response.data if isinstance(response.data, dict) else {}
    code = data.get("error")
    # A page of a proxy may stand there as well.
    is_code = isinstance(code, str) and code.replace("_", "").replace("-", "").isalnum()
    error = code if is_code else f"http_{response.status_code}"
    headers = {str(name).lower(): str(value) for name, value in dict(response.headers).items()}
    named = headers.get("x-oauth-scopes")
    return Heard(
        data,
        None if data.get("ok") is True else error,
        None if named is None else frozenset(filter(None, named.replace(" ", "").split(","))),
        _time(headers.get("date", "")),
    )


def _time(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def _cause(error: Exception) -> str:
    """The class alone: texts of errors may hold the address that was asked."""
    reason = getattr(error, "reason", None)
    return type(reason if isinstance(reason, Exception) else error).__name__
