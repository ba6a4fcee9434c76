"""`/partner evals`: the first evaluations of a day, for the front desk."""

import re
from dataclasses import dataclass
from datetime import date

from bot.commands.convert import record
from bot.commands.past import confirm, refuse_to_come
from bot.commands.reply import saved
from bot.commands.request import Context, Request, Subcommand, mention
from bot.commands.which import find
from bot.domain.finding import Book
from bot.domain.message import Message
from bot.domain.partner import Partner
from bot.domain.reading.days import future_day, past_day
from bot.domain.reminder import PROMPT_WITHIN
from bot.domain.words import count_words, day_words, list_words, plain
from bot.errors import UserError
from bot.store import Change, Tx, partner, referral

MOST_AT_ONCE = 50
_COUNT = re.compile(r"^(.*?)[\s:x×]+([0-9]{1,9})$", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"[,;]")
_AND = re.compile(r"\s+(?:and|plus|\+)\s+", re.IGNORECASE)


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
    when = when if when in ("today", "yesterday") else f"on {when}"
    first = f"✓ *{total} {when}:* {'; '.join(lines)}"
    return saved(change, first, _who_thanks(counted), _nobody_thanks(counted))


def read_evals(tx: Tx, text: str, request: Request) -> tuple[list[Counted], date]:
    """Read `<partner> [count][, <partner> [count] ...] [day]`."""
    book = partner.book(tx)
    parts = [part.strip() for part in _BREAK.split(text) if part.strip()] or [""]
    last, day = _read_last(parts[-1], book, request)
    every = [one for part in (*parts[:-1], last) if part for one in _at_and(part, book)]
    if not every:
        raise UserError("Whose? Please name the partner. Nothing was saved.")
    counted = [Counted(find(tx, book, words, request), count) for words, count in every]
    _check(sum(one.count for one in counted))
    return counted, day


def _read_last(part: str, book: Book, request: Request) -> tuple[str, date]:
    """Take the day from the last part, unless it is a name: "dr. may 3" has none."""
    if book.find(part).is_found or book.find(_split_count(part)[0]).is_found:
        return part, request.today
    read = past_day(part, request.today)
    if read is None:
        refuse_to_come(future_day(part, request.today), request)
        return part, request.today
    confirm(read.on, read.needs_confirming, request)
    return read.rest, read.on


def _at_and(part: str, book: Book) -> list[tuple[str, int]]:
    """Read "riverside 3 and dr lee" as two, but "Smith and Sons" as one."""
    if book.find(part).is_found:
        return [(part, 1)]
    words, count = _split_count(part)
    if book.find(words).names or not _AND.search(part):
        _check(count)
        return [(words, count)]
    return [one for piece in _AND.split(part) if piece for one in _at_and(piece, book)]


def _split_count(part: str) -> tuple[str, int]:
    match = _COUNT.match(part)
    return (match[1], int(match[2])) if match else (part, 1)


def _check(count: int) -> None:
    if not 1 <= count <= MOST_AT_ONCE:
        raise UserError(f"{count:,} at once? I take 1 to {MOST_AT_ONCE}. Nothing was saved.")


def _record_all(change: Change, counted: Counted, day: date, request: Request) -> str:
    waiting = [
        one for one in referral.open_of(change, counted.partner.id) if one.received_on <= day
    ][: counted.count]
    is_first = not referral.conversions(change, [counted.partner.id])
    for one in waiting:
        record(change, one, day, request)
    new = counted.count - len(waiting)
    for _ in range(new):
        _record_new(change, counted.partner.id, day, request)
    return _line(counted, len(waiting), new, is_first)


def _record_new(change: Change, partner_id: int, day: date, request: Request) -> None:
    by = request.calendar.add_working_days(day, PROMPT_WITHIN)
    referral.add_converted(change, partner_id, day, by)


def _line(counted: Counted, waiting: int, new: int, is_first: bool) -> str:
    name = f"{plain(counted.partner.name)} {counted.count}"
    details = [f"{waiting} were waiting, {new} new"] if waiting and new else []
    details += ["new"] if new and not waiting else []
    details += ["their first ever!"] if is_first else []
    return f"{name} ({', '.join(details)})" if details else name


def _who_thanks(counted: list[Counted]) -> str:
    treating = [one.partner for one in counted if one.partner.is_treating]
    liaisons = {one.liaison for one in treating if one.liaison}
    if not liaisons:
        return ""
    return (
        f"{list_words([mention(user) for user in sorted(liaisons)])} will be asked to say thanks."
    )


def _nobody_thanks(counted: list[Counted]) -> str:
    alone = {one.partner.name for one in counted if one.partner.is_treating}
    alone -= {one.partner.name for one in counted if one.partner.liaison}
    if not alone:
        return ""
    names = list_words([plain(name) for name in sorted(alone)])
    return f"No liaison yet for {names}, so nobody is asked to say thanks."


EVALS = Subcommand(
    "evals",
    "evals <partner> [count][, <partner> [count] ...] [day]",
    "First evaluations of the day, for the front desk: `evals riverside 3, dr lee`.",
    evals,
    aliases=("eval", "evaluations"),
    taken_back={"evals": "those evaluations"},
)
