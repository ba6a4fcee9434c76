"""What is meant by a text that names no subcommand: a verb, a partner, a patient who came."""

import re
from collections.abc import Callable
from dataclasses import replace

from rapidfuzz import process

from bot.commands.convert import convert, is_number
from bot.commands.help import not_understood
from bot.commands.log import log, says_nothing
from bot.commands.refer import refer
from bot.commands.request import Context, Reply, Request, Subcommand
from bot.commands.show import show
from bot.commands.which import known
from bot.domain.finding import Book
from bot.domain.reading.log import begins_with_verb, read_log
from bot.store import Tx, partner

Command = Callable[[str, Request, Context], Reply]

# How alike, of 100, a mistyped subcommand must be to be offered.
ALIKE = 70
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


def without_subcommand(text: str, request: Request, context: Context) -> Reply:
    """Carry out a text by what it says: a referral, an evaluation, a partner to show, a log."""
    with context.store.read(request.workspace) as tx:
        book = partner.book(tx)
        command, words = _of_patients(text, book) or (None, text)
        chosen = request.chosen
        if command is None and _is_a_name(text, book, request):
            command, (words, chosen) = show, _shown(tx, text, book, request)
        elif command is None:
            command = log if _tells(text, book, request) else None
    if command is None:
        return not_understood(text, _nearest(text), book, request)
    return command(words, replace(request, chosen=chosen), context)


def _of_patients(text: str, book: Book) -> tuple[Command, str] | None:
    """Read "new patient from riverside", "riverside sent a patient", "riverside came in"."""
    came_from, new = _CAME_IN_FROM.match(text), _NEW_PATIENT.match(text)
    if came_from:
        return convert, came_from["rest"]
    is_name = bool(book.find(text).names)
    if new and not is_name:
        return refer, new["rest"]
    came_in, sent_one = _CAME_IN.match(text), _SENT_ONE.match(text)
    if came_in and (book.find(came_in["who"]).names or not book.lead(text)[0].names):
        return convert, f"{came_in['who']} {came_in['day']}".strip()
    if sent_one and book.find(sent_one["who"]).names and not is_name:
        return refer, f"{sent_one['who']} {sent_one['day']}".strip()
    return None


def _is_a_name(text: str, book: Book, request: Request) -> bool:
    """Whether a text is a number of ours or a partner, and nothing is said to have happened."""
    read = read_log(text, book, request.today)
    is_whole = bool(book.find(text).names) and not read.has_kind
    return is_number(text) or is_whole or bool(read.partner.names and says_nothing(read))


def _shown(tx: Tx, text: str, book: Book, request: Request) -> tuple[str, frozenset[int]]:
    """Return the name of the partner to show, also where the whole text would not find it."""
    if is_number(text):
        return text, request.chosen
    match = book.find(text)
    if not match.names:
        match = read_log(text, book, request.today).partner
    found = known(tx, book, match, text, request)
    return found.name, frozenset({found.id})


def _tells(text: str, book: Book, request: Request) -> bool:
    return (
        bool(book.lead(text)[0].names)
        or begins_with_verb(text)
        or read_log(text, book, request.today).has_kind
    )


def _nearest(text: str) -> Subcommand | None:
    from bot.commands import SUBCOMMANDS, subcommand

    names = [each.name for each in SUBCOMMANDS]
    word = (text.split() or [""])[0].casefold()[:40]
    best = process.extractOne(word, names, score_cutoff=ALIKE)
    return subcommand(best[0]) if best else None
