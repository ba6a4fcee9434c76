"""`/partner refer`: a referral received, or sent with `refer to`."""

import re
from datetime import date

from bot.commands.past import read_partner_and_day
from bot.commands.reply import saved, who
from bot.commands.request import Context, OpenForm, Reply, Request, Subcommand
from bot.commands.which import contact_of
from bot.domain.message import Button, Control
from bot.domain.partner import Partner
from bot.domain.referral import RECEIVED, SENT
from bot.domain.words import day_words
from bot.store import Change, partner, referral

_SENT = re.compile(r"^(?:(?:a\s+)?(?:patient|referral)\s+)?to\s+", re.IGNORECASE)
_FROM = re.compile(r"^(?:a\s+)?(?:new\s+)?(?:patient\s+|referral\s+)?(?:from|by)\s+", re.IGNORECASE)


def refer(text: str, request: Request, context: Context) -> Reply:
    """Record a referral and give its number, or open the form."""
    if not text.strip():
        return OpenForm("refer", {"direction": RECEIVED, "day": request.today.isoformat()})
    direction = SENT if _SENT.match(text) else RECEIVED
    words = _FROM.sub("", _SENT.sub("", text))
    with context.store.read(request.workspace) as tx:
        found, match, day = read_partner_and_day(tx, partner.book(tx), words, request)
    with context.store.change(
        request.workspace, request.now, "refer", request.user, request.key
    ) as change:
        contact = contact_of(match, found.id)
        line, more = write(change, found, direction, day, request, contact)
    return saved(change, line, controls=more)


def write(
    change: Change,
    found: Partner,
    direction: str,
    day: date,
    request: Request,
    contact: int | None = None,
) -> tuple[str, tuple[Control, ...]]:
    """Write a referral down; return what is said of it and what may come next."""
    # Before a number is taken, as everywhere: two who wait for each other would both fail.
    partner.lock(change, found.id)
    referral_id = referral.add(change, found.id, direction, day, contact_id=contact)
    made = referral.get(change, referral_id)
    label = made.label if made else ""
    way = "to" if direction == SENT else "from"
    when = day_words(day, request.today)
    line = f"✓ *Referral {way} {who(change, found, contact)}*, {when} ({label})"
    if direction == SENT:
        return line, ()
    return line, offers(referral_id)


def offers(referral_id: int) -> tuple[Control, ...]:
    """Return what may come next of an open referral received."""
    return (
        Button("Came in", "came_in", str(referral_id)),
        Button("We sent it to them", "sent_it", str(referral_id)),
    )


REFER = Subcommand(
    "refer",
    "refer <partner> [day]",
    "Record a referral received; `refer to <partner>` one that you sent. "
    "`new patient from <partner>` works too.",
    refer,
    aliases=("referral",),
    taken_back={"refer": "that referral"},
)
