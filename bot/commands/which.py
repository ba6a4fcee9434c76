"""Which partner somebody means: one, several to choose from, or one that is not known yet."""

import json
from collections.abc import Sequence

from bot.commands.request import OpenForm, Request
from bot.domain.finding import Book, Match
from bot.domain.message import Button, Control, Message, say
from bot.domain.partner import Partner
from bot.domain.words import person_at, plain, short
from bot.errors import UserError
from bot.store import Tx, partner

# Slack's limit for what a button carries: docs.slack.dev/reference/block-kit/block-elements
CARRIED = 2000
# More names than this are no longer a question but a list.
ASKED = 5
# Slack's limit for what stands on a button, less what may be put before it.
ON_A_BUTTON = 60
# What a person has said of a text already.
FLAGS = ("is_confirmed", "is_cleared")
# A longer one was not meant as a name.
LONGEST_TO_ADD = 80


class Question(Exception):
    """The text cannot be carried out before its person has answered `message`.

    Or `form`, where one asks better.
    """

    def __init__(self, message: Message, form: OpenForm | None = None) -> None:
        super().__init__("a question")
        self.message, self.form = message, form


def known(
    tx: Tx, book: Book, match: Match, words: str, request: Request, can_add: bool = True
) -> Partner:
    """Return the partner that is meant; raises Question when it takes one.

    `words` are what seems to name it; `can_add` is False when they may hold more than a name.
    """
    ids = [i for i in match.partner_ids if i in request.chosen] or list(match.partner_ids)
    if len(ids) > 1:
        raise Question(_which(tx, match, ids, request))
    found = partner.get(tx, ids[0]) if ids else None
    if found is None:
        raise Question(unknown(book, words, request, can_add))
    return found


def find(tx: Tx, book: Book, words: str, request: Request) -> Partner:
    """Return the partner that `words` name; raises Question when it takes one."""
    if not words.strip():
        raise UserError("Which partner? Please add its name.")
    return known(tx, book, book.find(words), words, request)


def contact_of(match: Match, partner_id: int) -> int | None:
    """Return the contact by whom a partner was named, now that it is known which one is meant."""
    return Match(tuple(name for name in match.names if name.partner_id == partner_id)).contact_id


def carried(request: Request, **more: object) -> str | None:
    """Return the request's own text for a button to carry, or None when it is too long.

    What else it may hold stands at `value.Carried`; `chosen_now` is a partner chosen by it.
    """
    before: dict[str, object] = {"text": request.text, "chosen": sorted(request.chosen)}
    flags = {name: True for name in FLAGS if getattr(request, name)}
    value = json.dumps({**before, **flags, **more})
    return value if len(value) <= CARRIED else None


def again(label: str, request: Request, **more: object) -> tuple[Control, ...]:
    """Return the button that carries the text out again; none when it is too long for one."""
    value = carried(request, **more)
    return (Button(short(label, 70), "again", value),) if value else ()


def _which(tx: Tx, match: Match, ids: Sequence[int], request: Request) -> Message:
    labels = [_label(match, i, name) for i, name in _in_order(tx, ids[:ASKED])]
    buttons: list[Control] = []
    for label, partner_id in zip(labels, ids, strict=False):
        buttons += again(label, request, chosen_now=partner_id)
    more = f" There are {len(ids)} of them; type more of the name to see others."
    rest = more if len(ids) > ASKED else ""
    if not buttons:
        listed = "; ".join(plain(label) for label in labels)
        return say(f"Which one: {listed}? Not saved yet. Please type more of the name.")
    buttons.append(Button("Neither" if len(ids) == 2 else "None of these", "dismiss"))
    return say(f"Which one? Not saved yet.{rest}", controls=tuple(buttons))


def _in_order(tx: Tx, ids: Sequence[int]) -> list[tuple[int, str]]:
    names = partner.names(tx, ids)
    return [(i, names[i]) for i in ids]


def _label(match: Match, partner_id: int, name: str) -> str:
    """A partner's name, with that of its contact when it was found by that alone."""
    names = [one for one in match.names if one.partner_id == partner_id]
    if any(one.contact_id is None for one in names):
        return name
    return person_at(names[0].name, name)


def unknown(book: Book, words: str, request: Request, can_add: bool = True) -> Message:
    """Say that no partner of that name is known, with what might have been meant."""
    asked = plain(short(words, 60))
    tail = "" if can_add else " If they're new, `/partner add` them first."
    buttons = (*guesses(book, words, request), *(adding(words, request) if can_add else ()))
    return say(f'I don\'t know "{asked}" yet. Nothing was saved.{tail}', controls=buttons)


def guesses(book: Book, words: str, request: Request) -> tuple[Control, ...]:
    """Return a button for each partner that might have been meant."""
    buttons: list[Control] = []
    for name in book.suggest(words):
        label = f"I meant {short(name.name, ON_A_BUTTON)}"
        buttons += again(label, request, chosen_now=name.partner_id, instead=words)
    return tuple(buttons)


def adding(words: str, request: Request) -> tuple[Control, ...]:
    """Return the button that adds a partner of that name and then carries on."""
    name = " ".join(words.split())
    if not name or len(name) > LONGEST_TO_ADD or "," in name:
        return ()
    return again(f"Add {short(name, ON_A_BUTTON)}", request, add=name)
