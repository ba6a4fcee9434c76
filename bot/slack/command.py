"""`/partner ...`: who asks, what they said, and where the answer goes."""

from dataclasses import replace
from functools import partial

from bot.commands import dispatch
from bot.commands.request import OpenForm, Reply
from bot.domain.message import Small, say
from bot.slack.busy import BUSY
from bot.slack.front import Front
from bot.slack.mrkdwn import Json
from bot.slack.opening import NOT_OPENED, Origin, open_form
from bot.slack.response_url import IN_CHANNEL, ephemeral, respond
from bot.slack.sender import of_command

ONLY_YOU = {
    True: "Only you can see this, because people from outside read this channel.",
    None: "Only you can see this: I can't look whether people from outside read this "
    "conversation. Add me to it, and I can answer for all to see.",
}


def answer(front: Front, body: Json) -> Json | None:
    """Return the acknowledgement of a command; None when its answer comes later or is a form."""
    front.metrics.commands.inc()
    text = typed(body)
    if not dispatch.is_public(text):
        return _answer_one(front, body)
    work = partial(_answer_all, front, body)
    if front.later(body["response_url"], work, text):
        return None
    front.metrics.turned_away.inc()
    return ephemeral(say(BUSY))


def typed(body: Json) -> str:
    """Return what stands after the command, as Slack sent it."""
    return str(body.get("text") or "")


def _answer_one(front: Front, body: Json) -> Json | None:
    reply = _answer(front, body)
    if isinstance(reply, OpenForm):
        message = open_form(
            front, body["team_id"], body["trigger_id"], reply, Origin(body["response_url"])
        )
        return ephemeral(message) if message else None
    return ephemeral(reply)


def _answer(front: Front, body: Json) -> Reply:
    request = front.request(of_command(body), body["trigger_id"], body.get("channel_id"))
    return dispatch.answer(typed(body), request, front.context)


def _answer_all(front: Front, body: Json) -> None:
    """Answer in the channel what is for all to see, unless somebody from outside would see it."""
    url, reply = body["response_url"], _answer(front, body)
    message = say(NOT_OPENED) if isinstance(reply, OpenForm) else reply
    if not message.is_public:
        respond(url, message)
        return
    is_shared = front.messenger.is_shared(body["team_id"], body["channel_id"])
    if is_shared is False:
        respond(url, message, IN_CHANNEL)
        return
    respond(url, replace(message, parts=(*message.parts, Small(ONLY_YOU[is_shared]))))
