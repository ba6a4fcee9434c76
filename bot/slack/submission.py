"""Forms that people send in, and what is offered to them while they type into one."""

import secrets
from dataclasses import replace
from functools import partial

from bot.commands import dispatch, type_ahead
from bot.commands.form import FieldError, Submitted
from bot.domain.message import Message
from bot.slack.forms import field
from bot.slack.front import Front
from bot.slack.limits import SECTION_TEXT
from bot.slack.mrkdwn import Json, raw, unmarked
from bot.slack.opening import Origin, unpacked
from bot.slack.response_url import respond
from bot.slack.sender import Sender, of_interaction


def take(front: Front, body: Json) -> None:
    """Do what a form asks for; raises UserError for what has to be put right in it first."""
    front.metrics.forms.inc()
    view = body["view"]
    about, origin = unpacked(view)
    # A form is sent in once, however often it is clicked: it stays the same view.
    sender = of_interaction(body)
    request = front.request(sender, f"view:{view['id']}")
    form = Submitted(view["callback_id"], field.read(view.get("state") or {}), about)
    asked = replace(request, is_redrawn=origin.is_redrawn, is_home=origin.is_home)
    with front.homes.held(sender.team, sender.user):
        message = dispatch.submit(form, asked, front.context)
        if message and origin.is_home:
            front.homes.tell(sender.team, sender.user, message)
    if message and not origin.is_home:
        answer = partial(tell, front, sender, origin, message)
        front.say_later(origin.url, answer)


def tell(front: Front, sender: Sender, origin: Origin, message: Message) -> None:
    """Say it where the form was opened; when that was too long ago, in a direct message."""
    if origin.url and respond(origin.url, message, replaces=origin.is_replaced):
        return
    front.messenger.send(sender.team, sender.user, message, secrets.token_hex(8))


def at_field(view: Json, error: BaseException, message: Message) -> Json:
    """Return the acknowledgement that keeps a form open; any other body would break it.

    What is not about one of its fields stands at the first.
    """
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    named = error.field if isinstance(error, FieldError) else ""
    shown = [named] if named in inputs else inputs[:1]
    said = raw(unmarked(message.text), SECTION_TEXT)
    return {"response_action": "errors", "errors": dict.fromkeys(shown, said)}


def offers(front: Front, body: Json) -> list[Json]:
    """Return the partners and contacts that fit what was typed so far."""
    request = front.request(of_interaction(body), "")
    found = type_ahead.offers(str(body.get("value") or ""), request, front.context)
    return [field.option(label, value) for label, value in found]
