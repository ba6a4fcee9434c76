"""What an owner sets with a pick: who is asked about evaluations, and where figures are posted."""

import re

from bot.commands.person import looked_up, require_owner
from bot.commands.reply import saved
from bot.commands.request import Context, Press, Request, mention
from bot.commands.value import GONE
from bot.domain.member import DESK, LIAISON, MEMBER
from bot.domain.message import Button, Message, say
from bot.domain.words import time_words
from bot.errors import UserError
from bot.store import partner, workspace

_PERSON = re.compile(r"[UW][A-Z0-9]{1,38}")
_CHANNEL = re.compile(r"[CG][A-Z0-9]{1,38}")


def _asked(value: str, request: Request, context: Context) -> Message:
    require_owner(request, "say who hears about evaluations")
    person = looked_up(context, request, _known(_PERSON, value))
    whom = mention(person.member)
    if person.is_owner:
        raise UserError(
            f"{whom} is an owner, and stays one: please pick somebody at the front desk. "
            "`/partner evals` works for everybody."
        )
    if person.role == DESK:
        stop = Button("Don't ask them any more", "not_asked", person.member)
        return say(f"{whom} is asked already.", controls=(stop,))
    with context.store.change(
        request.workspace, request.now, "desk", request.user, request.key
    ) as change:
        workspace.give_role(change, person.member, DESK)
    at = time_words(request.calendar.last_half_hour)
    line = f"✓ I'll ask {whom} at {at} on working days, while referrals are open."
    return saved(change, line)


def _not_asked(value: str, request: Request, context: Context) -> Message:
    require_owner(request, "say who hears about evaluations")
    user = _known(_PERSON, value)
    with context.store.change(
        request.workspace, request.now, "desk", request.user, request.key
    ) as change:
        if workspace.member(change, user).role != DESK:
            raise UserError(GONE)
        role = LIAISON if partner.of_liaison(change, user) else MEMBER
        workspace.give_role(change, user, role)
    return saved(change, f"✓ {mention(user)} isn't asked any more.")


def _posted(value: str, request: Request, context: Context) -> Message:
    require_owner(request, "say where I post")
    channel = _known(_CHANNEL, value)
    with context.store.change(
        request.workspace, request.now, "channel", request.user, request.key
    ) as change:
        workspace.post_in(change, channel)
    return saved(change, f"✓ I'll post in <#{channel}>. Please add me there: `/invite @Rapport`.")


def _known(pattern: re.Pattern[str], value: str) -> str:
    if not pattern.fullmatch(value):
        raise UserError(GONE)
    return value


ASKED = Press("asked", _asked, {"desk": "that change of who is asked"})
NOT_ASKED = Press("not_asked", _not_asked)
POSTED = Press("posted", _posted, {"channel": "that change of channel"})
