"""Who owns the programme and who is asked about evaluations, as the form of settings has it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands.form import FieldError, Submitted, at
from bot.commands.person import looked_up
from bot.commands.request import Context, Request
from bot.domain.member import DESK, LIAISON, MEMBER, OWNER
from bot.store import Change, partner, workspace

OWNERS_FIELD, DESK_FIELD = "owners", "desk"


@dataclass(frozen=True, slots=True)
class Roles:
    """The people of the two roles that owners give; every other role follows from the partners."""

    owners: Sequence[str]
    desk: Sequence[str]


def read_roles(form: Submitted, request: Request, context: Context) -> Roles:
    """Return who was picked; raises FieldError for people who are not on the team."""
    roles = Roles(form.people(OWNERS_FIELD), form.people(DESK_FIELD))
    if not roles.owners:
        raise FieldError(OWNERS_FIELD, "A practice needs at least one owner.")
    if set(roles.owners) & set(roles.desk):
        raise FieldError(DESK_FIELD, "Owners stay owners. Please pick others from the front desk.")
    with context.store.read(request.workspace) as tx:
        known = {(one.member, one.role) for one in workspace.people(tx)}
    for field, role, users in ((OWNERS_FIELD, OWNER, roles.owners), (DESK_FIELD, DESK, roles.desk)):
        for user in users:
            if (user, role) not in known:
                with at(field):
                    looked_up(context, request, user)
    return roles


def write_roles(change: Change, roles: Roles) -> bool:
    """Give and take the two roles; returns whether the owners are others now."""
    before = {one.member: one.role for one in workspace.people(change)}
    wanted = {**dict.fromkeys(roles.desk, DESK), **dict.fromkeys(roles.owners, OWNER)}
    for user, role in before.items():
        now = wanted.get(user) or (_role_without(change, user) if role in (OWNER, DESK) else role)
        if now != role:
            workspace.give_role(change, user, now)
    return {user for user, role in before.items() if role == OWNER} != set(roles.owners)


def _role_without(change: Change, user: str) -> str:
    return LIAISON if partner.of_liaison(change, user) else MEMBER
