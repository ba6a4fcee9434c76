"""`/partner add`: a new partner, with category, cadence and liaison in any order."""

import re
from dataclasses import dataclass

from bot.commands.end import refuse_ended
from bot.commands.guarded import heed
from bot.commands.person import looked_up
from bot.commands.reply import next_check_in, saved
from bot.commands.request import Context, OpenForm, Reply, Request, Subcommand, mention
from bot.domain.cadence import Cadence, read_cadence
from bot.domain.partner import category_named
from bot.domain.reading.people import mentions
from bot.domain.words import plain, short
from bot.errors import UserError
from bot.store import partner, replan, workspace

LONGEST_NAME = 200
LONGEST_CATEGORY = 60
# A part that begins so was meant as a cadence, not as a category of its own.
_LIKE_A_CADENCE = re.compile(r"^(?:every|each|once|twice|first|last)\b|\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Added:
    """What was read of a new partner."""

    name: str
    category: str
    cadence: Cadence | None
    liaison: str | None
    tier: str | None = None


def read_added(text: str) -> Added:
    """Read `<name>[, <category>][, <cadence>][, @liaison]`; raises UserError for what it cannot."""
    people, rest = mentions(text)
    name, *more = [part.strip() for part in rest.split(",")]
    if not name:
        raise UserError("What are they called? Try `/partner add Riverside Orthopedics, ortho`.")
    if len(name) > LONGEST_NAME:
        raise UserError(f"That name is longer than {LONGEST_NAME} characters.")
    if len(people) > 1:
        raise UserError("Who looks after them? Please mention one person. Nothing was saved.")
    category, cadence = _read_more([part for part in more if part])
    return Added(" ".join(name.split()), category, cadence, people[0] if people else None)


def _read_more(parts: list[str]) -> tuple[str, Cadence | None]:
    """Read category and cadence in either order."""
    categories, cadence = [], None
    for part in parts:
        try:
            cadence = read_cadence(part)
        except UserError:
            if _LIKE_A_CADENCE.search(part):
                raise
            categories.append(category_named(part))
    if len(categories) > 1:
        both = plain(short(" or ".join(categories), 100))
        raise UserError(f"Is the category {both}? Please give one. Nothing was saved.")
    category = categories[0] if categories else "other"
    if len(category) > LONGEST_CATEGORY:
        raise UserError(f"That category is longer than {LONGEST_CATEGORY} characters.")
    return category, cadence


def add(text: str, request: Request, context: Context) -> Reply:
    """Add a partner; no text opens the form."""
    if not text.strip():
        return OpenForm("add")
    read = read_added(text)
    if read.liaison:
        looked_up(context, request, read.liaison)
    with context.store.read(request.workspace) as tx:
        remark = heed(tx, text, request)
        refuse_ended(tx, read.name, request)
    with context.store.change(
        request.workspace, request.now, "add", request.user, request.key
    ) as change:
        change.remark = remark
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
    return saved(change, *understood(read, request), last)


def cadence_of(read: Added, request: Request) -> Cadence:
    """Return how often a new partner is to hear from us."""
    return read.cadence or request.settings.policy.cadence_for(read.category, read.tier)


def understood(read: Added, request: Request) -> tuple[str, ...]:
    """Return what is said of a new partner."""
    cadence = cadence_of(read, request).words
    liaison = (
        f"Liaison: {mention(read.liaison)}."
        if read.liaison
        else f"No liaison yet: `/partner assign {plain(read.name)} @someone`."
    )
    what = f"{plain(read.category).capitalize()}, check-in {cadence}."
    return (f"✓ *{plain(read.name)}* added. {what}", liaison)


ADD = Subcommand(
    "add",
    "add <name>[, <category>][, <cadence>][, @liaison]",
    "Add a partner, such as `add Riverside Orthopedics, ortho, every 6 weeks, @ana`.",
    add,
    taken_back={"add": "that new partner"},
)
