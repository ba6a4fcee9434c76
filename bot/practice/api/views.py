"""views.*: modals and the Home tab. A trigger opens one modal, within three seconds."""

import json
from typing import Any

from bot.practice import limits
from bot.practice.api.content import with_ids
from bot.practice.api.request import RefusalError, Request
from bot.practice.blocks import view_problems
from bot.practice.objects import view_object
from bot.practice.records import Json, Trigger, View
from bot.practice.state import Workspace


def checked_view(workspace: Workspace, view: Any, kind: str, own: View | None = None) -> Json:
    """A copy with all ids filled in; refused as views.open and views.publish refuse.

    `own` is what stands there now, if anything does.
    """
    if view is None:
        raise RefusalError("invalid_arguments", ["missing required field: view"])
    if len(json.dumps(view).encode()) > limits.VIEW_BYTES:
        raise RefusalError("view_too_large")
    if problems := view_problems(view, (kind,)):
        raise RefusalError("invalid_arguments", problems)
    taken = view.get("external_id")
    if taken and any(
        other.body.get("external_id") == taken and other is not own
        for other in workspace.views.values()
    ):
        raise RefusalError("duplicate_external_id")
    before = own.body["blocks"] if own and kind == "home" else ()
    return {**view, "blocks": with_ids(workspace, view["blocks"], before)}


def _spend(request: Request) -> Trigger:
    if not request.given("trigger_id"):
        raise RefusalError("invalid_arguments", ["missing required field: trigger_id"])
    trigger = request.workspace.triggers.get(request.text("trigger_id"))
    if trigger is None:
        raise RefusalError("invalid_arguments", ["invalid `trigger_id`"])
    if trigger.used:
        raise RefusalError("exchanged_trigger_id")
    if request.workspace.clock() - trigger.made_at > limits.TRIGGER_LIFE:
        raise RefusalError("expired_trigger_id")
    return trigger


def _show(request: Request, trigger: Trigger, previous: View | None) -> Json:
    body = checked_view(request.workspace, request.parsed("view", "invalid_arguments"), "modal")
    trigger.used = True
    view = request.workspace.new_view(trigger.user, body, previous)
    view.trigger_id = trigger.id
    request.workspace.show(view, on_top=previous is not None)
    return _answer(request, view)


def _answer(request: Request, view: View) -> Json:
    return {"ok": True, "view": view_object(request.workspace, view)}


def open_view(request: Request) -> Json:
    return _show(request, _spend(request), None)


def push(request: Request) -> Json:
    trigger = _spend(request)
    stack = request.workspace.stacks.get(trigger.user, [])
    if not stack or trigger.view_id is None:
        raise RefusalError("not_found")
    if len(stack) >= limits.MODAL_DEPTH:
        raise RefusalError("push_limit_reached")
    return _show(request, trigger, stack[-1])


def _named(request: Request) -> View:
    if request.given("view_id") == request.given("external_id"):
        raise RefusalError("invalid_arguments", ["must provide either `view_id` or `external_id`"])
    if request.given("view_id"):
        found = request.workspace.views.get(request.text("view_id"))
    else:
        name = request.text("external_id")
        views = request.workspace.views.values()
        found = next((view for view in views if view.body.get("external_id") == name), None)
    if found is None or not found.is_open:
        raise RefusalError("not_found")
    return found


def _unchanged(request: Request, view: View) -> None:
    if request.given("hash") and request.text("hash") != view.hash:
        raise RefusalError("hash_conflict")


def update(request: Request) -> Json:
    view = _named(request)
    _unchanged(request, view)
    return _change(request, view, request.parsed("view", "invalid_arguments"))


def _change(request: Request, view: View, raw: Any) -> Json:
    body = checked_view(request.workspace, raw, view.body["type"], own=view)
    named = {block.get("block_id") for block in raw["blocks"]}
    # What was put in stays only in blocks that the app itself names.
    view.values = {name: put for name, put in view.values.items() if name in named}
    request.workspace.change_view(view, body)
    return _answer(request, view)


def publish(request: Request) -> Json:
    person = request.workspace.people.get(request.text("user_id"))
    if person is None:
        raise RefusalError("invalid_arguments", ["invalid `user_id`"])
    if person.deleted:
        raise RefusalError("not_enabled")
    view = request.workspace.homes.get(person.id)
    raw = request.parsed("view", "invalid_arguments")
    if view:
        _unchanged(request, view)
        return _change(request, view, raw)
    view = request.workspace.new_view(person.id, checked_view(request.workspace, raw, "home"))
    request.workspace.homes[person.id] = view
    request.workspace.tell()
    return _answer(request, view)
