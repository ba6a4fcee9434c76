"""The same from another process: POST /control/NAME with JSON, for this machine only.

Names are those of COMMANDS; arguments are those of the methods of PracticeSlack, with people and
channels by name or id, messages as {"channel": ..., "ts": ...} and modals as {"view": id}.
GET works too for what only looks. An answer is {"ok": true, "result": ...} or
{"ok": false, "error": "..."} with status 400.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from typing import Any

from aiohttp import web

from bot.practice.answer import PATIENCE, Answer
from bot.practice.driver import PracticeSlack
from bot.practice.records import Json, Message, View

MISTAKES = (LookupError, ValueError, TypeError, PermissionError, TimeoutError)
Command = Callable[[PracticeSlack, Json], Any]


def _where(slack: PracticeSlack, given: Json) -> Message | View:
    """The message or modal that `channel` and `ts`, or `view`, name."""
    if "view" in given:
        return slack.workspace.views[given.pop("view")]
    channel = slack.workspace.channel(given.pop("channel"))
    ts = given.pop("ts")
    found = next(
        (m for m in slack.workspace.messages if (m.channel, m.ts) == (channel.id, ts)), None
    )
    if found is None:
        raise LookupError(f"no message {ts} in {channel.name or channel.id}")
    return found


def _slash(slack: PracticeSlack, given: Json) -> Any:
    return slack.slash(given.pop("user"), given.pop("channel", None), **given)


def _press(slack: PracticeSlack, given: Json) -> Any:
    return slack.press(given.pop("user"), _where(slack, given), **given)


def _submit(slack: PracticeSlack, given: Json) -> Any:
    return slack.submit_view(given.pop("user"), _view(slack, given), **given)


def _close(slack: PracticeSlack, given: Json) -> Any:
    return slack.close_view(given.pop("user"), _view(slack, given))


def _view(slack: PracticeSlack, given: Json) -> View:
    return slack.workspace.views[given.pop("view")]


def _type_ahead(slack: PracticeSlack, given: Json) -> Any:
    return slack.type_ahead(given.pop("user"), _where(slack, given), **given)


def _shortcut(slack: PracticeSlack, given: Json) -> Any:
    on = _where(slack, given) if "ts" in given else None
    message = on if isinstance(on, Message) else None
    return slack.shortcut(given.pop("user"), given.pop("callback_id"), message)


def _say(slack: PracticeSlack, given: Json) -> Any:
    return slack.say(given.pop("user"), given.pop("channel", None), **given)


def _support(slack: PracticeSlack, given: Json) -> None:
    slack.support_blocks(*given["kinds"], supported=given.get("supported", True))


def _vanish(slack: PracticeSlack, given: Json) -> None:
    slack.vanish_for(float(given["seconds"]))


def _wait_messages(slack: PracticeSlack, given: Json) -> list[Message]:
    """Wait until a channel (or a person's direct messages) holds `count` messages."""
    channel, viewer = given.get("channel"), given.get("viewer")

    def seen() -> list[Message]:
        return slack.messages(channel, viewer) if channel else slack.dms(given["user"])

    slack.wait_for(lambda: len(seen()) >= given.get("count", 1), given.get("timeout", PATIENCE))
    return seen()


COMMANDS: dict[str, Command] = {
    "slash": _slash,
    "press": _press,
    "submit": _submit,
    "close": _close,
    "type_ahead": _type_ahead,
    "shortcut": _shortcut,
    "say": _say,
    "open_home": lambda slack, given: slack.open_home(**given),
    "home": lambda slack, given: slack.home(**given),
    "modal": lambda slack, given: slack.modal(**given),
    "event": lambda slack, given: slack.send_event(given),
    "add_user": lambda slack, given: slack.add_user(**given),
    "change_user": lambda slack, given: slack.change_user(given.pop("user"), **given),
    "add_channel": lambda slack, given: slack.add_channel(**given),
    "users": lambda slack, given: list(slack.workspace.people.values()),
    "channels": lambda slack, given: list(slack.workspace.channels.values()),
    "messages": lambda slack, given: slack.messages(**given),
    "dms": lambda slack, given: slack.dms(**given),
    "ephemerals": lambda slack, given: slack.ephemerals(**given),
    "wait_messages": _wait_messages,
    "calls": lambda slack, given: slack.calls,
    "deliveries": lambda slack, given: slack.deliveries,
    "connections": lambda slack, given: len(slack.server.link.connections),
    "wait_connected": lambda slack, given: slack.wait_connected(**given),
    "environment": lambda slack, given: slack.environment,
    "use_http": lambda slack, given: slack.use_http(**given),
    "misbehave": lambda slack, given: slack.misbehave(**given),
    "behave": lambda slack, given: slack.behave(),
    "support_blocks": _support,
    "vanish": _vanish,
    "cut_sockets": lambda slack, given: slack.cut_sockets(),
    "refresh_sockets": lambda slack, given: slack.refresh_sockets(**given),
    "advance": lambda slack, given: slack.advance(**given),
}


def mount(app: web.Application, slack: PracticeSlack) -> None:
    """Add /control/ to the server's application; before it starts."""

    async def control(request: web.Request) -> web.Response:
        refusal = _refusal(request)
        if refusal:
            return _answer({"ok": False, "error": refusal}, 403)
        command = COMMANDS.get(request.match_info["name"])
        if command is None:
            return _answer({"ok": False, "error": f"one of: {', '.join(sorted(COMMANDS))}"}, 404)
        try:
            given = {**request.query, **await _body(request)}
            waiting = given.pop("wait", 0)
            # A command may wait for the bot, which needs this loop meanwhile.
            result = await asyncio.to_thread(_run, command, slack, given, waiting)
        except MISTAKES as mistake:
            problem = f"{type(mistake).__name__}: {mistake}"
            return _answer({"ok": False, "error": problem}, 400)
        return _answer({"ok": True, "result": result}, 200)

    app.router.add_route("GET", "/control/{name}", control)
    app.router.add_route("POST", "/control/{name}", control)


def _run(command: Command, slack: PracticeSlack, given: Json, waiting: int) -> Any:
    result = command(slack, given)
    if waiting and isinstance(result, Answer):
        result.wait(int(waiting))
    with slack.workspace.changed:
        return jsonable(result)


def _refusal(request: web.Request) -> str | None:
    """A page in somebody's browser must not be able to reach this; origin.py checks more."""
    if request.method == "POST" and request.content_type != "application/json":
        return "send application/json"
    return None


async def _body(request: web.Request) -> Json:
    text = await request.text() if request.can_read_body else ""
    found = json.loads(text or "{}")
    if not isinstance(found, dict):
        raise ValueError("send a JSON object")
    return found


def _answer(found: Json, status: int) -> web.Response:
    return web.json_response(found, status=status)


def jsonable(value: Any) -> Any:
    """Plain JSON of answers, records and lists of them."""
    if isinstance(value, Answer):
        shown = {name: getattr(value, name) for name in ("error", "body", "errors", "options")}
        return jsonable({**shown, "messages": value.messages, "view": value.view})
    if is_dataclass(value) and not isinstance(value, type):
        return jsonable(asdict(value))
    if isinstance(value, dict):
        return {key: jsonable(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set):
        return [jsonable(part) for part in (sorted(value) if isinstance(value, set) else value)]
    return value
