"""`/partner end`: a partner leaves the lists; its history stays, and it can be brought back."""

from datetime import date

from bot.commands.guarded import heed
from bot.commands.person import require_owner
from bot.commands.reply import named, next_check_in, saved
from bot.commands.request import Context, Press, Request, Subcommand
from bot.commands.value import GONE, number
from bot.commands.which import Question, known
from bot.domain.message import Button, Message, say
from bot.domain.partner import Partner
from bot.domain.words import date_words, plain, short
from bot.errors import UserError
from bot.store import Change, Tx, partner, replan

LONGEST_REASON = 200


def end(text: str, request: Request, context: Context) -> Message:
    """End a partner, with a reason if one is given."""
    require_owner(request, "end a partner")
    if not text.strip():
        raise UserError("Which partner? Try `/partner end riverside moved away`.")
    with context.store.read(request.workspace) as tx:
        remark = heed(tx, text, request)
        book = partner.book(tx)
        match, rest = book.lead(text)
        found = known(tx, book, match, " ".join(text.split()[:3]), request, can_add=False)
    reason = short(" ".join(rest.strip(" ,.;:-").split()), LONGEST_REASON)
    with context.store.change(
        request.workspace, request.now, "end", request.user, request.key
    ) as change:
        change.remark = remark
        open_partner(change, found.id)
        partner.update(change, found.id, ended_on=request.today, ended_reason=reason or None)
    why = f': "{plain(reason)}"' if reason else ""
    line = f"✓ {named(found.name)} is ended{why}. Out of the lists; the history stays."
    return saved(change, line)


def open_partner(change: Change, partner_id: int) -> Partner:
    """Lock a partner and return it; raises UserError when somebody ended it meanwhile."""
    found = partner.lock(change, partner_id)
    if found is None or found.ended_on:
        raise UserError(GONE)
    return found


def refuse_ended(tx: Tx, name: str, request: Request) -> None:
    """Raise Question where a name belongs to a partner that was ended: it can be brought back."""
    found = partner.named(tx, name)
    if found is None or found.ended_on is None:
        return
    asked = f"{named(found.name)} was ended {_on(found.ended_on, request)}. Nothing was saved."
    back = Button("Bring it back", "bring_back", str(found.id))
    raise Question(say(asked, controls=(back, Button("No", "dismiss"))))


def _on(day: date, request: Request) -> str:
    return "today" if day == request.today else f"on {date_words(day, request.today)}"


def _bring_back(value: str, request: Request, context: Context) -> Message:
    require_owner(request, "bring a partner back")
    with context.store.change(
        request.workspace, request.now, "bring_back", request.user, request.key
    ) as change:
        found = partner.lock(change, number(value))
        if found is None or found.ended_on is None:
            raise UserError(GONE)
        partner.update(change, found.id, ended_on=None, ended_reason=None, merged_into=None)
        replan.after(change)
        ahead = next_check_in(change, found.id, request)
    return saved(change, f"✓ {named(found.name)} is back.", ahead)


END = Subcommand(
    "end",
    "end <partner> [reason]",
    "Owners: take a partner out of the lists; its history stays.",
    end,
    taken_back={"end": "that ending"},
)
BRING_BACK = Press("bring_back", _bring_back, {"bring_back": "that return"})
