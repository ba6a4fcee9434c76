"""What goes over the wire in both directions, for the inspector."""

import json
from collections.abc import Iterator

from bot.practice.page import render
from bot.practice.page.reader import Reader
from bot.practice.records import Call, Delivery, Json
from bot.practice.state import Workspace

SHOWN = 150
Entry = tuple[str, Call | Delivery]


def entries(workspace: Workspace, calls_from: int, deliveries_from: int) -> list[Entry]:
    """Return (id, record) of everything from these numbers on, oldest first."""
    calls: list[Entry] = [
        (f"c{calls_from + i}", one) for i, one in enumerate(workspace.calls[calls_from:])
    ]
    sent = workspace.deliveries[deliveries_from:]
    found = [*calls, *((f"d{deliveries_from + i}", one) for i, one in enumerate(sent))]
    return sorted(found, key=lambda entry: entry[1].at)


def find(workspace: Workspace, entry_id: str) -> Call | Delivery:
    """Return the record with that id; raises LookupError or ValueError."""
    letter, number = entry_id[:1], int(entry_id[1:])
    return workspace.calls[number] if letter == "c" else workspace.deliveries[number]


def summary(entry: Entry, reader: Reader) -> str:
    """Draw one line of the inspector."""
    entry_id, record = entry
    is_out = isinstance(record, Delivery)
    return render.page(
        "wire.html",
        id=entry_id,
        is_out=is_out,
        name=_delivery_name(record) if isinstance(record, Delivery) else record.method,
        at=reader.local(record.at),
        refusal=refusal(record),
        outcome=record.outcome if isinstance(record, Delivery) else "ok",
        problems=list(problems(record)),
    )


def payload(record: Call | Delivery) -> list[tuple[str, str]]:
    """Return pairs of a title and pretty-printed JSON: what was said, what was answered."""
    if isinstance(record, Delivery):
        return [("Sent", _pretty(record.payload)), ("Answered", _pretty(record.body))]
    return [("Asked", _pretty(_parsed(record.arguments))), ("Answered", _pretty(record.answer))]


def refusal(record: Call | Delivery) -> str | None:
    """Return the error that Slack's side showed; None when there was none."""
    if isinstance(record, Delivery):
        return None if record.outcome in ("ok", "under way") else record.outcome
    if record.fault:
        return f"{record.fault} ({record.status or 'cut'})"
    answer = record.answer or {}
    return None if answer.get("ok") else str(answer.get("error", record.status))


def problems(record: Call | Delivery) -> Iterator[str]:
    """Yield the limits that a call broke."""
    if isinstance(record, Call):
        yield from (record.answer or {}).get("errors", ())


def _delivery_name(record: Delivery) -> str:
    payload = record.payload
    if record.kind == "slash_commands":
        return f"{payload['command']} {payload['text']}"
    if record.kind == "events_api":
        return f"event {payload.get('event', {}).get('type', '')}"
    return str(payload.get("type", record.kind))


def _parsed(arguments: Json) -> Json:
    """Form bodies carry JSON written out; show it as JSON."""
    return {name: _json(value) for name, value in arguments.items()}


def _json(value: object) -> object:
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _pretty(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, default=str)
