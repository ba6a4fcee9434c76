"""From a text or a press to its answer; nothing that people type raises beyond here."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from rapidfuzz import process

from bot.commands import PRESSES, SUBCOMMANDS, subcommand
from bot.commands.convert import convert, is_number
from bot.commands.help import everything, not_understood
from bot.commands.log import log, says_nothing
from bot.commands.refer import refer
from bot.commands.request import Context, Request, Subcommand
from bot.commands.show import show
from bot.commands.which import Question, known
from bot.domain.message import Message, say
from bot.domain.reading.log import begins_with_verb, read_log
from bot.domain.reading.people import unescape
from bot.domain.words import WORD_JOINER, plain, short
from bot.errors import NotSaved, UserError
from bot.store import AlreadyDone, partner

Answer = TypeVar("Answer", Message, Message | None)

# How alike, of 100, a mistyped subcommand must be to be offered.
ALIKE = 70
TOO_OLD = "That button is from an older version of me. Please use `/partner` instead."
NOT_SAVED = "That was NOT saved. Please try again in a minute."

# Slack escapes what a person typed, so a mention of its own is never written like this.
_TYPED_MENTION = re.compile("&lt;@")
_NEW_PATIENT = re.compile(
    r"^(?:a\s+)?new\s+(?:patient|referral)\s+(?:from\s+)?(?P<rest>.+)$", re.I | re.S
)
_SENT_ONE = re.compile(
    r"^(?P<who>.+?)\s+(?:sent|referred)?\s*(?:us\s+)?(?:an?\s+|one\s+)?(?:new\s+)?"
    r"(?:patient|referral)\b(?P<day>.*)$",
    re.I | re.S,
)
_CAME_IN = re.compile(r"^(?P<who>.+?)\s+came\s+in\b\s*(?P<day>.*)$", re.I | re.S)
_CAME_IN_FROM = re.compile(
    r"^(?:an?\s+)?(?:new\s+)?patient\s+came\s+in\s+from\s+(?P<rest>.+)$", re.I | re.S
)


def answer(text: str, request: Request, context: Context) -> Message:
    """Carry out what was typed after `/partner` and return the answer to it."""
    return carry_out(readable(text), request, context)


def carry_out(typed: str, request: Request, context: Context) -> Message:
    """Carry out a text whose escapes are undone."""
    asked = replace(request, text=typed)
    return _safely(lambda: _dispatch(typed, asked, context), typed)


def readable(text: str) -> str:
    """Return Slack's text as it was typed; what only looks like a mention is made none."""
    typed = unescape(_TYPED_MENTION.sub(f"&lt;{WORD_JOINER}@", text)).strip()
    return typed.encode("utf-8", "replace").decode()


def is_public(text: str) -> bool:
    """Whether the answer is for all to see in the channel."""
    found = subcommand(_split(readable(text))[0])
    return found is not None and found.is_public


def press(action: str, value: str, request: Request, context: Context) -> Message | None:
    """Carry out a press and return a word for whoever pressed, if there is one."""
    pressed = PRESSES.get(action)
    if pressed is None:
        return say(TOO_OLD)
    return _safely(lambda: pressed.run(value, request, context), "")


def _safely(work: Callable[[], Answer], typed: str) -> Answer | Message:
    try:
        return work()
    except Question as question:
        return question.message
    except UserError as error:
        return say(str(error))
    except AlreadyDone:
        return say("That was done already.")
    except NotSaved:
        return say(not_saved(typed))


def not_saved(typed: str) -> str:
    """Return what is said when the database did not take it, with the person's text back."""
    return f'{NOT_SAVED} You typed: "{plain(short(typed, 2000))}"' if typed else NOT_SAVED


def _dispatch(text: str, request: Request, context: Context) -> Message:
    word, rest = _split(text)
    if not word:
        return everything()
    found = subcommand(word)
    if found:
        return _run(found, text, rest, request, context)
    came_in = _CAME_IN_FROM.match(text)
    if came_in:
        return convert(came_in["rest"], request, context)
    new_patient = _NEW_PATIENT.match(text)
    if new_patient and not _is_partner(text, request, context):
        return refer(new_patient["rest"], request, context)
    return _about_partner(text, request, context)


def _run(found: Subcommand, text: str, rest: str, request: Request, context: Context) -> Message:
    """Carry out a subcommand; what it refuses may have been about a partner called Next Level."""
    try:
        return found.run(rest, request, context)
    except UserError as error:
        with context.store.read(request.workspace) as tx:
            match, _ = partner.book(tx).lead(text)
        names = [name.name for name in match.names if _begins(text, name.name)]
        if not names:
            raise
        hint = f"If you mean *{plain(names[0])}*, put `log` or `show` first."
        return say(str(error), hint)


def _begins(text: str, name: str) -> bool:
    return " ".join(text.casefold().split()).startswith(name.casefold())


def _is_partner(text: str, request: Request, context: Context) -> bool:
    with context.store.read(request.workspace) as tx:
        return partner.named(tx, text) is not None


def _about_partner(text: str, request: Request, context: Context) -> Message:
    came_in = _CAME_IN.match(text)
    with context.store.read(request.workspace) as tx:
        book = partner.book(tx)
        match, _ = book.lead(text)
        read = read_log(text, book, request.today)
        if came_in and (book.find(came_in["who"]).names or not match.names):
            return convert(f"{came_in['who']} {came_in['day']}".strip(), request, context)
        sent_one = _SENT_ONE.match(text)
        if sent_one and book.find(sent_one["who"]).names and not book.find(text).names:
            return refer(f"{sent_one['who']} {sent_one['day']}".strip(), request, context)
        if is_number(text):
            return show(text, request, context)
        whole = book.find(text)
        is_name = whole.names and not read.has_kind
        if is_name or (read.partner.names and says_nothing(read)):
            found = known(tx, book, whole if is_name else read.partner, text, request)
            return show(found.name, replace(request, chosen=frozenset({found.id})), context)
        if match.names or read.has_kind or begins_with_verb(text):
            return log(text, request, context)
        return not_understood(text, _nearest(text), book, request)


def _split(text: str) -> tuple[str, str]:
    words = text.split(maxsplit=1)
    return (words[0], words[1] if len(words) > 1 else "") if words else ("", "")


def _nearest(text: str) -> Subcommand | None:
    names = [each.name for each in SUBCOMMANDS]
    word = _split(text)[0].casefold()[:40]
    best = process.extractOne(word, names, score_cutoff=ALIKE)
    return subcommand(best[0]) if best else None
