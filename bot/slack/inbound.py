"""The body of a request from Slack, parsed before Bolt parses it, which answers 500 to nonsense."""

import json
from typing import Any
from urllib.parse import parse_qsl

from bot.slack.mrkdwn import Json

# Slack's payloads are some 20 deep; the parsers after this one have less stack left.
MOST_NESTED = 60
FORM_FIELDS = 100


class MalformedError(ValueError):
    """The body is nothing that Slack sends."""


def parsed(body: bytes, content_type: str) -> Json:
    """Return a command's fields, an interaction's payload or an event; raises MalformedError."""
    try:
        text = body.decode()
        found = _json(text) if _is_json(text, content_type) else _form(text)
    except (ValueError, RecursionError) as error:
        raise MalformedError(type(error).__name__) from None
    if not any(isinstance(found.get(key), str) for key in ("type", "command")):
        raise MalformedError("neither a command nor an interaction nor an event")
    return found


def _is_json(text: str, content_type: str) -> bool:
    return content_type.startswith("application/json") or text.startswith("{")


def _form(text: str) -> Json:
    fields: Json = dict(
        parse_qsl(
            text,
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=FORM_FIELDS,
        )
    )
    return _json(fields["payload"]) if "payload" in fields else fields


def _json(text: str) -> Json:
    found = json.loads(text)
    if not isinstance(found, dict) or _is_deeper(found, MOST_NESTED):
        raise ValueError("not an object, or too deep")
    return found


def _is_deeper(value: Any, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(part, levels - 1) for part in inner)
