"""Which partner somebody means: one, several to choose from, or one that is not known yet."""

import json
from collections.abc import Sequence

from bot.commands.request import Request
from bot.domain.finding import Book, Match
from bot.domain.message import Button, Control, Message, say
from bot.domain.partner import Partner
from bot.domain.words import plain, short
from bot.errors import UserError
from bot.store import Tx, partner

# Slack's limit for what a button carries: docs.slack.dev/reference/block-kit/block-elements
CARRIED = 2000
# More names than this are no longer a question but a list.
ASKED = 5


class Question(Exception):
    """The text cannot be carried out before its person has answered `message`."""

    def __init__(self, message: Message) -> None:
        super().__init__("a question")
        self.message = message


def known(tx: Tx, book: Book, match: Match, words: str, request: Request) -> Partner:
    """Return the partner that is meant; raises Question when it takes one."""
    ids = [i for i in match.partner_ids if i in request.chosen] or list(match.partner_ids)
    if len(ids) > 1:
        raise Question(_which(tx, ids, request))
    found = partner.get(tx, ids[0]) if ids else None
    if found is None:
        raise Question(unknown(book, words, request))
    return found


def find(tx: Tx, book: Book, words: str, request: Request) -> Partner:
    """Return the partner that `words` name; raises Question when it takes one."""
    if not words.strip():
        raise UserError("Which partner? Please add its name.")
    return known(tx, book, book.find(words), words, request)


def carried(request: Request, **more: object) -> str | None:
    """Return the request's own text for a button to carry, or None when it is too long."""
    value = json.dumps({"text": request.text, "chosen": sorted(request.chosen), **more})
    return value if len(value) <= CARRIED else None


def _which(tx: Tx, ids: Sequence[int], request: Request) -> Message:
    names = partner.names(tx, ids)
    buttons: list[Control] = []
    for partner_id in ids[:ASKED]:
        value = carried(request, chosen_now=partner_id)
        if value:
            buttons.append(Button(short(names[partner_id], 70), "again", value))
    if not buttons:
        listed = ", ".join(plain(names[i]) for i in ids[:ASKED])
        return say(f"Which one: {listed}? Not saved yet. Please type more of the name.")
    buttons.append(Button("Neither" if len(ids) == 2 else "None of these", "dismiss"))
    return say("Which one? Not saved yet.", controls=tuple(buttons))


def unknown(book: Book, words: str, request: Request) -> Message:
    """Say that no partner of that name is known, with what might have been meant."""
    asked = plain(short(words, 60))
    buttons: list[Control] = []
    for name in book.suggest(words):
        value = carried(request, chosen_now=name.partner_id, instead=words)
        if value:
            buttons.append(Button(short(f"I meant {name.name}", 70), "again", value))
    add = carried(request, add=words)
    if add and words.strip():
        buttons.append(Button(short(f"Add {words}", 70), "again", add))
    return say(f'I don\'t know "{asked}" yet. Nothing was saved.', controls=tuple(buttons))
