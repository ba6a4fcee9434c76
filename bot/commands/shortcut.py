"""What is begun without typing: from Slack's own menu, or from a message that stands there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.commands.log import log
from bot.commands.log_words import form_of
from bot.commands.request import Context, OpenForm, Press, Reply, Request
from bot.commands.value import GONE
from bot.domain.message import Button, say
from bot.errors import UserError

WITHOUT_WORDS = (
    "That message has no words that I can read, and files stay in Slack. Nothing was saved."
)
# A link in Slack is shorter; what is longer was forged.
LONGEST_LINK = 300


@dataclass(frozen=True, slots=True)
class Quoted:
    """A message of Slack's: its words as people read them, its day for whoever asks, its link."""

    text: str
    said_on: date
    link: str


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One shortcut: Slack's id of it, and its name there; `run` gets the message, if it has one."""

    callback_id: str
    name: str
    run: Callable[[Quoted | None, Request, Context], Reply]
    is_of_message: bool = False


def _log_interaction(_quoted: Quoted | None, request: Request, context: Context) -> Reply:
    return log("", request, context)


def _log_message(quoted: Quoted | None, request: Request, context: Context) -> Reply:
    if quoted is None:
        return log("", request, context)
    if not quoted.text.strip():
        button = Button("Log with a link to it", "log_link", quoted.link)
        return say(WITHOUT_WORDS, controls=(button,))
    with context.store.read(request.workspace) as tx:
        return form_of(tx, quoted.text, min(quoted.said_on, request.today), quoted.link)


def _link(value: str, request: Request, _context: Context) -> OpenForm:
    if not value.startswith("https://") or len(value) > LONGEST_LINK:
        raise UserError(GONE)
    return OpenForm("log", {"day": request.today.isoformat(), "note": value})


LOG_INTERACTION = Shortcut("log_interaction", "Log partner interaction", _log_interaction)
LOG_MESSAGE = Shortcut("log_message", "Log as interaction", _log_message, is_of_message=True)
LOG_LINK = Press("log_link", _link)
