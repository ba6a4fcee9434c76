"""`/partner add`: a new partner, with category, cadence and liaison in any order."""

from dataclasses import dataclass

from bot.commands.person import looked_up
from bot.commands.reply import next_check_in, saved
from bot.commands.request import Context, Request, Subcommand, mention
from bot.domain.cadence import QUARTERLY, Cadence, read_cadence
from bot.domain.message import Message
from bot.domain.partner import category_label, category_named
from bot.domain.reading.people import mentions
from bot.domain.words import plain
from bot.errors import UserError
from bot.store import partner, replan, workspace

LONGEST_NAME = 200
LONGEST_CATEGORY = 60


@dataclass(frozen=True, slots=True)
class Added:
    """What was read of a new partner."""

    name: str
    category: str
    cadence: Cadence | None
    liaison: str | None


def read_added(text: str) -> Added:
    """Read `<name>[, <category>][, <cadence>][, @liaison]`; raises UserError for what it cannot."""
    people, rest = mentions(text)
    name, *more = [part.strip() for part in rest.split(",") if part.strip(" ,")] or [""]
    if not name:
        raise UserError("What are they called? Try `/partner add Riverside Orthopedics, ortho`.")
    if len(name) > LONGEST_NAME:
        raise UserError(f"That name is longer than {LONGEST_NAME} characters.")
    category, cadence = "other", None
    for part in more:
        try:
            cadence = read_cadence(part)
        except UserError:
            category = category_named(part)
    if len(category) > LONGEST_CATEGORY:
        raise UserError(f"That category is longer than {LONGEST_CATEGORY} characters.")
    return Added(" ".join(name.split()), category, cadence, people[0] if people else None)


def add(text: str, request: Request, context: Context) -> Message:
    """Add a partner."""
    read = read_added(text)
    if read.liaison:
        looked_up(context, request, read.liaison)
    return _add(read, request, context)


def _add(read: Added, request: Request, context: Context) -> Message:
    with context.store.change(
        request.workspace, request.now, "add", request.user, request.key
    ) as change:
        partner_id = partner.add(
            change,
            read.name,
            request.today,
            category=read.category,
            cadence=read.cadence.stored if read.cadence else None,
            liaison=read.liaison,
        )
        if read.liaison:
            workspace.become_liaison(change, read.liaison)
        replan.after(change)
        last = next_check_in(change, partner_id, request)
    return saved(change, *_understood(read), last)


def _understood(read: Added) -> tuple[str, ...]:
    cadence = (read.cadence or QUARTERLY).words
    liaison = (
        f"Liaison: {mention(read.liaison)}."
        if read.liaison
        else f"No liaison yet: `/partner assign {plain(read.name)} @someone`."
    )
    what = f"{plain(category_label(read.category))}, check-in {cadence}."
    return (f"✓ *{plain(read.name)}* added. {what}", liaison)


ADD = Subcommand(
    "add",
    "add <name>[, <category>][, <cadence>][, @liaison]",
    "Add a partner, such as `add Riverside Orthopedics, ortho, every 6 weeks, @ana`.",
    add,
)
