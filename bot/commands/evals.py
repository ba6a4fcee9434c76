"""`/partner evals`: the first evaluations of a day, for the front desk."""

import re
from dataclasses import dataclass
from datetime import date

from bot.commands.convert import record
from bot.commands.reply import saved
from bot.commands.request import Context, Request, Subcommand, mention
from bot.commands.which import find
from bot.domain.message import Message
from bot.domain.partner import Partner
from bot.domain.reading.days import past_day
from bot.domain.referral import RECEIVED
from bot.domain.words import count_words, day_words, list_words, plain
from bot.errors import UserError
from bot.store import Change, Tx, partner, referral

MOST_AT_ONCE = 50
_COUNT = re.compile(r"^(.*?)[\s:x×]+(\d{1,3})$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many evaluations of a partner's referrals took place."""

    partner: Partner
    count: int


def evals(text: str, request: Request, context: Context) -> Message:
    """Close each partner's oldest open referrals; with none open, record one that came in."""
    if not text.strip():
        raise UserError(
            "Whose? Try `/partner evals riverside 3, dr lee`. No patient names, please."
        )
    with context.store.read(request.workspace) as tx:
        counted, day = read_evals(tx, text, request)
    with context.store.change(
        request.workspace, request.now, "evals", request.user, request.key
    ) as change:
        # In one order everywhere, so that two people's evaluations cannot wait for each other.
        for partner_id in sorted({one.partner.id for one in counted}):
            partner.lock(change, partner_id)
        lines = [_record_all(change, one, day, request) for one in counted]
    total = count_words(sum(one.count for one in counted), "first evaluation")
    when = day_words(day, request.today)
    return saved(change, f"✓ *{total}, {when}:* {'; '.join(lines)}", _who_thanks(counted))


def read_evals(tx: Tx, text: str, request: Request) -> tuple[list[Counted], date]:
    """Read `<partner> [count][, <partner> [count] ...] [day]`."""
    book = partner.book(tx)
    *first, last = [part.strip() for part in text.split(",") if part.strip()] or [text]
    read = past_day(last, request.today)
    if read and not book.find(last).is_found:
        day, last = read.on, read.rest
    else:
        day = request.today
    counted = []
    for part in (*first, last):
        words, count = _split_count(part, known=book.find(part).is_found)
        counted.append(Counted(find(tx, book, words, request), count))
    return counted, day


def _split_count(part: str, known: bool) -> tuple[str, int]:
    match = None if known else _COUNT.match(part)
    count = int(match[2]) if match else 1
    if not 1 <= count <= MOST_AT_ONCE:
        raise UserError(f"{count} at once? I take 1 to {MOST_AT_ONCE}. Nothing was saved.")
    return (match[1] if match else part), count


def _record_all(change: Change, counted: Counted, day: date, request: Request) -> str:
    waiting = [
        one for one in referral.open_of(change, counted.partner.id) if one.received_on <= day
    ][: counted.count]
    is_first = not referral.conversions(change, counted.partner.id)
    for one in waiting:
        record(change, one, day, request)
    new = counted.count - len(waiting)
    for _ in range(new):
        _record_new(change, counted.partner.id, day, request)
    return _line(counted, len(waiting), new, is_first)


def _record_new(change: Change, partner_id: int, day: date, request: Request) -> None:
    made = referral.get(change, referral.add(change, partner_id, RECEIVED, day))
    if made:
        record(change, made, day, request)


def _line(counted: Counted, waiting: int, new: int, is_first: bool) -> str:
    name = f"{plain(counted.partner.name)} {counted.count}"
    details = [f"{waiting} were waiting, {new} new"] if waiting and new else []
    details += ["new"] if new and not waiting else []
    details += ["their first ever!"] if is_first else []
    return f"{name} ({', '.join(details)})" if details else name


def _who_thanks(counted: list[Counted]) -> str:
    liaisons = {one.partner.liaison for one in counted if one.partner.liaison}
    treating = [one.partner for one in counted if one.partner.is_treating]
    if not liaisons or not treating:
        return ""
    return (
        f"{list_words([mention(user) for user in sorted(liaisons)])} will be asked to say thanks."
    )


EVALS = Subcommand(
    "evals",
    "evals <partner> [count][, <partner> [count] ...] [day]",
    "First evaluations of the day, for the front desk: `evals riverside 3, dr lee`.",
    evals,
    aliases=("eval", "evaluations"),
)
