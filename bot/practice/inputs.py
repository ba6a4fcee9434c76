"""What people put into elements: the value each kind reports, and the one it starts with."""

from collections.abc import Iterator
from typing import Any

from bot.practice.blocks import children
from bot.practice.records import Json

REPORTS = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "file_input": "files",
}
MANY = {key for kind, key in REPORTS.items() if kind.startswith("multi_")}
MANY |= {"selected_options", "files"}
WITHOUT_STATE = {"overflow"}


def options(element: Json) -> list[Json]:
    groups = element.get("option_groups") or []
    inner = [option for group in groups for option in group["options"]]
    return [*(element.get("options") or []), *inner]


def option(element: Json, wanted: Any) -> Json:
    """The option with that value or label; a dict stands for itself (external menus)."""
    if isinstance(wanted, dict):
        return wanted
    for candidate in options(element):
        if wanted in (candidate.get("value"), candidate["text"]["text"]):
            return candidate
    labels = [candidate["text"]["text"] for candidate in options(element)]
    raise LookupError(f"no option {wanted!r} among {labels}")


def starting(element: Json) -> Json:
    """What an element reports before anybody touched it."""
    key = REPORTS[element["type"]]
    first = "initial_value" if "value" in key else key.replace("selected", "initial")
    return {"type": element["type"], key: element.get(first, [] if key in MANY else None)}


def filled(element: Json, value: Any) -> Json:
    """What an element reports after a person gave it `value`."""
    kind = element["type"]
    key = REPORTS[kind]
    if key == "selected_option":
        value = None if value is None else option(element, value)
    elif key == "selected_options":
        value = [option(element, one) for one in value]
    elif key == "value" and value is not None:
        value = str(value)
    return {"type": kind, key: value}


def after_pick(block: Json, element: Json, value: Any, kept: Json) -> Any:
    """What picking `value` leaves there: the choice that stands there already is taken away.

    https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
    """
    report = kept.get(block["block_id"], {}).get(element["action_id"], {})
    stands = report.get("selected_option")
    is_same = element["type"] == "static_select" and value is not None and stands
    return None if is_same and stands == option(element, value) else value


def is_empty(report: Json) -> bool:
    return report[REPORTS[report["type"]]] in (None, "", [])


def stateful(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every (block, element) of a surface that holds a value."""
    for block in blocks:
        for element in children(block):
            if element["type"] in REPORTS and element["type"] not in WITHOUT_STATE:
                yield block, element


def place(block: Json, element: Json) -> str:
    """The name of an element that no other element of the surface has."""
    return f"{block['block_id']}/{element['action_id']}"


def state_values(blocks: list[Json], given: dict[str, Any], kept: Json | None = None) -> Json:
    """`state.values`: what was given by action_id, block_id or place, else kept, else the start."""
    values: Json = {}
    unknown = set(given)
    for block, element in stateful(blocks):
        block_id, action_id = block["block_id"], element["action_id"]
        report = (kept or {}).get(block_id, {}).get(action_id) or starting(element)
        for name in (action_id, block_id, place(block, element)):
            if name in given:
                report = filled(element, given[name])
                unknown.discard(name)
        values.setdefault(block_id, {})[action_id] = report
    if unknown:
        raise LookupError(f"no input is called {sorted(unknown)}")
    return values


def left_empty(blocks: list[Json], values: Json) -> list[str]:
    """Labels of required inputs that the client would not let anybody submit."""
    return [
        block["label"]["text"]
        for block, element in stateful(blocks)
        if block["type"] == "input"
        and not block.get("optional")
        and is_empty(values[block["block_id"]][element["action_id"]])
    ]


def find(
    blocks: list[Json],
    action_id: str | None,
    label: str | None,
    index: int,
    block_id: str | None = None,
) -> tuple[Json, Json]:
    """The (block, element) a person would touch, by ids, label, and place among those."""
    found = [
        (block, element)
        for block in blocks
        for element in children(block)
        if action_id in (None, element.get("action_id"))
        and block_id in (None, block.get("block_id"))
        and (label is None or _label(block, element) == label)
    ]
    if not found:
        every = [element.get("action_id") for block in blocks for element in children(block)]
        raise LookupError(f"nothing to press for {action_id or label!r} among {every}")
    return found[index]


def _label(block: Json, element: Json) -> str:
    text = element.get("text") or element.get("placeholder") or block.get("label") or {}
    return str(text.get("text", ""))


def action(block: Json, element: Json, value: Any, action_ts: str) -> Json:
    """One entry of `actions` in a block_actions payload."""
    common = {
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "type": element["type"],
        "action_ts": action_ts,
    }
    if element["type"] in REPORTS:
        return {**filled(element, value), **common}
    kept: Json = {key: element[key] for key in ("text", "value", "style", "url") if key in element}
    return {**kept, **common}
