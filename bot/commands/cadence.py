"""`/partner cadence`, `pause` and `resume`: how often a partner is to hear from us."""

import re
from datetime import date

from bot.commands.reply import check_in_on, named, next_check_in, on, saved
from bot.commands.request import Context, Request, Subcommand
from bot.commands.which import find, known
from bot.domain.cadence import Cadence, next_dates, read_cadence
from bot.domain.finding import Book
from bot.domain.message import Message
from bot.domain.partner import Partner
from bot.domain.reading.days import future_day
from bot.domain.words import list_words, plain, short
from bot.errors import UserError
from bot.store import Tx, interaction, partner, replan

SHOWN_LATER = 2
DATES_LOOKED_AT = 12
_UNTIL = re.compile(r"^.+?\s(?:until|till|til)\s+(?P<when>.+)$", re.IGNORECASE | re.DOTALL)
_FOR = re.compile(r"\bfor\s+(?=(?:an?|\d+|two|three|four|six)\s)", re.IGNORECASE)


def cadence(text: str, request: Request, context: Context) -> Message:
    """Change how often a partner is to hear from us, and say the next dates."""
    if not text.strip():
        raise UserError("Whose? Try `/partner cadence riverside every 6 weeks`.")
    with context.store.read(request.workspace) as tx:
        book = partner.book(tx)
        match, words = book.lead(text)
        found = known(tx, book, match, _without_cadence(text), request)
    chosen = read_cadence(words)
    with context.store.change(
        request.workspace, request.now, "cadence", request.user, request.key
    ) as change:
        partner.update(change, found.id, cadence=chosen.stored, first_due_on=None)
        replan.after(change)
        first = next_check_in(change, found.id, request)
        later = _later(change, found, chosen, request)
    return saved(change, f"✓ {named(found.name)}: check-in {chosen.words}.", f"{first}{later}")


def _without_cadence(text: str) -> str:
    """Return the words before a cadence: what seems to name a partner that is not known."""
    words = text.split()
    for i in range(1, len(words)):
        try:
            read_cadence(" ".join(words[i:]))
        except UserError:
            continue
        return " ".join(words[:i])
    return " ".join(words[:3])


def _later(tx: Tx, found: Partner, chosen: Cadence, request: Request) -> str:
    """The dates after the next one, if every check-in comes on its day."""
    first = check_in_on(tx, found.id)
    if first is None:
        return ""
    touch = interaction.last_touches(tx, [found.id]).get(found.id)
    since = touch.happened_on if touch else found.baseline_on or found.added_on
    due = max(first, request.today)
    start = due if chosen.is_floating and first <= request.today else since
    days = [day for day in next_dates(chosen, start, DATES_LOOKED_AT) if day > due]
    return f", then {list_words([on(day, request) for day in days[:SHOWN_LATER]])}" if days else ""


def pause(text: str, request: Request, context: Context) -> Message:
    """Rest a partner's check-ins, until a day if one is given."""
    with context.store.read(request.workspace) as tx:
        book = partner.book(tx)
        words, until = _read_pause(text, book, request)
        found = find(tx, book, words, request)
    with context.store.change(
        request.workspace, request.now, "pause", request.user, request.key
    ) as change:
        partner.update(change, found.id, paused_on=request.today, paused_until=until)
    end = f"until {on(until, request)}" if until else "until you say `/partner resume`"
    return saved(change, f"✓ {named(found.name)}: no check-ins {end}.")


def _read_pause(text: str, book: Book, request: Request) -> tuple[str, date | None]:
    if book.find(text).is_found:
        return text, None
    read = future_day(_FOR.sub("in ", text), request.today)
    if read and read.on > request.today:
        return read.rest.strip(), read.on
    until = _UNTIL.match(text)
    if read is None and until is None:
        return text, None
    asked = plain(short(until["when"] if until else "today", 60))
    raise UserError(
        f'Until when is "{asked}"? Try `/partner pause riverside until April 5`. Nothing was saved.'
    )


def resume(text: str, request: Request, context: Context) -> Message:
    """End a partner's pause."""
    with context.store.read(request.workspace) as tx:
        found = find(tx, partner.book(tx), text, request)
    if found.paused_on is None:
        raise UserError(f"{named(found.name)} is not paused.")
    with context.store.change(
        request.workspace, request.now, "resume", request.user, request.key
    ) as change:
        partner.update(change, found.id, paused_on=None, paused_until=None)
        replan.after(change)
        first = next_check_in(change, found.id, request)
    return saved(change, f"✓ {named(found.name)} is back.", first)


CADENCE = Subcommand(
    "cadence",
    "cadence <partner> <words>",
    "Change how often they hear from us: `every 6 weeks`, `first Monday of the month`.",
    cadence,
    taken_back={"cadence": "that change of cadence"},
)
PAUSE = Subcommand(
    "pause",
    "pause <partner> [until <day>]",
    "No check-ins meanwhile.",
    pause,
    taken_back={"pause": "that pause"},
)
RESUME = Subcommand(
    "resume",
    "resume <partner>",
    "Check-ins again.",
    resume,
    aliases=("unpause",),
    taken_back={"resume": "the end of that pause"},
)
