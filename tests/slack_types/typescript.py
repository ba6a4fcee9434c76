"""What was said, as constants of TypeScript: one of each distinct shape, with Slack's own type."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bot.practice import Call, Delivery

Json = Any
Spoken = tuple[str, Json]

HEAD = """\
import type { KnownBlock } from '@slack/types';
import type * as bolt from '@slack/bolt';
import type * as web from '@slack/web-api';
import type * as slack from '@slack/types';

// What Slack sends and its packages have not written down; its own samples have these keys.
interface Unwritten {
  api_app_id?: string;
  channel_type?: string;
  event_ts?: string;
  is_stranger?: boolean;
  message?: object;
  name?: string;
  style?: string;
  submit_disabled?: boolean;
  username?: string;
}
// Objects whose keys are named by whoever makes them have no others.
type Other<T> = string extends keyof T ? unknown : Unwritten;
type Parts<T> = { [K in keyof T]: Sent<T[K]> | (undefined extends T[K] ? null : never) };
// What comes from Slack: texts where the packages have enums, null where they have nothing.
type Sent<T> = T extends string ? `${T}`
  : T extends (infer Each)[] ? Sent<Each>[]
  : T extends object ? keyof T extends never ? object : Parts<T> & Other<T>
  : T;
"""
# Blocks that Slack has and its package does not know yet; the practice Slack checks them itself.
NEWER = {"data_visualization"}
NEWER_KEYS = {"header": {"level"}}
# Their own text decides which shape an object has; all other texts are alike.
TELLING = {"type", "style", "response_type", "response_action", "direction", "error"}
# Named by whoever makes them, not by Slack.
MAPS = {"values", "errors", "event_payload", "args"}
# Arguments of reading methods travel as text.
NUMBERS = {"limit"}
FLAGS = {"include_all_metadata", "include_num_members", "include_locale", "return_im"}
INTERACTIONS = {
    "block_actions": "bolt.BlockAction",
    # The package asks for a response_url, which a press in a modal or on Home has none of.
    "block_actions in a view": "Omit<bolt.BlockAction, 'response_url'>",
    "view_submission": "bolt.ViewSubmitAction",
    "view_closed": "bolt.ViewClosedAction",
    "block_suggestion": "bolt.BlockSuggestion",
    "shortcut": "bolt.GlobalShortcut",
    "message_action": "bolt.MessageShortcut",
}
ANSWERS = {
    "block_suggestion": "bolt.BlockOptions",
    "view_submission": "bolt.ViewResponseAction",
}
EVENTS = {
    # The package has the view as it was sent to Slack, without the id that Slack gave it.
    "app_home_opened": "Omit<slack.AppHomeOpenedEvent, 'view'> & { view?: bolt.ViewOutput }",
    "app_mention": "slack.AppMentionEvent",
    "app_uninstalled": "slack.AppUninstalledEvent",
    # Its `subtype: undefined` cannot be written in JSON.
    "message": "Omit<slack.GenericMessageEvent, 'subtype'>",
    "tokens_revoked": "slack.TokensRevokedEvent",
    "user_change": "slack.UserChangeEvent",
}
# No call to the Web API, or one of which the packages know less than everything.
WITHOUT_TYPES = {"response_url", "api.test"}


def written(
    calls: Iterable[Call], deliveries: Iterable[Delivery], views: Iterable[Json] = ()
) -> str:
    """Return a module that compiles if, and only if, all of it has the shapes of Slack."""
    kept: dict[tuple[str, str], Json] = {}
    for kind, value in _spoken(calls, deliveries, views):
        for each_kind, each in ((kind, value), *(("KnownBlock", b) for b in _blocks(value))):
            kept.setdefault((each_kind, repr(shape(each))), each)
    lines = [f"const c{n}: {kind} = {_text(value)};" for n, ((kind, _), value) in _numbered(kept)]
    names = ", ".join(f"c{n}" for n in range(len(lines)))
    return "\n".join((HEAD, *lines, f"export default [{names}];", ""))


def _spoken(
    calls: Iterable[Call], deliveries: Iterable[Delivery], views: Iterable[Json]
) -> Iterator[Spoken]:
    yield from _of_calls(calls)
    yield from _of_deliveries(deliveries)
    yield from (("slack.View", view) for view in views)


def _numbered(kept: dict[tuple[str, str], Json]) -> Iterator[tuple[int, Any]]:
    return enumerate(kept.items())


def _text(value: Json) -> str:
    return json.dumps(value, ensure_ascii=True)


def _of_calls(calls: Iterable[Call]) -> Iterator[Spoken]:
    for call in calls:
        name = "".join(part[0].upper() + part[1:] for part in call.method.split("."))
        if call.method == "response_url":
            yield "bolt.RespondArguments", without_newer(call.arguments)
        if call.method in WITHOUT_TYPES:
            continue
        yield f"web.{name}Arguments", without_newer(_typed(call.arguments))
        if call.answer is not None:
            yield f"Sent<web.{name}Response>", _without_blocks(call.answer)


def _without_blocks(value: Json) -> Json:
    """Answers repeat the blocks, in types made from a few samples only."""
    if isinstance(value, dict):
        parts = {key: _without_blocks(part) for key, part in value.items()}
        return {**parts, "blocks": []} if "blocks" in value else parts
    return [_without_blocks(part) for part in value] if isinstance(value, list) else value


def _typed(arguments: Json) -> Json:
    found = dict(arguments)
    for key in found.keys() & NUMBERS:
        found[key] = int(found[key])
    for key in found.keys() & FLAGS:
        found[key] = found[key] in ("1", "true", True)
    for key in ("blocks", "metadata", "view"):
        if isinstance(found.get(key), str):
            found[key] = json.loads(found[key])
    return found


def _of_deliveries(deliveries: Iterable[Delivery]) -> Iterator[Spoken]:
    for each in deliveries:
        payload = without_newer(each.payload)
        if each.kind == "slash_commands":
            yield "Sent<bolt.SlashCommand>", payload
            if each.body:
                yield "bolt.RespondArguments", without_newer(each.body)
        elif each.kind == "events_api":
            yield f"Sent<bolt.EnvelopedEvent<{EVENTS[payload['event']['type']]}>>", payload
        else:
            yield from _of_interaction(payload, without_newer(each.body))


def _of_interaction(payload: Json, body: Json) -> Iterator[Spoken]:
    kind = payload["type"]
    is_in_view = kind == "block_actions" and "view" in payload
    yield f"Sent<{INTERACTIONS[f'{kind} in a view' if is_in_view else kind]}>", payload
    if body:
        yield ANSWERS[kind], body


def without_newer(value: Json) -> Json:
    """Return a copy without the blocks, and their keys, that Slack's package does not know."""
    if isinstance(value, dict):
        newer = NEWER_KEYS.get(str(value.get("type")), set())
        return {key: without_newer(part) for key, part in value.items() if key not in newer}
    if isinstance(value, list):
        return [without_newer(part) for part in value if not _is_newer(part)]
    return value


def _is_newer(value: Json) -> bool:
    return isinstance(value, dict) and value.get("type") in NEWER


def _blocks(value: Json) -> Iterator[Json]:
    """Every block, wherever it stands: in its place the package takes any block at all."""
    if isinstance(value, list):
        for part in value:
            yield from _blocks(part)
    if isinstance(value, dict):
        for key, part in value.items():
            if key == "blocks":
                yield from part
            else:
                yield from _blocks(part)


def shape(value: Json) -> Json:
    """Return what two values of one shape have in common: keys, kinds, and what is telling."""
    if isinstance(value, dict):
        return {key: _part(key, value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return sorted({repr(shape(part)) for part in value})
    return type(value).__name__


def _part(key: str, part: Json) -> Json:
    if key in TELLING and isinstance(part, str):
        return part
    if key in MAPS and isinstance(part, dict):
        inner = [shape(one) for one in part.values()]
        return sorted({repr(one) for one in inner})
    return shape(part)
