"""Presses of buttons and menus: what was pressed, by whom, and where the answer goes."""

import hashlib
from dataclasses import replace
from functools import partial

from bot.commands import dispatch
from bot.commands.request import OpenForm, Reply, Request
from bot.domain.message import Message, say
from bot.slack import home_tab
from bot.slack.blocks import BUTTONS
from bot.slack.elements import action_of, is_taken_back, value_of
from bot.slack.front import Front
from bot.slack.mrkdwn import Json
from bot.slack.opening import Origin, open_form
from bot.slack.response_url import respond
from bot.slack.sender import Sender, of_interaction

# The buttons of "Which one?" and its like: what was typed is carried out, or dropped.
QUESTIONS = ("again", "dismiss")
PICK_AGAIN = say(
    "That stood there already, and Slack took it away instead of telling me. Nothing was done; "
    "please pick it once more."
)


def take(front: Front, body: Json) -> None:
    """Do what a press asks for; its answer replaces an ephemeral message, or is a private word."""
    front.metrics.presses.inc()
    sender = of_interaction(body)
    with front.homes.held(sender.team, sender.user):
        if home_tab.is_in(body):
            _take_in_home(front, sender, body)
        else:
            _take_in_message(front, sender, body)


def _take_in_home(front: Front, sender: Sender, body: Json) -> None:
    request = replace(front.request(sender, once(body)), is_home=True)
    reply = _done(front, body, request)
    if isinstance(reply, OpenForm):
        origin = Origin(is_home=True)
        reply = open_form(front, sender.team, body["trigger_id"], reply, origin)
        if reply is None:
            return
    # What the first of two clicks did stands there, with its Undo.
    if reply != dispatch.DONE_ALREADY:
        home_tab.answer(front, sender, body, reply)


def _take_in_message(front: Front, sender: Sender, body: Json) -> None:
    channel = (body.get("channel") or {}).get("id")
    request = front.request(sender, once(body), channel)
    is_redrawn = _is_row(body) and not _is_ephemeral(body)
    is_replaced = _is_ephemeral(body) or _is_question(body)
    origin = Origin(body.get("response_url") or "", is_replaced, is_redrawn)
    reply = _done(front, body, replace(request, is_redrawn=is_redrawn))
    if isinstance(reply, OpenForm):
        reply = open_form(front, sender.team, body["trigger_id"], reply, origin)
        origin = replace(origin, is_replaced=False)
    if reply and origin.url:
        front.say_later(origin.url, partial(_say, origin, reply))


def _done(front: Front, body: Json, request: Request) -> Reply | None:
    pressed = body["actions"][0]
    if is_taken_back(pressed):
        return PICK_AGAIN
    action, value = action_of(pressed["action_id"]), value_of(pressed)
    return dispatch.press(action, value, request, front.context)


def _say(origin: Origin, message: Message) -> None:
    respond(origin.url, message, replaces=origin.is_replaced)


def once(body: Json) -> str:
    """Return the key under which a press lands once, double clicks included.

    Every click has a `trigger_id` of its own, so a double click is told by what it is about: the
    same button of the same version of a message. That holds where a press changes the message it
    stands in (an ephemeral one, a question, the row of a reminder), and in Home, which every press
    draws anew; elsewhere the same may be meant twice.
    """
    pressed, place = body["actions"][0], _place(body)
    if place is None:
        return str(body["trigger_id"])
    about = (
        *place,
        *(pressed.get("block_id"), pressed["action_id"], value_of(pressed)),
    )
    return "press:" + hashlib.sha256(repr(about).encode()).hexdigest()


def _place(body: Json) -> tuple[object, ...] | None:
    """The version of what was pressed in, where every press makes another one of it."""
    container = body.get("container") or {}
    if home_tab.is_in(body):
        return container.get("view_id"), body["view"].get("hash") or body["trigger_id"]
    if not (_is_row(body) or _is_ephemeral(body) or _is_question(body)):
        return None
    version = ((body.get("message") or {}).get("edited") or {}).get("ts")
    return container.get("channel_id"), container.get("message_ts"), version


def _is_row(body: Json) -> bool:
    """Whether the press stands in the row of a reminder."""
    return str(body["actions"][0].get("block_id")).startswith(BUTTONS)


def _is_question(body: Json) -> bool:
    """Whether the press answers a question, whose place its answer then takes."""
    return action_of(str(body["actions"][0]["action_id"])) in QUESTIONS


def _is_ephemeral(body: Json) -> bool:
    return bool((body.get("container") or {}).get("is_ephemeral"))
