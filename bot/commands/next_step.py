"""`/partner next`: something to do for a partner by a day."""

from datetime import date

from bot.commands.guarded import heed
from bot.commands.person import looked_up
from bot.commands.reply import named, on, saved
from bot.commands.request import Context, OpenForm, Reply, Request, Subcommand, mention
from bot.commands.which import known
from bot.domain.partner import Partner
from bot.domain.reading.days import future_day
from bot.domain.reading.people import mentions
from bot.domain.words import plain, short
from bot.errors import UserError
from bot.store import interaction, partner

EXAMPLE = "Try `/partner next riverside send the protocol by Friday`."

LONGEST = 500


def next_step(text: str, request: Request, context: Context) -> Reply:
    """Add a next step for whoever asks or is mentioned, or open the form."""
    if not text.strip():
        return OpenForm("next", {"owner": request.user})
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
    return saved(change, understood(found, what, read.on, owner, request))


def understood(found: Partner, what: str, day: date, owner: str, request: Request) -> str:
    """Return what is said of a new next step."""
    whom = "" if owner == request.user else f", for {mention(owner)}"
    return f"✓ {named(found.name)}: {plain(what)}, by {on(day, request)}{whom}"


NEXT = Subcommand(
    "next",
    "next <partner> <what> by <day>",
    "A next step that comes back to you on its day.",
    next_step,
    aliases=("todo", "step"),
    taken_back={"next": "that next step"},
)
