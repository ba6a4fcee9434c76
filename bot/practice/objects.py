"""How Slack writes people, channels, messages and views down in JSON."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.practice.records import Channel, Json, Message, Person, View
from bot.practice.state import Workspace

AVATARS = "https://avatars.example"
AVATAR_SIZES = (24, 32, 48, 72, 192, 512)


def user_object(person: Person, with_locale: bool = False) -> Json:
    user: Json = {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.name,
        "deleted": person.deleted,
        "color": "9f69e7",
        "real_name": person.real_name,
        "profile": _profile(person),
        "is_bot": person.is_bot,
        "is_app_user": False,
        "is_stranger": person.is_stranger,
        "updated": person.updated,
    }
    if not person.deleted:  # Slack leaves these out once an account is deactivated
        user |= _zone(person.tz) | {
            "is_admin": person.is_admin,
            "is_owner": person.is_owner,
            "is_primary_owner": False,
            "is_restricted": person.is_restricted or person.is_ultra_restricted,
            "is_ultra_restricted": person.is_ultra_restricted,
            "is_email_confirmed": True,
            "who_can_share_contact_card": "EVERYONE",
        }
    return user | ({"locale": person.locale} if with_locale else {})


def _profile(person: Person) -> Json:
    first, _, last = person.real_name.partition(" ")
    return {
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "first_name": first,
        "last_name": last,
        "email": person.email,
        **dict.fromkeys(("title", "phone", "skype"), ""),
        "status_text": person.status_text,
        "status_emoji": person.status_emoji,
        "status_text_canonical": "",
        "status_emoji_display_info": [],
        "status_expiration": person.status_expiration,
        "avatar_hash": person.id.lower(),
        **{f"image_{size}": f"{AVATARS}/{person.id}_{size}.png" for size in AVATAR_SIZES},
        "team": person.team_id,
    }


def _zone(tz: str) -> Json:
    now = datetime.now(ZoneInfo(tz))
    offset = now.utcoffset()
    return {
        "tz": tz,
        "tz_label": now.tzname() or tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
    }


def channel_object(workspace: Workspace, channel: Channel) -> Json:
    if channel.is_im:
        return _im_object(workspace, channel)
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_general": channel.name == "general",
        "is_member": workspace.bot.id in channel.members,
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "shared_team_ids": [workspace.team_id] + (["T0OUTSIDE"] if channel.is_ext_shared else []),
        "context_team_id": workspace.team_id,
        "creator": next(iter(sorted(channel.members)), ""),
        "created": channel.created,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def _im_object(workspace: Workspace, channel: Channel) -> Json:
    other = next(iter(channel.members - {workspace.bot.id}), workspace.bot.id)
    return {
        "id": channel.id,
        "user": other,
        "is_im": True,
        "is_archived": channel.is_archived,
        "is_org_shared": False,
        "context_team_id": workspace.team_id,
        "created": channel.created,
        "priority": 0,
    }


def message_object(workspace: Workspace, message: Message, with_metadata: bool = True) -> Json:
    found: Json = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": workspace.team_id,
    }
    if message.by_bot:
        found |= {
            "bot_id": workspace.bot_id,
            "app_id": workspace.app_id,
            "bot_profile": _bot_profile(workspace),
        }
    if message.blocks:
        found["blocks"] = message.blocks
    if message.thread_ts:
        found["thread_ts"] = message.thread_ts
    if message.edited_ts:
        found["edited"] = {"user": message.user, "ts": message.edited_ts}
    if message.metadata and with_metadata:
        found["metadata"] = message.metadata
    return found


def _bot_profile(workspace: Workspace) -> Json:
    return {
        "id": workspace.bot_id,
        "app_id": workspace.app_id,
        "name": workspace.bot.name,
        "icons": {},
        "deleted": False,
        "updated": workspace.bot.updated,
        "team_id": workspace.team_id,
    }


def view_object(workspace: Workspace, view: View, values: Json | None = None) -> Json:
    body = view.body
    return {
        "id": view.id,
        "team_id": workspace.team_id,
        "type": body["type"],
        "blocks": body["blocks"],
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "external_id": body.get("external_id", ""),
        "state": {"values": view.values if values is None else values},
        "hash": view.hash,
        "title": body.get("title", {"type": "plain_text", "text": "View Title"}),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "clear_on_close": body.get("clear_on_close", False),
        "notify_on_close": body.get("notify_on_close", False),
        "submit_disabled": False,
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "app_id": workspace.app_id,
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.bot_id,
    }
