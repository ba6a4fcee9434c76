"""conversations.*: channels, direct messages and what was said in them."""

from bot.practice.api.request import RefusalError, Request
from bot.practice.objects import channel_object, message_object
from bot.practice.records import Channel, Json, Message

HISTORY_PAGE = 100
HISTORY_MOST = 999


def open_im(request: Request) -> Json:
    if request.given("channel"):
        channel = request.channel()
        return {"ok": True, "channel": channel_object(request.workspace, channel)}
    user_ids = [one for one in request.text("users").split(",") if one]
    if not user_ids:
        raise RefusalError("users_list_not_supplied")
    if len(user_ids) > 1:
        raise RefusalError("method_not_supported_for_channel_type")
    person = request.workspace.people.get(user_ids[0])
    if person is None:
        raise RefusalError("user_not_found")
    if person.is_bot:
        raise RefusalError("cannot_dm_bot")
    if person.deleted:
        raise RefusalError("user_disabled")
    channel = request.workspace.open_im(person.id)
    shown = channel_object(request.workspace, channel)
    return {"ok": True, "channel": shown if request.flag("return_im") else {"id": channel.id}}


def _visible(request: Request) -> Channel:
    channel = request.channel()
    if channel.is_private and request.workspace.bot.id not in channel.members:
        raise RefusalError("channel_not_found")
    return channel


def info(request: Request) -> Json:
    channel = _visible(request)
    shown = channel_object(request.workspace, channel)
    if request.flag("include_num_members"):
        shown["num_members"] = len(channel.members)
    return {"ok": True, "channel": shown}


def history(request: Request) -> Json:
    """Newest first; ephemeral messages are never in it."""
    channel = _visible(request)
    if request.workspace.bot.id not in channel.members:
        raise RefusalError("not_in_channel")
    found = [m for m in request.workspace.seen_in(channel.id) if _in_period(request, m)]
    found.reverse()
    start = request.offset()
    limit = request.whole("limit", HISTORY_PAGE, HISTORY_MOST)
    page, more = found[start : start + limit], len(found) > start + limit
    with_metadata = request.flag("include_all_metadata")
    answer: Json = {
        "ok": True,
        "messages": [message_object(request.workspace, m, with_metadata) for m in page],
        "has_more": more,
        "pin_count": 0,
    }
    if more:
        answer["response_metadata"] = {"next_cursor": f"next:{start + limit}"}
    return answer


def _in_period(request: Request, message: Message) -> bool:
    at = float(message.ts)
    try:
        oldest = float(request.text("oldest") or 0)
        latest = float(request.text("latest") or "inf")
    except ValueError:
        raise RefusalError("invalid_ts_oldest") from None
    if request.flag("inclusive"):
        return oldest <= at <= latest
    return oldest < at < latest or (at == oldest == 0)
