"""Handing over everything of somebody who has left, in one go."""

import re

from bot.commands.form import FieldError, Submitted, at
from bot.commands.person import looked_up, require_owner
from bot.commands.reply import saved
from bot.commands.request import Context, OpenForm, Press, Request, mention
from bot.commands.value import GONE
from bot.domain.message import Message, say
from bot.domain.words import count_words
from bot.errors import UserError
from bot.store import Change, interaction, partner, takeover, workspace

_PERSON = re.compile(r"[UW][A-Z0-9]{1,38}")
WHAT = "hand over somebody else's partners"
NOTHING_LEFT = "{} looks after nobody any more. Nothing was changed."


def _open(value: str, request: Request, context: Context) -> OpenForm | Message:
    require_owner(request, WHAT)
    user = _known(value)
    with context.store.read(request.workspace) as tx:
        count, name = len(partner.of_liaison(tx, user)), workspace.member(tx, user).name
    if not count:
        return say(NOTHING_LEFT.format(mention(user)))
    about = f"{name or 'Whoever left'}: {count_words(count, 'partner')}"
    return OpenForm("take_over", {"name": about}, {"user": user})


def submit_take_over(form: Submitted, request: Request, context: Context) -> Message:
    """Give all partners and open next steps of one person to another."""
    require_owner(request, WHAT)
    before, after = _known(form.about.get("user", "")), form.person("user")
    if not after or after == before:
        raise FieldError("user", "To whom? Please pick a colleague.")
    with at("user"):
        looked_up(context, request, after)
    with context.store.change(
        request.workspace, request.now, "leaver", request.user, request.key
    ) as change:
        count = _hand_over_all(change, before, after)
        if count and after != request.user:
            takeover.tell(change, after, request.key)
    if not count:
        return say(NOTHING_LEFT.format(mention(before)))
    given = count_words(count, "partner")
    verb = "is" if count == 1 else "are"
    told = "" if after == request.user else " They'll be told."
    return saved(change, f"✓ {given} {verb} with {mention(after)} now.{told}")


def _hand_over_all(change: Change, before: str, after: str) -> int:
    found = partner.of_liaison(change, before)
    for one in found:
        partner.update(change, one.id, liaison=after)
    for step in interaction.steps_of(change, before):
        interaction.finish_step(change, step.id, owner=after)
    if found:
        workspace.become_liaison(change, after)
    return len(found)


def _known(value: str) -> str:
    if not _PERSON.fullmatch(value):
        raise UserError(GONE)
    return value


HAND_OVER_ALL = Press("leaver", _open, {"leaver": "that handover"})
