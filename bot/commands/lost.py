"""`/partner lost`: a referral did not come in."""

from bot.commands.convert import oldest_open, read_number
from bot.commands.reply import saved
from bot.commands.request import Context, Request, Subcommand
from bot.commands.which import known
from bot.domain.message import Menu, Message
from bot.domain.referral import LOST_REASONS, SENT, Referral, lost_reason
from bot.domain.words import plain
from bot.errors import UserError
from bot.store import Tx, partner, referral


def lost(text: str, request: Request, context: Context) -> Message:
    """Close a referral that did not come in; a reason that is not one of ours is not kept."""
    with context.store.read(request.workspace) as tx:
        chosen, rest = _read(tx, text, request)
        names = partner.names(tx, [chosen.partner_id])
    reason = lost_reason(rest) if rest.strip() else None
    with context.store.change(
        request.workspace, request.now, "lost", request.user, request.key
    ) as change:
        partner.lock(change, chosen.partner_id)
        current = referral.get(change, chosen.id)
        if current is None or not current.is_open:
            raise UserError(f"{chosen.label} is closed already. Nothing was changed.")
        referral.update(change, chosen.id, lost_on=request.today, lost_reason=reason or "other")
    said = f": {LOST_REASONS[reason]}" if reason else ""
    ask = () if reason else (_reasons(chosen.id),)
    line = lost_words(chosen, names[chosen.partner_id])
    return saved(change, f"{line}{said}", controls=ask)


def lost_words(chosen: Referral, name: str) -> str:
    """Return what is said of a referral that did not come in."""
    way = "to" if chosen.direction == SENT else "from"
    return f"✓ *{chosen.label} {way} {plain(name)} didn't come in*"


def _read(tx: Tx, text: str, request: Request) -> tuple[Referral, str]:
    if not text.strip():
        raise UserError("Which referral? Try `/partner lost R-1042 insurance`.")
    book = partner.book(tx)
    numbered = read_number(tx, book, text)
    if numbered:
        return numbered
    match, rest = book.lead(text)
    return oldest_open(tx, known(tx, book, match, text, request)), rest


def _reasons(referral_id: int) -> Menu:
    options = tuple(
        (words[0].upper() + words[1:], f"{referral_id}:{key}")
        for key, words in LOST_REASONS.items()
    )
    return Menu("Why?", "lost_reason", options, label="Why it didn't come in")


LOST = Subcommand(
    "lost",
    "lost <number or partner> [reason]",
    "A referral did not come in: no contact, chose elsewhere, insurance or cost, not a fit, other.",
    lost,
    taken_back={"lost": "that loss"},
)
