"""`/partner next`: something to do for a partner by a day."""

from bot.commands.reply import on, saved
from bot.commands.request import Context, Request, Subcommand
from bot.commands.which import known
from bot.domain.message import Message
from bot.domain.reading.days import future_day
from bot.domain.words import plain
from bot.errors import UserError
from bot.store import interaction, partner

EXAMPLE = "Try `/partner next riverside send the protocol by Friday`."


def next_step(text: str, request: Request, context: Context) -> Message:
    """Add a next step for whoever asks."""
    if not text.strip():
        raise UserError(f"What is next, and by when? {EXAMPLE}")
    with context.store.read(request.workspace) as tx:
        book = partner.book(tx)
        match, rest = book.lead(text)
        found = known(tx, book, match, " ".join(text.split()[:3]), request)
    read = future_day(rest, request.today)
    if read is None:
        raise UserError(f"By which day? Nothing was saved. {EXAMPLE}")
    what = read.rest.strip(" ,.;:-")
    if not what:
        raise UserError(f"What is it that you'll do? Nothing was saved. {EXAMPLE}")
    with context.store.change(
        request.workspace, request.now, "next", request.user, request.key
    ) as change:
        interaction.add_step(change, found.id, request.user, what, read.on)
    return saved(change, f"✓ *{plain(found.name)}*: {plain(what)}, by {on(read.on, request)}")


NEXT = Subcommand(
    "next",
    "next <partner> <what> by <day>",
    "A next step that comes back to you on its day.",
    next_step,
    aliases=("todo", "step"),
)
