"""chat.*: messages posted, edited, deleted, shown to one person."""

from bot.practice.api.content import (
    checked_blocks,
    checked_metadata,
    checked_text,
    fallback_text,
    with_ids,
)
from bot.practice.api.request import RefusalError, Request
from bot.practice.objects import message_object
from bot.practice.records import Channel, Json


def _content(request: Request) -> tuple[str, list[Json]]:
    raw = request.parsed("blocks", "invalid_blocks_format")
    blocks = checked_blocks(raw, request.unsupported)
    attachments = request.parsed("attachments", "invalid_attachments")
    text = checked_text(request.text("text"), blocks, attachments)
    return text, with_ids(request.workspace, blocks)


def _destination(request: Request) -> Channel:
    """The channel named by its id or #name, or the direct message with a person's id."""
    if not request.given("channel"):
        raise RefusalError("invalid_arguments", ["missing required field: channel"])
    name = request.text("channel")
    person = request.workspace.people.get(name)
    if person and (person.is_bot or person.deleted):
        raise RefusalError("channel_not_found")
    if person:
        return request.workspace.open_im(person.id)
    named = [c for c in request.workspace.channels.values() if c.name and f"#{c.name}" == name]
    channel = named[0] if named else request.channel()
    if channel.is_archived:
        raise RefusalError("is_archived")
    if request.workspace.bot.id not in channel.members:
        raise RefusalError("channel_not_found" if channel.is_private else "not_in_channel")
    return channel


def post_message(request: Request) -> Json:
    channel = _destination(request)
    text, blocks = _content(request)
    message = request.workspace.post(
        channel.id,
        request.workspace.bot.id,
        fallback_text(text, blocks),
        blocks=blocks,
        metadata=checked_metadata(request),
        thread_ts=request.text("thread_ts") or None,
    )
    shown = message_object(request.workspace, message)
    return {"ok": True, "channel": channel.id, "ts": message.ts, "message": shown}


def post_ephemeral(request: Request) -> Json:
    channel = _destination(request)
    person = request.person()
    if person.id not in channel.members:
        raise RefusalError("user_not_in_channel")
    text, blocks = _content(request)
    message = request.workspace.post(
        channel.id,
        request.workspace.bot.id,
        fallback_text(text, blocks),
        blocks=blocks,
        visible_to=person.id,
        thread_ts=request.text("thread_ts") or None,
    )
    return {"ok": True, "message_ts": message.ts}


def update(request: Request) -> Json:
    """Blocks stay as they are unless given; an empty list takes them away."""
    message = request.own_message("cant_update_message")
    if request.channel().is_archived:
        raise RefusalError("is_archived")
    if not request.given("text") and "blocks" not in request.arguments:
        raise RefusalError("no_text")
    raw = request.parsed("blocks", "invalid_blocks_format")
    blocks = checked_blocks(raw, request.unsupported)
    kept = message.blocks if raw is None else with_ids(request.workspace, blocks)
    text = checked_text(request.text("text"), kept)
    if "metadata" in request.arguments:
        message.metadata = checked_metadata(request)
    request.workspace.edit(message, fallback_text(text, kept), kept)
    shown = message_object(request.workspace, message)
    del shown["ts"]  # which Slack says beside the message only
    return {
        "ok": True,
        "channel": message.channel,
        "ts": message.ts,
        "text": message.text,
        "message": shown,
    }


def delete(request: Request) -> Json:
    message = request.own_message("cant_delete_message")
    request.workspace.delete(message)
    return {"ok": True, "channel": message.channel, "ts": message.ts}
