"""One call to Slack's Web API, and what its end means for whoever made it.

Slack has no key that makes a call happen once, so nothing here ever sends a call again: the
client's own retries are off, and each end is told apart by whether Slack may have accepted it.
"""

import errno
import logging
import socket
import ssl
import time
from collections.abc import Callable
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import Permanent, Retryable, SlackError, Uncertain
from bot.slack.mrkdwn import Json

DEFAULT_API_URL = WebClient.BASE_URL
# Slack's own call to us ends after three seconds; a look at Slack on the way must end before.
REQUEST_TIMEOUT, JOB_TIMEOUT = 2, 8
# https://docs.slack.dev/apis/web-api/rate-limits: 429 always names a time; this is for one that
# came without.
PAUSE = 30.0

TOKEN_ERRORS = frozenset(
    {
        *("not_authed", "invalid_auth", "account_inactive", "token_revoked", "token_expired"),
        *("missing_scope", "not_allowed_token_type", "no_permission", "access_denied"),
        *("org_login_required", "ekm_access_denied", "team_access_not_granted"),
    }
)
BUSY = frozenset({"ratelimited", "rate_limited", "accesslimited", "team_added_to_org"})
MAYBE_ACCEPTED = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
)
NEVER_CONNECTED = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)
NO_WAY_THERE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN})
UNREADABLE = (OSError, HTTPException, ValueError, AttributeError)

log = logging.getLogger(__name__)
# The client writes what Slack answered into its own log, texts included.
silent = logging.getLogger("rapport.silent")
silent.setLevel(logging.CRITICAL + 1)

Heard = Callable[[str, str, float], None]


def unheard(method: str, result: str, seconds: float) -> None:
    """Until somebody counts the calls."""


def web_client(token: str, api_url: str = DEFAULT_API_URL, timeout: int = JOB_TIMEOUT) -> WebClient:
    """Return a client that sends every call once and ends within `timeout` seconds."""
    return WebClient(
        token=token,
        base_url=api_url.rstrip("/") + "/",
        timeout=timeout,
        retry_handlers=[],
        logger=silent,
    )


class Web:
    """Calls Slack for one workspace; a method that was limited rests for as long as Slack said.

    `heard(method, result, seconds)` is told how each call ended: ok, or the reason of the error.
    `resting` may be shared with others that call for the same workspace. `granted` are the scopes
    that Slack named with its last answer.
    """

    def __init__(
        self,
        client: WebClient,
        heard: Heard = unheard,
        resting: dict[str, float] | None = None,
    ) -> None:
        self.client = client
        self.heard = heard
        self._resting: dict[str, float] = {} if resting is None else resting
        self.granted: frozenset[str] = frozenset()

    def read(self, method: str, **arguments: Any) -> Json:
        """Ask Slack something; raises Retryable, Uncertain or Permanent."""
        return self._call(method, params=arguments)

    def write(self, method: str, **arguments: Any) -> Json:
        """Have Slack do something, at most once; raises Retryable, Uncertain or Permanent."""
        return self._call(method, json=arguments)

    def _call(self, method: str, **body: Any) -> Json:
        left = self._resting.get(method, 0) - time.monotonic()
        if left > 0:
            raise Retryable("ratelimited", after=left)
        started = time.monotonic()
        try:
            answer, self.granted = _once(self.client, method, body)
        except SlackError as error:
            self.heard(method, error.reason, time.monotonic() - started)
            self._note(method, error)
            raise
        self.heard(method, "ok", time.monotonic() - started)
        return answer

    def _note(self, method: str, error: SlackError) -> None:
        if isinstance(error, Retryable) and error.after is not None:
            self._resting[method] = time.monotonic() + error.after
        if error.reason in TOKEN_ERRORS:
            log.error("Slack refuses the bot's token: %s answered %s", method, error.reason)


def _once(client: WebClient, method: str, body: Json) -> tuple[Json, frozenset[str]]:
    try:
        response = client.api_call(method, **body)
    except SlackApiError as error:
        raise _refusal(error.response) from None
    except URLError as error:
        raise _failed_to_send(error) from None
    except UNREADABLE as error:
        raise Uncertain(type(error).__name__) from None
    data, named = response.data, dict(response.headers or {}).items()
    scopes = next((value for key, value in named if key.lower() == "x-oauth-scopes"), "")
    granted = frozenset(one.strip() for one in str(scopes).split(","))
    return data if isinstance(data, dict) else {}, granted


def _failed_to_send(error: URLError) -> SlackError:
    cause = error.reason
    is_unreached = isinstance(cause, OSError) and cause.errno in NO_WAY_THERE
    name = type(cause).__name__
    return (
        Retryable(name) if is_unreached or isinstance(cause, NEVER_CONNECTED) else Uncertain(name)
    )


def _refusal(response: Any) -> SlackError:
    """What Slack's answer means; the body may be anything, and a proxy's page as well."""
    status, data = response.status_code, response.data
    code = data.get("error") if isinstance(data, dict) else None
    # The client puts the page itself in place of the code when it cannot read it.
    if not isinstance(code, str) or not code.replace("_", "").replace("-", "").isalnum():
        code = None
    if status == 429 or code in BUSY:
        return Retryable(code or "ratelimited", after=_seconds(response.headers))
    if status >= 500 or code in MAYBE_ACCEPTED or (status == 200 and code is None):
        return Uncertain(code or f"http_{status}")
    if code is None or code in TOKEN_ERRORS:
        return Retryable(code or f"http_{status}")
    return Permanent(code)


def _seconds(headers: Any) -> float:
    named = {str(name).lower(): value for name, value in dict(headers).items()}
    try:
        return max(0.0, float(named["retry-after"]))
    except (KeyError, TypeError, ValueError):
        return PAUSE
