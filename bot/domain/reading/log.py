"""A line such as "riverside called about knee protocols yesterday", read as an interaction."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.domain.finding import Book, Match
from bot.domain.reading import amounts
from bot.domain.reading.act import Act, act, has_reached
from bot.domain.reading.note import is_plain, note_of
from bot.domain.reading.opening import begins_with_verb
from bot.domain.reading.partner import partner_in, with_contact
from bot.domain.reading.sentence import sentence
from bot.domain.reading.step import Days
from bot.domain.reading.tokens import MASK, masked

__all__ = ["LogRead", "begins_with_verb", "read_log"]

CALL = "call"
_FORMATTING = re.compile(rf"{MASK}|(?<!\w)[_*]+(?=\w)|(?<![\W_])[_*]+(?!\w)")
NAMELESS = "follow up"
CHARACTERS_AT_MOST = 8_000
CHARACTERS_TO_READ = 2_000


@dataclass(frozen=True, slots=True)
class LogRead:
    """A line as it was understood; `note` is what is left of it in the person's own words.

    `is_reached` is False for a call that reached nobody; `next_step` is what is planned and when,
    to be offered, not done; `has_kind` is False when no word said a kind; `needs_confirming` when
    a day without a year lies far back; `named` are the words taken for the partner, known or not.
    """

    partner: Match
    kind: str
    is_reached: bool
    happened_on: date
    minutes: int | None
    cost: Decimal | None
    note: str
    next_step: tuple[str, date] | None
    has_kind: bool
    needs_confirming: bool
    named: str = ""


def read_log(text: str, book: Book, today: date) -> LogRead:
    """Reads a line by its first CHARACTERS_TO_READ; what comes after them is note."""
    text = _FORMATTING.sub(" ", text[:CHARACTERS_AT_MOST])
    partner = partner_in(text, book)
    rest = masked(text, partner.start, partner.end)[:CHARACTERS_TO_READ]
    length, rest = _minutes(rest)
    price, rest = _cost(rest)
    line = sentence(rest, today)
    done = act(line)
    days = Days(line)
    said = [(read.span.start, read.span.end) for read in (length, price) if read]
    said += [(days.of_act.start, days.of_act.end)] if days.of_act else []
    return LogRead(
        partner=with_contact(partner, text, book),
        kind=done.kind,
        is_reached=done.kind != CALL or has_reached(line.words),
        happened_on=days.of_act.on if days.of_act else today,
        minutes=length.minutes if length else None,
        cost=price.cost if price else None,
        note=note_of(text, said, (partner.start, partner.end), _plain_verb(done)),
        next_step=_step(days, text),
        has_kind=done.has_kind,
        needs_confirming=bool(days.of_act and days.of_act.needs_confirming),
        named=partner.named,
    )


def _minutes(text: str) -> tuple[amounts.MinutesRead | None, str]:
    read = amounts.minutes(text)
    return read, masked(text, read.span.start, read.span.end) if read else text


def _cost(text: str) -> tuple[amounts.CostRead | None, str]:
    read = amounts.cost(text)
    return read, masked(text, read.span.start, read.span.end) if read else text


def _plain_verb(done: Act) -> str:
    hit = done.decided_by
    return hit.phrase if hit and hit.kind == done.kind and is_plain(hit.phrase) else ""


def _step(days: Days, text: str) -> tuple[str, date] | None:
    return (days.what_is_planned(text) or NAMELESS, days.of_plan.on) if days.of_plan else None
