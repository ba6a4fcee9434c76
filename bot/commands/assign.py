"""`/partner assign`: another liaison; both are told."""

import re

from bot.commands.person import looked_up
from bot.commands.reply import named, saved
from bot.commands.request import Context, Request, Subcommand, mention
from bot.commands.which import find
from bot.domain.message import Message, say
from bot.domain.partner import Partner
from bot.domain.reading.people import mentions
from bot.errors import UserError
from bot.store import Change, partner, reminder, workspace

_TO_ME = re.compile(r"^(?P<who>.+?)\s+(?:to\s+)?me$", re.IGNORECASE)
_ONE = {True: " They'll be told.", False: " Whoever had them will be told."}
_TO = re.compile(r"\s+to$", re.IGNORECASE)


def assign(text: str, request: Request, context: Context) -> Message:
    """Give a partner to a liaison."""
    people, words = mentions(text)
    mine = None if people else _TO_ME.match(text)
    if mine:
        people, words = [request.user], mine["who"]
    words = _TO.sub("", words)
    if len(people) != 1:
        raise UserError("To whom? Mention one person: `/partner assign riverside @ana`.")
    with context.store.read(request.workspace) as tx:
        found = find(tx, partner.book(tx), words, request)
    return assign_to(found, people[0], request, context)


def assign_to(found: Partner, user: str, request: Request, context: Context) -> Message:
    """Give a known partner to a person, and tell both who did not do it themselves."""
    looked_up(context, request, user)
    require_own(found, request)
    if found.liaison == user:
        return say(f"{named(found.name)} is with {mention(user)} already.")
    with context.store.change(
        request.workspace, request.now, "assign", request.user, request.key
    ) as change:
        line = hand_over(change, found, user, request)
    return saved(change, f"✓ {line}")


def require_own(found: Partner, request: Request) -> None:
    """Raise UserError unless a partner is nobody's or theirs who ask, or an owner asks."""
    if found.liaison not in (None, request.user) and not request.member.is_owner:
        raise UserError(
            f"{named(found.name)} is with {mention(found.liaison)}. "
            "Only they or an owner can hand it over. Nothing was changed."
        )


def hand_over(change: Change, found: Partner, user: str | None, request: Request) -> str:
    """Write down another liaison, or none; return the line that says so and who is told."""
    partner.update(change, found.id, liaison=user)
    if user:
        workspace.become_liaison(change, user)
    told = [one for one in (found.liaison, user) if one and one != request.user]
    for one in told:
        reminder.tell_handover(change, found.id, one, request.today)
    also = "" if not told else " Both will be told." if len(told) > 1 else _ONE[told[0] == user]
    return f"{named(found.name)} is with {mention(user)} now.{also}"


ASSIGN = Subcommand(
    "assign",
    "assign <partner> @user",
    "Change a partner's liaison; both are told.",
    assign,
    aliases=("give",),
    taken_back={"assign": "that change of liaison"},
)
