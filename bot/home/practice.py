"""What an owner wants to see of the practice: figures with a chart, and who needs somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.home import NOBODYS
from bot.domain.message import Button, Heading, Part, Row, Small, Words
from bot.domain.period import Period
from bot.domain.tally import Rhythm, Tally, Unassigned, WaitingFor
from bot.domain.words import count_words, day_words, plain, short, span_words
from bot.stats import CAME_IN, CONVERSION_RATE, RECEIVED
from bot.stats.chart import chart
from bot.stats.look import usual

# So many of each sort are named; the rest are counted, and can be seen.
NAMED = 5
PEOPLE = 10
NAME = 80
STATISTICS = (RECEIVED, CAME_IN, CONVERSION_RATE)


@dataclass(frozen=True, slots=True)
class Practice:
    """The figures of a period beside those before it, and what is to be looked at on `today`."""

    period: Period
    by_month: Mapping[date, Tally]
    before: Tally
    unassigned: Sequence[Unassigned]
    waiting: Sequence[WaitingFor]
    quiet: Sequence[Rhythm]
    today: date


def practice(found: Practice) -> list[Part]:
    """Return the practice at a glance, then the partners without a liaison, and the quiet ones."""
    return [*_figures(found), *_unassigned(found), *_waiting(found), *_quiet(found)]


def _figures(found: Practice) -> list[Part]:
    now = sum(found.by_month.values(), Tally())
    lines = [f"{one.title}: {line}" for one in STATISTICS if (line := one.line(now, found.before))]
    span = span_words(found.period.starts_on, found.period.ends_on, found.today)
    return [
        Heading("The practice", 2),
        Words("\n".join((f"*{span}* ({found.period.before().words} in parentheses)", *lines))),
        *chart(found.period, found.by_month),
    ]


def _unassigned(found: Practice) -> list[Part]:
    if not found.unassigned:
        return []
    count = len(found.unassigned)
    title = f"*Without a liaison: {count:,}*. Nobody is asked to look after them."
    rows = [_without(one) for one in found.unassigned[:NAMED]]
    every = Button("Show all", "home_whose", NOBODYS, "Show all without a liaison")
    return [Words(title), *rows, *_more(count, every)]


def _without(one: Unassigned) -> Row:
    name = plain(short(one.name, NAME))
    button = Button("Assign", "assign", str(one.partner_id), f"Assign a liaison to {name}")
    return Row(f"• {name}", (button,))


def _waiting(found: Practice) -> list[Part]:
    if not found.waiting:
        return []
    lines = [
        f"• <@{one.member}>: {count_words(one.count, 'thing')}, the oldest since "
        f"{day_words(one.since_on, found.today)}"
        for one in found.waiting[:PEOPLE]
    ]
    rest = len(found.waiting) - PEOPLE
    more = [f"and {count_words(rest, 'colleague')} more: `/partner due all`"] if rest > 0 else []
    return [Words("\n".join(("*Waiting longest, by liaison*", *lines, *more)))]


def _quiet(found: Practice) -> list[Part]:
    if not found.quiet:
        return []
    title = f"*Quiet: {len(found.quiet):,}*. Nothing from them for much longer than usual."
    rows = [_silent(one, found.today) for one in found.quiet[:NAMED]]
    return [Words(title), *rows, *_more(len(found.quiet))]


def _silent(one: Rhythm, today: date) -> Row:
    name = plain(short(one.name, NAME))
    since = span_words(one.last_on, one.last_on, today)
    button = Button("Show", "show", str(one.partner_id), f"Show {name}")
    return Row(f"• {name}: no referral since {since}, usually {usual(one)}", (button,))


def _more(count: int, *buttons: Button) -> list[Part]:
    rest = count - NAMED
    if rest <= 0:
        return []
    return [Row(f"and {rest:,} more", buttons)] if buttons else [Small(f"and {rest:,} more")]
