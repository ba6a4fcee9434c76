"""`/partner convert`: an initial evaluation took place."""

import re
from datetime import date

from bot.commands.refer import read_partner_and_day
from bot.commands.reply import named, saved
from bot.commands.request import Context, Request, Subcommand
from bot.domain.message import Message
from bot.domain.partner import Partner
from bot.domain.reading.days import past_day
from bot.domain.referral import RECEIVED, Referral
from bot.domain.reminder import PROMPT_WITHIN
from bot.domain.words import day_words, plain
from bot.errors import UserError
from bot.store import Change, Tx, partner, referral

_NUMBER = re.compile(r"^(?:r-?|#)?(\d{1,9})\b[,\s]*", re.IGNORECASE)


def convert(text: str, request: Request, context: Context) -> Message:
    """Record the evaluation of a referral by number, or of a partner's oldest open one."""
    with context.store.read(request.workspace) as tx:
        numbered = read_number(tx, text)
        if numbered:
            found, rest = numbered
            read = past_day(rest, request.today)
            owner, day = None, read.on if read else request.today
        else:
            owner, _contact, day = read_partner_and_day(tx, text, request)
    with context.store.change(
        request.workspace, request.now, "convert", request.user, request.key
    ) as change:
        chosen = oldest_open(change, owner) if owner else found
        name = record(change, chosen, day, request).name
        others = len(referral.open_of(change, chosen.partner_id))
    return saved(
        change,
        f"✓ *{chosen.label} from {plain(name)} came in*, {day_words(day, request.today)}",
        f"{others} more of theirs still open." if others else "",
    )


def oldest_open(tx: Tx, owner: Partner) -> Referral:
    """Return a partner's oldest open referral; raises UserError when none is open."""
    waiting = referral.open_of(tx, owner.id)
    if not waiting:
        raise UserError(
            f"{named(owner.name)} has no open referral. For a patient who is here already: "
            f"`/partner evals {plain(owner.name)}`."
        )
    return waiting[0]


def read_number(tx: Tx, text: str) -> tuple[Referral, str] | None:
    """Read "R-1042 [rest]"; None when the text does not begin with a number of ours."""
    match = _NUMBER.match(text.strip())
    if not match:
        return None
    found = referral.numbered(tx, int(match[1]))
    if found is None:
        raise UserError(f"There is no referral R-{int(match[1])}. Nothing was saved.")
    return found, text.strip()[match.end() :]


def record(change: Change, chosen: Referral, day: date, request: Request) -> Partner:
    """Record an evaluation and return the partner; raises UserError where it cannot be."""
    current = referral.get(change, chosen.id)
    if current is None or current.direction != RECEIVED:
        raise UserError(f"{chosen.label} is one that you sent, so it cannot come in here.")
    if current.evaluated_on:
        when = day_words(current.evaluated_on, request.today)
        raise UserError(f"{chosen.label} came in already, {when}. Nothing was changed.")
    if day < current.received_on:
        raise UserError(f"{chosen.label} was received after that day. Nothing was changed.")
    referral.convert(change, current.id, day, request.calendar.add_working_days(day, PROMPT_WITHIN))
    found = partner.get(change, current.partner_id)
    if found is None:
        raise UserError("That partner is gone. Nothing was changed.")
    return found


CONVERT = Subcommand(
    "convert",
    "convert <number or partner> [day]",
    "An initial evaluation took place; with several open, the oldest. "
    "`<partner> came in` works too.",
    convert,
    aliases=("came",),
)
