"""Shortcuts: from Slack's menu, or from the menu of a message that somebody wrote."""

from contextlib import suppress
from datetime import UTC, date, datetime

from bot.commands import dispatch
from bot.commands.request import OpenForm, Request
from bot.commands.shortcut import Quoted
from bot.domain.message import Message
from bot.domain.when import local_day
from bot.errors import UserError
from bot.slack import submission
from bot.slack.front import Front
from bot.slack.mrkdwn import Json
from bot.slack.opening import Origin, open_form
from bot.slack.sender import Sender, of_shortcut


def take(front: Front, body: Json) -> None:
    """Do what a shortcut asks for, mostly open a form; what is said instead is for one person."""
    front.metrics.shortcuts.inc()
    sender, trigger = of_shortcut(body), str(body["trigger_id"])
    request = front.request(sender, trigger, (body.get("channel") or {}).get("id"))
    reply = dispatch.shortcut(body["callback_id"], _quoted(body, request), request, front.context)
    if isinstance(reply, OpenForm):
        said = open_form(front, sender.team, trigger, reply, Origin(_url(body)))
    else:
        said = reply
    if said:
        _say(front, sender, body, said)


def is_one(body: Json) -> bool:
    """Whether a shortcut was used."""
    return body.get("type") in ("shortcut", "message_action")


def sorry(front: Front, body: Json, message: Message) -> None:
    """Say what went wrong to whoever used a shortcut of a workspace that is known here."""
    with suppress(UserError):
        sender = of_shortcut(body)
        if sender.team in front.tokens:
            _say(front, sender, body, message)


def _say(front: Front, sender: Sender, body: Json, message: Message) -> None:
    origin = Origin(_url(body))
    front.say_later(origin.url, lambda: submission.tell(front, sender, origin, message))


def _url(body: Json) -> str:
    return str(body.get("response_url") or "")


def _quoted(body: Json, request: Request) -> Quoted | None:
    message = body.get("message")
    if not isinstance(message, dict):
        return None
    words = dispatch.message_words(str(message.get("text") or ""))
    return Quoted(words, _day(str(message.get("ts")), request), _link(body, message))


def _day(ts: str, request: Request) -> date:
    """The day on which a message was written, for whoever uses it now."""
    try:
        at = datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError):
        return request.today
    return local_day(at, request.member.zone or request.settings.zone)


def _link(body: Json, message: Json) -> str:
    """The address of a message, as `chat.getPermalink` gives it; without a call it comes at once.

    https://docs.slack.dev/reference/methods/chat.getPermalink
    """
    domain, channel = (body.get("team") or {}).get("domain"), (body.get("channel") or {}).get("id")
    ts, thread = str(message.get("ts")), message.get("thread_ts")
    place = f"https://{domain}.slack.com/archives/{channel}/p{ts.replace('.', '')}"
    return f"{place}?thread_ts={thread}&cid={channel}" if thread and thread != ts else place
