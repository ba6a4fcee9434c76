"""`/partner refer`: a referral received, or sent with `refer to`."""

import re
from datetime import date

from bot.commands.reply import saved
from bot.commands.request import Context, Request, Subcommand
from bot.commands.which import find
from bot.domain.message import Button, Message
from bot.domain.partner import Partner
from bot.domain.reading.days import past_day
from bot.domain.referral import RECEIVED, SENT
from bot.domain.words import day_words, plain
from bot.store import Tx, partner, referral

_SENT = re.compile(r"^to\s+", re.IGNORECASE)
_FROM = re.compile(r"^(?:a\s+)?(?:new\s+)?(?:patient\s+|referral\s+)?(?:from|by)\s+", re.IGNORECASE)


def refer(text: str, request: Request, context: Context) -> Message:
    """Record a referral and give its number."""
    direction = SENT if _SENT.match(text) else RECEIVED
    words = _FROM.sub("", _SENT.sub("", text))
    with context.store.read(request.workspace) as tx:
        found, contact, day = read_partner_and_day(tx, words, request)
    with context.store.change(
        request.workspace, request.now, "refer", request.user, request.key
    ) as change:
        referral_id = referral.add(change, found.id, direction, day, contact_id=contact)
        made = referral.get(change, referral_id)
        number = made.label if made else ""
    when = day_words(day, request.today)
    if direction == SENT:
        return saved(change, f"✓ *Referral to {plain(found.name)}*, {when} ({number})")
    return saved(
        change,
        f"✓ *Referral from {plain(found.name)}*, {when} ({number})",
        controls=(
            Button("Came in", "came_in", str(referral_id)),
            Button("We sent it to them", "sent_it", str(referral_id)),
        ),
    )


def read_partner_and_day(tx: Tx, words: str, request: Request) -> tuple[Partner, int | None, date]:
    """Read "<partner> [day]" into the partner, the contact if one was named, and the day."""
    read = past_day(words, request.today)
    book = partner.book(tx)
    name = read.rest if read and not book.find(words).is_found else words
    found = find(tx, book, name, request)
    day = read.on if read and name is not words else request.today
    return found, book.find(name).contact_id, day


REFER = Subcommand(
    "refer",
    "refer <partner> [day]",
    "Record a referral received; `refer to <partner>` one that you sent. "
    "`new patient from <partner>` works too.",
    refer,
    aliases=("referral",),
)
