"""Answers to an interaction that come later: five within half an hour, to its response_url.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

from typing import Any

from bot.practice import limits
from bot.practice.api.content import checked_blocks, checked_text, fallback_text, with_ids
from bot.practice.api.request import RefusalError
from bot.practice.records import Hook, Json, Message
from bot.practice.state import Workspace


def receive(workspace: Workspace, hook_id: str, body: Any, unsupported: Any = ()) -> None:
    """Take one answer, or raise a refusal: used_url, expired_url, invalid_blocks, ..."""
    with workspace.changed:
        hook = workspace.hooks.get(hook_id)
        if hook is None:
            raise RefusalError("invalid_url")
        if workspace.clock() - hook.made_at > limits.HOOK_LIFE:
            raise RefusalError("expired_url")
        if hook.uses >= limits.HOOK_USES:
            raise RefusalError("used_url")
        if not isinstance(body, dict):
            raise RefusalError("invalid_payload")
        apply(workspace, hook, body, unsupported)
        hook.uses += 1


def apply(workspace: Workspace, hook: Hook, body: Json, unsupported: Any = ()) -> None:
    """Show an answer: delete or replace the original, or say something new."""
    with workspace.changed:
        if body.get("delete_original") is True:
            if hook.original:
                workspace.delete(hook.original)
            return
        blocks = with_ids(workspace, checked_blocks(body.get("blocks"), unsupported))
        text = checked_text(str(body.get("text") or ""), blocks, body.get("attachments"))
        said = fallback_text(text, blocks)
        if body.get("replace_original") is True and hook.original:
            workspace.edit(hook.original, said, blocks)
            hook.posts.append(hook.original)
        else:
            hook.posts.append(_say(workspace, hook, body, said, blocks))
        workspace.tell()


def acknowledge(workspace: Workspace, hook: Hook, body: Json, unsupported: Any = ()) -> None:
    """Show what a command was acknowledged with, first of the answers even if others raced it."""
    with workspace.changed:
        apply(workspace, hook, body, unsupported)
        hook.posts.insert(0, hook.posts.pop())


def _say(workspace: Workspace, hook: Hook, body: Json, text: str, blocks: list[Json]) -> Message:
    is_public = body.get("response_type") == "in_channel"
    return workspace.post(
        hook.channel,
        workspace.bot.id,
        text,
        blocks=blocks,
        visible_to=None if is_public else hook.user,
        thread_ts=body.get("thread_ts"),
    )


def status(error: str) -> int:
    return 404 if error in ("used_url", "expired_url", "invalid_url") else 400
