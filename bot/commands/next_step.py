"""`/partner next`: something to do for a partner by a day."""

from bot.commands.guarded import heed
from bot.commands.person import looked_up
from bot.commands.reply import named, on, saved
from bot.commands.request import Context, Request, Subcommand, mention
from bot.commands.which import known
from bot.domain.message import Message
from bot.domain.reading.days import future_day
from bot.domain.reading.people import mentions
from bot.domain.words import plain, short
from bot.errors import UserError
from bot.store import interaction, partner

EXAMPLE = "Try `/partner next riverside send the protocol by Friday`."

LONGEST = 500


def next_step(text: str, request: Request, context: Context) -> Message:
    """Add a next step for whoever asks."""
    if not text.strip():
        raise UserError(f"What is next, and by when? {EXAMPLE}")
    people, text = mentions(text)
    if len(people) > 1:
        raise UserError("Whose step is it? Please mention one person. Nothing was saved.")
    owner = looked_up(context, request, people[0]).member if people else request.user
    with context.store.read(request.workspace) as tx:
        remark = heed(tx, text, request)
        book = partner.book(tx)
        match, rest = book.lead(text)
        found = known(tx, book, match, " ".join(text.split()[:3]), request, can_add=False)
    read = future_day(rest, request.today)
    if read is None:
        raise UserError(f"By which day? Nothing was saved. {EXAMPLE}")
    what = short(read.rest.strip(" ,.;:-"), LONGEST)
    if not what:
        raise UserError(f"What is it that you'll do? Nothing was saved. {EXAMPLE}")
    with context.store.change(
        request.workspace, request.now, "next", request.user, request.key
    ) as change:
        change.remark = remark
        interaction.add_step(change, found.id, owner, what, read.on)
    whom = "" if owner == request.user else f", for {mention(owner)}"
    line = f"✓ {named(found.name)}: {plain(what)}, by {on(read.on, request)}{whom}"
    return saved(change, line)


NEXT = Subcommand(
    "next",
    "next <partner> <what> by <day>",
    "A next step that comes back to you on its day.",
    next_step,
    aliases=("todo", "step"),
)
