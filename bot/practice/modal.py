"""What becomes of a modal once its submission is acknowledged.

https://docs.slack.dev/surfaces/modals#handling_submissions
"""

from typing import Any

from bot.practice.answer import Answer
from bot.practice.api.request import RefusalError
from bot.practice.api.views import checked_view
from bot.practice.limits import MODAL_DEPTH
from bot.practice.records import Json, View
from bot.practice.state import Workspace

INVALID = "invalid_response"


def after_submission(workspace: Workspace, view: View, answer: Answer) -> None:
    """Close, clear, change, push, or show errors, as the acknowledgement asks."""
    if answer.error:
        return
    body = answer.body
    action = body.get("response_action") if isinstance(body, dict) else None
    if not body:
        workspace.close_view(view)
    elif action not in AFTER:
        answer.error = INVALID
    else:
        try:
            AFTER[action](workspace, view, answer)
        except RefusalError as refusal:
            answer.error = str(refusal)
            answer.body = refusal.answer


def _clear(workspace: Workspace, view: View, answer: Answer) -> None:
    workspace.close_modals(view.user)


def _errors(workspace: Workspace, view: View, answer: Answer) -> None:
    errors = answer.body.get("errors")
    inputs = {block["block_id"] for block in view.body["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or set(errors) - inputs:
        answer.error = INVALID
        return
    with workspace.changed:
        view.errors = answer.errors = dict(errors)
        workspace.tell()


def _update(workspace: Workspace, view: View, answer: Answer) -> None:
    workspace.change_view(view, _checked(workspace, answer.body, own=view))
    answer.view = view


def _push(workspace: Workspace, view: View, answer: Answer) -> None:
    if len(workspace.stacks.get(view.user, [])) >= MODAL_DEPTH:
        raise RefusalError("push_limit_reached")
    pushed = workspace.new_view(view.user, _checked(workspace, answer.body), view)
    workspace.show(pushed, on_top=True)
    answer.view = pushed


def _checked(workspace: Workspace, body: Json, own: View | None = None) -> Any:
    return checked_view(workspace, body.get("view"), "modal", own)


AFTER = {"clear": _clear, "errors": _errors, "update": _update, "push": _push}
