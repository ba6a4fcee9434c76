"""What a message carries, checked as Slack checks it: text, blocks, metadata."""

import json
import re
from collections.abc import Collection, Sequence
from copy import deepcopy
from typing import Any

from bot.practice import limits
from bot.practice.api.request import RefusalError, Request
from bot.practice.blocks import children, message_problems
from bot.practice.records import Json
from bot.practice.state import Workspace

METADATA_TYPE = re.compile(r"[A-Za-z0-9_.-]+")


def checked_blocks(blocks: Any, unsupported: Collection[str] = ()) -> list[Json]:
    if blocks is None:
        return []
    if not isinstance(blocks, list):
        raise RefusalError("invalid_blocks_format")
    if problems := message_problems(blocks, unsupported):
        raise RefusalError("invalid_blocks", problems)
    return blocks


def checked_text(text: str, blocks: list[Json], attachments: Any = None) -> str:
    if not text.strip() and not blocks and not attachments:
        raise RefusalError("no_text")
    if len(text) > limits.MESSAGE_TEXT:
        raise RefusalError("msg_too_long")
    return text


def checked_metadata(request: Request) -> Json | None:
    """`{event_type, event_payload}` or nothing; {} takes metadata away from an edited message."""
    found = request.parsed("metadata", "invalid_metadata_format")
    if found in (None, {}):
        return None
    if not isinstance(found, dict) or set(found) - {"event_type", "event_payload", "entities"}:
        raise RefusalError("invalid_metadata_format")
    kind, payload = found.get("event_type"), found.get("event_payload")
    if not isinstance(kind, str) or not METADATA_TYPE.fullmatch(kind):
        raise RefusalError("invalid_metadata_format")
    if not isinstance(payload, dict) or not all(map(_is_metadata_value, payload.values())):
        raise RefusalError("invalid_metadata_format")
    if len(json.dumps(payload)) > limits.METADATA_BYTES:
        raise RefusalError("metadata_too_large")
    return found


def _is_metadata_value(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(part, str | int | float | bool) for part in value.values())
    if isinstance(value, list):
        return all(map(_is_metadata_value, value))
    return isinstance(value, str | int | float | bool)


def with_ids(workspace: Workspace, blocks: list[Json], before: Sequence[Json] = ()) -> list[Json]:
    """A copy in which every block and element has the id that Slack would give it.

    What stood in `before` just as it stands now keeps its id, for whoever is about to touch it.
    """
    filled = deepcopy(blocks)
    named = {block.get("block_id") for block in filled}
    known = [block for block in before if block["block_id"] not in named]
    for block in filled:
        same = next((one for one in known if one == {"block_id": one["block_id"], **block}), None)
        if same:
            known.remove(same)
        block.setdefault("block_id", same["block_id"] if same else workspace.next_id("b"))
        for element in children(block):
            element.setdefault("action_id", workspace.next_id("a"))
    return filled


def fallback_text(text: str, blocks: list[Json]) -> str:
    """Slack makes a text from the blocks when none is given."""
    return text or " ".join(filter(None, map(_block_text, blocks)))


def _block_text(block: Json) -> str:
    text = block.get("text")
    return str(text.get("text", "")) if isinstance(text, dict) else str(text or "")
