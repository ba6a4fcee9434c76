"""`/partner convert`: an initial evaluation took place."""

import re
from datetime import date

from bot.commands.past import read_day, read_partner_and_day
from bot.commands.reply import named, saved
from bot.commands.request import Context, Request, Subcommand
from bot.commands.value import LARGEST_ID
from bot.domain.finding import Book
from bot.domain.message import Control, Menu, Message
from bot.domain.partner import Partner
from bot.domain.referral import RECEIVED, Referral
from bot.domain.reminder import PROMPT_WITHIN
from bot.domain.words import count_words, day_words, plain
from bot.errors import UserError
from bot.store import Change, Tx, partner, referral

# Slack's limit is 100; so many are still looked through on a phone.
OTHERS = 20
_NUMBER = re.compile(r"^(?:r-?|#)?([0-9]+)\b[,\s]*", re.IGNORECASE)
_ONLY_A_NUMBER = re.compile(r"^(?:r-?|#)[0-9]+$", re.IGNORECASE)


def convert(text: str, request: Request, context: Context) -> Message:
    """Record the evaluation of a referral by number, or of a partner's oldest open one."""
    if not text.strip():
        raise UserError("Which referral? Try `/partner convert R-1042` or `riverside came in`.")
    with context.store.read(request.workspace) as tx:
        book = partner.book(tx)
        numbered = read_number(tx, book, text)
        owner = None
        if numbered:
            found, day = numbered[0], read_day(numbered[1], request)
        else:
            owner, _match, day = read_partner_and_day(tx, book, text, request)
    with context.store.change(
        request.workspace, request.now, "convert", request.user, request.key
    ) as change:
        if owner:
            partner.lock(change, owner.id)
        chosen = oldest_open(change, owner) if owner else found
        name = record(change, chosen, day, request).name
        others = referral.open_of(change, chosen.partner_id)
    another = _another(change, others, day, request) if owner else ()
    return saved(change, *came_in_words(chosen, name, day, others, request), controls=another)


def came_in_words(
    chosen: Referral, name: str, day: date, others: list[Referral], request: Request
) -> tuple[str, str]:
    """Return what is said of an evaluation, and of the referrals that are still open."""
    still = count_words(len(others), "more of theirs is", "more of theirs are")
    return (
        f"✓ *{chosen.label} from {plain(name)} came in*, {day_words(day, request.today)}",
        f"{still} still open." if others else "",
    )


def _another(
    change: Change, others: list[Referral], day: date, request: Request
) -> tuple[Control, ...]:
    options = tuple(
        (_option(one, request), f"{change.audit_id}:{one.id}:{day.isoformat()}")
        for one in others[:OTHERS]
        if one.received_on <= day
    )
    return (Menu("Choose another", "another", options),) if options else ()


def _option(one: Referral, request: Request) -> str:
    return f"{one.label}, received {day_words(one.received_on, request.today)}"


def oldest_open(tx: Tx, owner: Partner) -> Referral:
    """Return a partner's oldest open referral; raises UserError when none is open."""
    waiting = referral.open_of(tx, owner.id)
    if not waiting:
        raise UserError(
            f"{named(owner.name)} has no open referral. For a patient who is here already: "
            f"`/partner evals {plain(owner.name)}`."
        )
    return waiting[0]


def is_number(text: str) -> bool:
    """Whether a text is nothing but the number of a referral."""
    return bool(_ONLY_A_NUMBER.match(text.strip()))


def read_number(tx: Tx, book: Book, text: str) -> tuple[Referral, str] | None:
    """Read "R-1042 [rest]"; None when the text begins with a partner, or with no number of ours."""
    match = _NUMBER.match(text.strip())
    if not match or partner.named(tx, text):
        return None
    digits = match[1].lstrip("0")
    is_small = 0 < len(digits) <= len(str(LARGEST_ID)) and int(digits) <= LARGEST_ID
    found = referral.numbered(tx, int(digits)) if is_small else None
    if found:
        return found, text.strip()[match.end() :]
    if any(digits in name.name for name in book.lead(text)[0].names):
        return None
    raise UserError(f"There is no referral R-{digits[:12] or 0}. Nothing was saved.")


def record(change: Change, chosen: Referral, day: date, request: Request) -> Partner:
    """Record an evaluation and return the partner; raises UserError where it cannot be."""
    partner.lock(change, chosen.partner_id)
    current = referral.get(change, chosen.id)
    if current is None or current.direction != RECEIVED:
        raise UserError(f"{chosen.label} is one that you sent, so it cannot come in here.")
    if current.evaluated_on:
        when = day_words(current.evaluated_on, request.today)
        raise UserError(f"{chosen.label} came in already, {when}. Nothing was changed.")
    if day < current.received_on:
        when = day_words(current.received_on, request.today)
        raise UserError(f"{chosen.label} was received later, {when}. Nothing was changed.")
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
    taken_back={"convert": "that evaluation"},
)
