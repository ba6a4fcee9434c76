"""What Slack sends to an app: commands, interactions, events."""

import re

from bot.practice.inputs import state_values
from bot.practice.objects import message_object, view_object
from bot.practice.records import Channel, Json, Message, Person, Trigger, View
from bot.practice.state import Workspace

VERIFICATION_TOKEN = "practice-verification"  # noqa: S105
MENTION = re.compile(r"(?<![\w<])([@#])([\w.-]*\w)")
ENTITIES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))


def escaped(workspace: Workspace, text: str) -> str:
    """Slash text under `should_escape`: entities, and people and channels as mentions."""
    for plain, entity in ENTITIES:
        text = text.replace(plain, entity)
    return MENTION.sub(lambda found: _mention(workspace, found[1], found[2]), text)


def _mention(workspace: Workspace, sign: str, name: str) -> str:
    if sign == "@":
        people = (p for p in workspace.people.values() if p.name == name and not p.deleted)
        ids = [f"<@{person.id}|{name}>" for person in people]
    else:
        channels = (c for c in workspace.channels.values() if c.name == name)
        ids = [f"<#{channel.id}|{name}>" for channel in channels]
    return ids[0] if ids else sign + name


def channel_name(channel: Channel) -> str:
    if channel.is_im:
        return "directmessage"
    return "privategroup" if channel.is_private else channel.name


def slash(
    workspace: Workspace, person: Person, channel: Channel, command: str, text: str, **rest: str
) -> Json:
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.team_id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": person.id,
        "user_name": person.name,
        "command": command,
        "text": text,
        "api_app_id": workspace.app_id,
        "is_enterprise_install": "false",
        **rest,
    }


def _interaction(workspace: Workspace, kind: str, person: Person) -> Json:
    return {
        "type": kind,
        "user": {
            "id": person.id,
            "username": person.name,
            "name": person.name,
            "team_id": person.team_id,
        },
        "api_app_id": workspace.app_id,
        "token": VERIFICATION_TOKEN,
        "team": {"id": workspace.team_id, "domain": workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _channel(workspace: Workspace, channel_id: str) -> Json:
    return {"id": channel_id, "name": channel_name(workspace.channels[channel_id])}


def message_action(
    workspace: Workspace,
    person: Person,
    message: Message,
    trigger: Trigger,
    response_url: str,
) -> Json:
    """block_actions on a message, without its `actions`. Ephemeral ones lack the message."""
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.is_ephemeral,
    }
    payload = {
        **_interaction(workspace, "block_actions", person),
        "container": container,
        "trigger_id": trigger.id,
        "channel": _channel(workspace, message.channel),
        "state": {"values": state_values(message.blocks, {}, message.values)},
        "response_url": response_url,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    if not message.is_ephemeral:
        payload["message"] = message_object(workspace, message)
    return payload


def view_action(workspace: Workspace, person: Person, view: View, trigger: Trigger) -> Json:
    return {
        **_interaction(workspace, "block_actions", person),
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": trigger.id,
        "view": view_object(workspace, view),
    }


def view_submission(workspace: Workspace, person: Person, view: View, trigger: Trigger) -> Json:
    return {
        **_interaction(workspace, "view_submission", person),
        "trigger_id": trigger.id,
        "view": view_object(workspace, view),
        "response_urls": [],
    }


def view_closed(workspace: Workspace, person: Person, view: View, is_cleared: bool) -> Json:
    return {
        **_interaction(workspace, "view_closed", person),
        "view": view_object(workspace, view),
        "is_cleared": is_cleared,
    }


def suggestion(
    workspace: Workspace, person: Person, where: Message | View, names: Json, typed: str
) -> Json:
    """block_suggestion: what was typed so far into an external menu."""
    payload = {
        **_interaction(workspace, "block_suggestion", person),
        **names,
        "value": typed,
    }
    if isinstance(where, View):
        container = {"type": "view", "view_id": where.id}
        return {**payload, "container": container, "view": view_object(workspace, where)}
    container = {"type": "message", "message_ts": where.ts, "channel_id": where.channel}
    shown = message_object(workspace, where)
    channel = _channel(workspace, where.channel)
    return {**payload, "container": container, "channel": channel, "message": shown}


def shortcut(workspace: Workspace, person: Person, callback_id: str, trigger: Trigger) -> Json:
    return {
        **_interaction(workspace, "shortcut", person),
        "callback_id": callback_id,
        "trigger_id": trigger.id,
        "action_ts": workspace.next_ts(),
    }


def message_shortcut(
    workspace: Workspace,
    person: Person,
    callback_id: str,
    trigger: Trigger,
    message: Message,
    response_url: str,
) -> Json:
    payload = _interaction(workspace, "message_action", person)
    del payload["api_app_id"], payload["user"]["username"]
    return {
        **payload,
        "callback_id": callback_id,
        "trigger_id": trigger.id,
        "action_ts": workspace.next_ts(),
        "message_ts": message.ts,
        "message": message_object(workspace, message),
        "channel": _channel(workspace, message.channel),
        "response_url": response_url,
    }


def event(workspace: Workspace, inner: Json, is_ext_shared: bool = False) -> Json:
    """An Events API envelope; `event_id` tells a repeated delivery from a new event."""
    number = workspace.next_id("Ev")
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.team_id,
        "context_team_id": workspace.team_id,
        "context_enterprise_id": None,
        "api_app_id": workspace.app_id,
        "event": {"event_ts": workspace.next_ts(), **inner},
        "type": "event_callback",
        "event_id": number,
        "event_time": int(workspace.clock()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team_id,
                "user_id": workspace.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": is_ext_shared,
        "event_context": f"4-{number}",
    }


def message_event(workspace: Workspace, channel: Channel, message: Message) -> Json:
    kind = "im" if channel.is_im else "group" if channel.is_private else "channel"
    shown = message_object(workspace, message)
    return {**shown, "channel": channel.id, "channel_type": kind, "event_ts": message.ts}
