"""What is answered when more comes in than can be worked on: at once, and nothing was saved."""

import json
from typing import Any

from bot.domain.message import say
from bot.errors import UserError
from bot.slack.mrkdwn import Json
from bot.slack.response_url import ephemeral
from bot.slack.submission import at_field

BUSY = "I'm busy just now, and that was NOT saved. Please try again in a minute."


def refusal(frame: str) -> Json | None:
    """Return the answer to a frame of the socket; None for what Slack sends again by itself.

    A press that is not answered is shown as failed where it was made.
    """
    try:
        envelope: Any = json.loads(frame)
        name, kind, payload = (envelope[key] for key in ("envelope_id", "type", "payload"))
    except (ValueError, LookupError, TypeError):
        return None
    if kind == "slash_commands":
        return {"envelope_id": name, "payload": ephemeral(say(BUSY))}
    if isinstance(payload, dict) and payload.get("type") == "view_submission":
        answer = at_field(payload["view"], UserError(BUSY), say(BUSY))
        return {"envelope_id": name, "payload": answer}
    return None


def is_work(frame: str) -> bool:
    """Whether a frame is something that people did, and not Slack's own word about the line."""
    return '"envelope_id"' in frame
