"""The Assign button beside a partner without a liaison, and the form behind it."""

from bot.commands.assign import assign_to
from bot.commands.form import FieldError, Submitted, at
from bot.commands.reply import named
from bot.commands.request import Context, OpenForm, Press, Reply, Request, mention
from bot.commands.value import GONE, number
from bot.domain.message import Message, say
from bot.domain.partner import Partner
from bot.errors import UserError
from bot.store import Tx, partner


def _assign(value: str, request: Request, context: Context) -> Reply:
    with context.store.read(request.workspace) as tx:
        found = _partner(tx, number(value))
    about = {"partner": str(found.id), "liaison": found.liaison or ""}
    return OpenForm("assign", {"name": found.name}, about)


def submit_assign(form: Submitted, request: Request, context: Context) -> Message:
    """Give the partner to whoever was picked, unless somebody else was faster."""
    user = form.person("user")
    if not user:
        raise FieldError("user", "Who looks after them?")
    with context.store.read(request.workspace) as tx:
        found = _partner(tx, form.need("partner"))
    if found.liaison not in (user, form.about.get("liaison") or None):
        now = mention(found.liaison)
        return say(f"{named(found.name)} is with {now} already. Nothing was changed.")
    with at("user"):
        return assign_to(found, user, request, context)


def _partner(tx: Tx, partner_id: int) -> Partner:
    found = partner.get(tx, partner_id)
    if found is None or found.ended_on:
        raise UserError(GONE)
    return found


ASSIGN_IT = Press("assign", _assign)
