"""Whom a mention means, and who may change what."""

import re

from bot.commands.request import Context, Request, mention, refresh
from bot.domain.member import Member
from bot.domain.reading.people import mentions
from bot.errors import UserError
from bot.store import Tx, workspace


def looked_up(context: Context, request: Request, user: str) -> Member:
    """Return a person of the team; raises UserError for guests, outsiders, bots and leavers."""
    with context.store.read(request.workspace) as tx:
        member = workspace.member(tx, user)
    if not member.has_fresh_profile(request.now):
        member = refresh(context, member, request.now)
    if member.profile_at is None:
        raise UserError(f"I couldn't find {mention(user)} in this workspace. Nothing was saved.")
    if member.is_barred or member.is_deactivated:
        raise UserError(f"{mention(user)} is not on the practice's own team. Nothing was saved.")
    return member


def with_names(tx: Tx, text: str) -> str:
    """Return a text to be kept with the people mentioned in it by name, not by Slack's id."""
    for user in mentions(text)[0]:
        name = workspace.member(tx, user).name or "a colleague"
        text = re.sub(rf"<@{user}(?:\|[^<>]*)?>", name.replace("\\", ""), text)
    return text


def require_owner(request: Request, what: str) -> None:
    """Raise UserError unless an owner asks."""
    if not request.member.is_owner:
        raise UserError(f"Only owners can {what}. Nothing was changed.")
