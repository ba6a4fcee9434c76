"""`/partner undo`: takes back the last change of whoever asks."""

from bot.commands.person import require_owner
from bot.commands.request import Context, Request, Subcommand
from bot.domain.message import Message, say
from bot.domain.words import plain
from bot.errors import UserError
from bot.store import Tx, audit, partner

NOTHING = "Nothing of yours from the last ten minutes to take back."

# Whoever decided it may have lost the role since.
OWNERS_ONLY = ("settings", "desk", "channel")


def undo(_text: str, request: Request, context: Context) -> Message:
    """Take back a person's last change of the last ten minutes."""
    with context.store.read(request.workspace) as tx:
        entry = audit.last_of(tx, request.user, request.now)
    if entry is None:
        raise UserError(NOTHING)
    return take_back(entry.id, request, context)


def take_back(entry_id: int, request: Request, context: Context) -> Message:
    """Take one change back; only its author or an owner may."""
    with context.store.read(request.workspace) as tx:
        entry = audit.get(tx, entry_id)
    if entry is None:
        raise UserError(audit.CHANGED_SINCE)
    if entry.by != request.user and not request.member.is_owner:
        raise UserError(f"Only <@{entry.by}> or an owner can undo that.")
    if entry.what in OWNERS_ONLY:
        require_owner(request, "undo that")
    with context.store.change(
        request.workspace, request.now, "undo", request.user, request.key
    ) as change:
        audit.undo(change, entry_id)
        about = _about(change, entry)
    return say(f"Undone: I took back {_words(entry.what)}{about}.")


def _words(what: str) -> str:
    from bot.commands import TAKEN_BACK

    return TAKEN_BACK.get(what, "that change")


def _about(tx: Tx, entry: audit.Entry) -> str:
    """Name the partner, where a change was about one that is still there."""
    rows = [{**(image["before"] or {}), **(image["after"] or {})} for image in entry.images]
    ids = {row["partner_id"] for row in rows if "partner_id" in row}
    names = partner.names(tx, list(ids)) if len(ids) == 1 else {}
    return "".join(f" ({plain(name)})" for name in names.values())


UNDO = Subcommand("undo", "undo", "Take back your last change, within ten minutes.", undo)
