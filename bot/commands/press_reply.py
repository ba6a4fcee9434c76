"""The buttons of an answer: Undo, Remind me, It was enough, Show, and their like."""

from bot.commands.due import due
from bot.commands.reply import named, next_check_in, on, saved
from bot.commands.request import Context, Press, Request
from bot.commands.show import card
from bot.commands.undo import take_back
from bot.commands.value import GONE, day, number
from bot.domain.message import Message
from bot.domain.partner import Partner
from bot.domain.words import plain
from bot.errors import UserError
from bot.store import Tx, interaction, partner, replan


def _undo(value: str, request: Request, context: Context) -> Message | None:
    message = take_back(number(value), request, context)
    return None if request.is_redrawn else message


def _partner(tx: Tx, value: str) -> Partner:
    found = partner.get(tx, number(value))
    if found is None:
        raise UserError(GONE)
    return found


def _remind(value: str, request: Request, context: Context) -> Message:
    partner_id, _, rest = value.partition(":")
    on_day, _, what = rest.partition(":")
    due_on = day(on_day)
    if not what:
        raise UserError(GONE)
    with context.store.change(
        request.workspace, request.now, "next", request.user, request.key
    ) as change:
        found = _partner(change, partner_id)
        steps = interaction.open_steps(change, found.id)
        if not any(
            (one.owner, one.what, one.due_on) == (request.user, what, due_on) for one in steps
        ):
            interaction.add_step(change, found.id, request.user, what, due_on)
    said = f"✓ {named(found.name)}: {plain(what)}. I'll remind you {on(due_on, request)}."
    return saved(change, said)


def _enough(value: str, request: Request, context: Context) -> Message:
    with context.store.change(
        request.workspace, request.now, "log", request.user, request.key
    ) as change:
        row = interaction.get(change, number(value))
        if row is None:
            raise UserError(GONE)
        if not row.is_reached:
            interaction.count_as_reached(change, row.id)
        replan.after(change)
        after = next_check_in(change, row.partner_id, request)
        name = _partner(change, str(row.partner_id)).name
    return saved(change, f"✓ {named(name)}: that counts.", after)


def _show(value: str, request: Request, context: Context) -> Message:
    with context.store.read(request.workspace) as tx:
        return card(tx, _partner(tx, value), request)


def _due(_value: str, request: Request, context: Context) -> Message:
    return due("", request, context)


UNDO_IT = Press("undo", _undo)
REMIND = Press("remind", _remind)
ENOUGH = Press("enough", _enough)
SHOW_IT = Press("show", _show)
DUE_NOW = Press("due", _due)
