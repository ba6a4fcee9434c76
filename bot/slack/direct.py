"""What people write in the bot's direct messages: done, answered there, then acknowledged.

Slack sends an event again at once, after a minute and after five unless it is acknowledged within
three seconds, and never once it is. So the acknowledgement comes last: whoever is killed before it
leaves the event to the next try. What was written lands once, because the change is named for the
event; what was answered is found by its mark before it is answered again.
"""

import hashlib
import logging
import time
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus

from bot.commands import said
from bot.domain.message import Message
from bot.errors import NotSaved, Retryable, SlackError
from bot.slack.apology import apology
from bot.slack.front import Front
from bot.slack.mrkdwn import Json
from bot.slack.sender import Sender
from bot.store import inbound
from bot.store.inbound import Turn

log = logging.getLogger(__name__)

# So many seconds an answer may wait here; Slack's next try finds that somebody works on it.
PATIENCE = 5.0


class OfAnother(Exception):
    """Somebody else works on this event: Slack is to ask again."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a person's; `event` is Slack's name of it, the same each time it comes."""

    sender: Sender
    event: str
    text: str
    channel: str

    @property
    def mark(self) -> str:
        """What the answer is found by; any app may read it, so it says nothing."""
        return hashlib.sha256(self.event.encode()).hexdigest()[:16]


def hear(front: Front, body: Json) -> None:
    """Carry out and answer a message that a person wrote to the bot, however often it comes."""
    one = heard(body)
    if one is None or one.sender.team not in front.tokens:
        return
    turn = inbound.begin(front.store, one.sender.team, one.event, front.clock.now())
    if turn is Turn.ANOTHERS:
        raise OfAnother("somebody works on it")
    if turn is not Turn.OVER:
        front.metrics.messages.inc()
        _answer(front, one, turn)


def heard(body: Json) -> Said | None:
    """Return what a person wrote; None for edits, joins, files, other bots and the bot itself."""
    event = body.get("event")
    if not isinstance(event, dict) or event.get("type") != "message":
        return None
    is_by_person = event.get("user") and not event.get("bot_id") and not event.get("subtype")
    if not is_by_person or event.get("channel_type") != "im" or not event.get("text"):
        return None
    sender = Sender(str(body.get("team_id")), str(event["user"]))
    name = f"event:{body.get('event_id')}"[:190]
    return Said(sender, name, said.words(str(event["text"])), str(event.get("channel")))


def sorry(front: Front, one: Said, error: BaseException) -> int:
    """Say what went wrong; returns the status by which Slack learns whether to send it again."""
    if isinstance(error, OfAnother | SlackError):
        log.warning("an event is left to the next try: %s", error)
        return HTTPStatus.SERVICE_UNAVAILABLE
    with suppress(SlackError):
        _send(front, one, apology(error, one.text))
    return HTTPStatus.OK


def _answer(front: Front, one: Said, turn: Turn) -> None:
    request = front.request(one.sender, one.event, one.channel)
    is_first = turn is Turn.MINE
    answer = said.answer if is_first else said.answer_again
    message = answer(one.text, request, front.context)
    if is_first or not front.messenger.find(one.sender.team, one.sender.user, one.mark):
        _send(front, one, message)
    try:
        inbound.end(front.store, one.sender.team, one.event, front.clock.now())
    except NotSaved:
        # It is answered, and will be acknowledged: nobody asks for it again.
        log.warning("an answered event could not be noted")


def _send(front: Front, one: Said, message: Message) -> None:
    """Send an answer; who writes fast is answered as fast as Slack lets anybody speak."""
    left = PATIENCE
    while True:
        try:
            front.messenger.send(one.sender.team, one.sender.user, message, one.mark)
            return
        except Retryable as error:
            if error.after is None or error.after > left:
                raise
            left -= error.after
            time.sleep(error.after)
