"""`/partner edit`: the form of a partner, with what is known of it."""

from bot.commands.form_partner import about, shown
from bot.commands.request import Context, OpenForm, Press, Request, Subcommand
from bot.commands.value import GONE, number
from bot.commands.which import find
from bot.domain.partner import Partner
from bot.errors import UserError
from bot.store import Tx, partner


def edit(text: str, request: Request, context: Context) -> OpenForm:
    """Open the form of a partner."""
    with context.store.read(request.workspace) as tx:
        return _form(tx, find(tx, partner.book(tx), text, request))


def _form(tx: Tx, found: Partner) -> OpenForm:
    prefill = shown(found, partner.contacts_of(tx, found.id))
    return OpenForm("edit", prefill, about(found, prefill))


def _pressed(value: str, request: Request, context: Context) -> OpenForm:
    with context.store.read(request.workspace) as tx:
        found = partner.get(tx, number(value))
        if found is None or found.ended_on:
            raise UserError(GONE)
        return _form(tx, found)


EDIT = Subcommand(
    "edit",
    "edit <partner>",
    "Change what is known of a partner and the people there, in a form.",
    edit,
    taken_back={"edit": "those changes"},
)
EDIT_IT = Press("edit", _pressed)
