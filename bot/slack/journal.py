"""A line in the log for everything that people do: who, what, how long, how it ended.

What they typed is never in it. Whatever else is logged meanwhile carries the same request id.
"""

import logging
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bot.commands import dispatch
from bot.errors import NotSaved, UserError
from bot.slack.elements import action_of
from bot.slack.mrkdwn import Json

log = logging.getLogger(__name__)

# The request that this thread works on; empty where it is none.
request: ContextVar[str] = ContextVar("request", default="")

_ID = re.compile(r"[A-Z0-9]{1,20}")
OK, REFUSED, NOT_SAVED, FAILED = "ok", "refused", "not_saved", "failed"


@contextmanager
def noted(body: Json) -> Iterator[None]:
    """Write the line when the work on a payload has ended, well or not."""
    mark, started, outcome = request.set(secrets.token_hex(4)), time.monotonic(), FAILED
    try:
        yield
        outcome = OK
    except UserError:
        outcome = REFUSED
        raise
    except NotSaved:
        outcome = NOT_SAVED
        raise
    finally:
        spent = (time.monotonic() - started) * 1000
        log.info(
            "heard action=%s workspace=%s user=%s ms=%.0f outcome=%s",
            *(_action(body), *_who(body), spent, outcome),
        )
        request.reset(mark)


def _action(body: Json) -> str:
    """Return the kind of payload and the name of ours that it asks for."""
    if "command" in body:
        return f"command:{dispatch.name_of(str(body.get('text') or ''))}"
    if actions := body.get("actions"):
        return f"press:{dispatch.name_of_press(action_of(str(actions[0].get('action_id'))))}"
    if body.get("type") == "view_submission":
        return f"form:{dispatch.name_of_form(str(body['view'].get('callback_id')))}"
    if "event" in body:
        return "message"
    if "callback_id" in body:
        return f"shortcut:{dispatch.name_of_shortcut(str(body['callback_id']))}"
    return "typing"


def _who(body: Json) -> tuple[str, str]:
    team, user = body.get("team") or {}, body.get("user") or {}
    event = body.get("event") or {}
    by = body.get("user_id") or user.get("id") or event.get("user")
    found = (body.get("team_id") or team.get("id"), by)
    workspace, person = (one if _ID.fullmatch(str(one)) else "?" for one in found)
    return str(workspace), str(person)
