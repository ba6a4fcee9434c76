"""`/partner cadence`, `pause` and `resume`: how often a partner is to hear from us."""

from bot.commands.reply import named, next_check_in, on, saved
from bot.commands.request import Context, Request, Subcommand
from bot.commands.which import find, known
from bot.domain.cadence import next_dates, read_cadence
from bot.domain.message import Message
from bot.domain.reading.days import future_day
from bot.domain.words import list_words
from bot.errors import UserError
from bot.store import interaction, partner, replan

SHOWN_DATES = 3


def cadence(text: str, request: Request, context: Context) -> Message:
    """Change how often a partner is to hear from us, and say the next dates."""
    if not text.strip():
        raise UserError("Whose? Try `/partner cadence riverside every 6 weeks`.")
    with context.store.read(request.workspace) as tx:
        book = partner.book(tx)
        match, words = book.lead(text)
        found = known(tx, book, match, " ".join(text.split()[:3]), request)
        touch = interaction.last_touch(tx, found.id)
    chosen = read_cadence(words)
    with context.store.change(
        request.workspace, request.now, "cadence", request.user, request.key
    ) as change:
        partner.update(change, found.id, cadence=chosen.stored, first_due_on=None)
        replan.after(change)
        first = next_check_in(change, found.id, request)
    since = touch.happened_on if touch else found.baseline_on or found.added_on
    later = [day for day in next_dates(chosen, since, 12) if day > request.today][:SHOWN_DATES]
    dates = list_words([on(day, request) for day in later])
    return saved(
        change, f"✓ {named(found.name)}: check-in {chosen.words}.", first, f"By the rule: {dates}."
    )


def pause(text: str, request: Request, context: Context) -> Message:
    """Rest a partner's check-ins, until a day if one is given."""
    with context.store.read(request.workspace) as tx:
        book = partner.book(tx)
        read = None if book.find(text).is_found else future_day(text, request.today)
        words = read.rest if read else text
        found = find(tx, book, words.strip(), request)
    with context.store.change(
        request.workspace, request.now, "pause", request.user, request.key
    ) as change:
        until = read.on if read else None
        partner.update(change, found.id, paused_on=request.today, paused_until=until)
    end = f"until {on(until, request)}" if until else "until you say `/partner resume`"
    return saved(change, f"✓ {named(found.name)}: no check-ins {end}.")


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
)
PAUSE = Subcommand("pause", "pause <partner> [until <day>]", "No check-ins meanwhile.", pause)
RESUME = Subcommand("resume", "resume <partner>", "Check-ins again.", resume, aliases=("unpause",))
