"""A text carried out again, once its question is answered."""

import re
from dataclasses import replace

from bot.commands.add import add
from bot.commands.request import Context, Press, Reply, Request
from bot.commands.value import unpacked
from bot.domain.message import Message, say
from bot.store import AlreadyDone, partner


def _again(value: str, request: Request, context: Context) -> Reply:
    from bot.commands.dispatch import carry_out

    carried = unpacked(value)
    said = replace(request, is_cleared=carried.is_cleared)
    added = _added(carried.add, said, context) if carried.add else None
    with context.store.read(request.workspace) as tx:
        chosen = [found for i in carried.chosen if (found := partner.get(tx, i))]
        new = partner.named(tx, carried.add) if carried.add else None
    text = carried.text
    if carried.instead and chosen:
        text = _instead(text, carried.instead, chosen[0].name)
    ids = frozenset(one.id for one in (*chosen, *((new,) if new else ())))
    answered = replace(said, chosen=ids, is_confirmed=carried.is_confirmed)
    reply = carry_out(text, answered, context)
    if added and isinstance(reply, Message):
        return replace(reply, parts=(*added.parts, *reply.parts))
    return reply


def _instead(text: str, words: str, name: str) -> str:
    """Put a name where `words` stand: as whole words, not within others, and the last of them."""
    places = list(re.finditer(rf"(?<!\w){re.escape(words.strip())}(?!\w)", text))
    if not places:
        return text
    return text[: places[-1].start()] + name + text[places[-1].end() :]


def _added(name: str, request: Request, context: Context) -> Message | None:
    """Add a partner; its own Undo stands before the answer to the text."""
    try:
        asked = replace(request, key=f"{request.key}:add", text=f"add {name}")
        made = add(name, asked, context)
    except AlreadyDone:
        return None
    return made if isinstance(made, Message) else None


def _dismiss(_value: str, _request: Request, _context: Context) -> Message:
    return say("OK. Nothing was saved.")


AGAIN = Press("again", _again)
DISMISS = Press("dismiss", _dismiss)
