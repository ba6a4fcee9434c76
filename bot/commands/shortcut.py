"""What is begun without typing: from Slack's own menu, or from a message that stands there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.commands.did import MESSAGE
from bot.commands.log import LONGEST_NOTE, log
from bot.commands.person import with_names
from bot.commands.request import Context, OpenForm, Press, Reply, Request
from bot.commands.value import GONE
from bot.domain.finding import Match
from bot.domain.message import Button, say
from bot.domain.reading.log import LogRead, read_log
from bot.domain.words import short
from bot.errors import UserError
from bot.store import Tx, partner

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
        words = with_names(tx, quoted.text)
        read = read_log(words, partner.book(tx), min(quoted.said_on, request.today))
        who = _partner(tx, read.partner)
    return OpenForm("log", {**who, **_read(read), "note": _note(words, quoted.link)})


def _read(read: LogRead) -> dict[str, str]:
    """Return what the words say, as it stands in the form; what they leave open stays empty."""
    step, step_on = read.next_step or ("", None)
    kind = read.kind if read.is_reached else MESSAGE
    return {
        "kind": kind if read.has_kind else "",
        "day": read.happened_on.isoformat(),
        "minutes": str(read.minutes or ""),
        "cost": "" if read.cost is None else f"{read.cost:.2f}",
        "step": step,
        "step_day": step_on.isoformat() if step_on else "",
    }


def _partner(tx: Tx, match: Match) -> dict[str, str]:
    """Return the partner or contact that is meant, if it is clear which."""
    found = partner.get(tx, match.partner_id) if match.partner_id else None
    if found is None:
        return {}
    person = partner.contact(tx, match.contact_id) if match.contact_id else None
    if person is None:
        return {"partner": str(found.id), "partner_name": found.name}
    return {"partner": f"{found.id}:{person.id}", "partner_name": f"{person.name}, {found.name}"}


def _note(words: str, link: str) -> str:
    return f"{short(words.strip(), LONGEST_NOTE - len(link) - 1)}\n{link}".strip()


def _link(value: str, request: Request, _context: Context) -> OpenForm:
    if not value.startswith("https://") or len(value) > LONGEST_LINK:
        raise UserError(GONE)
    return OpenForm("log", {"day": request.today.isoformat(), "note": value})


LOG_INTERACTION = Shortcut("log_interaction", "Log partner interaction", _log_interaction)
LOG_MESSAGE = Shortcut("log_message", "Log as interaction", _log_message, is_of_message=True)
LOG_LINK = Press("log_link", _link)
