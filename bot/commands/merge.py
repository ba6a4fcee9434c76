"""`/partner merge`: two entries of one partner become one, with both histories."""

import re

from bot.commands.end import open_partner
from bot.commands.person import require_owner
from bot.commands.reply import named, next_check_in, saved
from bot.commands.request import Context, Request, Subcommand
from bot.commands.which import known
from bot.domain.finding import Book
from bot.domain.message import Message
from bot.domain.words import count_words
from bot.errors import UserError
from bot.store import merge as rows
from bot.store import partner, replan

_INTO = re.compile(r"\s+(?:in)?to\s+", re.IGNORECASE)


def merge(text: str, request: Request, context: Context) -> Message:
    """Move everything of one partner to another, and end the first."""
    require_owner(request, "merge partners")
    with context.store.read(request.workspace) as tx:
        book = partner.book(tx)
        one, other = (
            known(tx, book, book.find(words), words, request, can_add=False)
            for words in read_two(text, book)
        )
    if one.id == other.id:
        raise UserError(f"Both are {named(one.name)}. Nothing was changed.")
    with context.store.change(
        request.workspace, request.now, "merge", request.user, request.key
    ) as change:
        # In one order everywhere, so that two merges cannot wait for each other.
        locked = {i: open_partner(change, i) for i in sorted((one.id, other.id))}
        count = rows.merge(change, locked[one.id], locked[other.id], request.today)
        replan.after(change)
        ahead = next_check_in(change, other.id, request)
    moved = count_words(count, "entry", "entries")
    line = f"✓ {named(one.name)} is part of {named(other.name)} now; {moved} went along."
    return saved(change, line, ahead)


def read_two(text: str, book: Book) -> tuple[str, str]:
    """Read `<a> into <b>`; of several ways the one where both are partners, else the first."""
    ways = [(text[: m.start()].strip(), text[m.end() :].strip()) for m in _INTO.finditer(text)]
    ways = [way for way in ways if all(way)]
    if not ways:
        raise UserError("Which two? Try `/partner merge riverside ortho into riverside`.")
    return next((way for way in ways if all(book.find(words).names for words in way)), ways[0])


MERGE = Subcommand(
    "merge",
    "merge <a> into <b>",
    "Owners: one partner with both histories, under the second name.",
    merge,
    taken_back={"merge": "that merge"},
)
