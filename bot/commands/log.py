"""`/partner log`: an interaction in a person's own words."""

import re
from datetime import date
from functools import partial
from typing import Any

from bot.commands.did import what_happened
from bot.commands.guarded import heed
from bot.commands.log_words import LONGEST_NOTE, form_of
from bot.commands.past import confirm
from bot.commands.person import with_names
from bot.commands.reply import back_on_list, next_check_in, on, saved, who
from bot.commands.request import Context, OpenForm, Reply, Request, Subcommand
from bot.commands.which import contact_of, known
from bot.domain.finding import Book
from bot.domain.gift import gift_words
from bot.domain.interaction import KINDS, done_words
from bot.domain.message import Button, Control
from bot.domain.partner import Partner
from bot.domain.reading.log import LogRead, begins_with_verb, read_log
from bot.domain.words import day_words, minutes_words, money_words, plain, short
from bot.store import Change, Tx, interaction, partner, replan

_LINKS = {"with", "w/", "to", "from", "at", "by", "for", "into", "the"}


def log(text: str, request: Request, context: Context) -> Reply:
    """Take an interaction down and say back what was understood; no text opens the form."""
    if not text.strip():
        return OpenForm("log", {"day": request.today.isoformat()})
    with context.store.read(request.workspace) as tx:
        remark = heed(tx, text, request, partial(form_of, tx, text, request.today))
        book = partner.book(tx)
        read = read_log(with_names(tx, text), book, request.today)
        found = known(tx, book, read.partner, read.named or guessed_name(text), request)
    if says_nothing(read):
        raise what_happened(found)
    confirm(read.happened_on, read.needs_confirming, request)
    with context.store.change(
        request.workspace, request.now, "log", request.user, request.key
    ) as change:
        change.remark = remark
        made = interaction.add(
            change, found.id, read.kind, read.happened_on, **details(found, read)
        )
        lines = understood(change, found, read, request)
    return saved(change, *lines, controls=offers(read, found, made, request))


def guessed_name(text: str) -> str:
    """Return the words that were most likely meant as a partner's name.

    They stand before the verb ("oakdale visit") or after it ("had lunch with oakdale, 20 min").
    """
    words = re.split(r"[,:;.]", text.strip(), maxsplit=1)[0].split()
    if not begins_with_verb(text):
        before = (i for i in range(1, len(words)) if _has_kind(" ".join(words[: i + 1])))
        return " ".join(words[: next(before, len(words))][:6])
    link = next((i for i, word in enumerate(words) if word.casefold() in _LINKS), 0)
    return " ".join(words[link + 1 :][:4])


def _has_kind(text: str) -> bool:
    return read_log(text, Book(()), date.min).has_kind


def says_nothing(read: LogRead) -> bool:
    """Whether a line names a partner and nothing else."""
    return not (read.has_kind or read.note or read.minutes or read.cost or read.next_step)


def details(found: Partner, read: LogRead) -> dict[str, Any]:
    """Return what is kept of an interaction besides its partner, kind and day."""
    return {
        "contact_id": contact_of(read.partner, found.id),
        "is_reached": read.is_reached,
        "minutes": read.minutes,
        "cost": read.cost,
        "note": read.note[:LONGEST_NOTE],
    }


def understood(change: Change, found: Partner, read: LogRead, request: Request) -> list[str]:
    """Return what is said of an interaction that was written down."""
    replan.after(change)
    tail = (
        next_check_in(change, found.id, request)
        if read.is_reached
        else back_on_list(change, found.id, request)
    )
    note = f'"{plain(short(read.note, 300))}"' if read.note else ""
    return [_what(change, found, read, request), note, _gifts(change, found, read), tail]


def _what(tx: Tx, found: Partner, read: LogRead, request: Request) -> str:
    whom = who(tx, found, contact_of(read.partner, found.id))
    facts = [day_words(read.happened_on, request.today)]
    facts += [minutes_words(read.minutes)] if read.minutes else []
    facts += [money_words(read.cost, request.settings.currency)] if read.cost else []
    return f"✓ *{done_words(read.kind, read.is_reached)} {whom}*, {', '.join(facts)}"


def _gifts(tx: Tx, found: Partner, read: LogRead) -> str:
    if not (read.cost and found.is_treating and KINDS[read.kind].is_of_value):
        return ""
    year = read.happened_on.year
    spent = interaction.spent(tx, found.id, date(year, 1, 1), date(year, 12, 31))
    return gift_words(spent, year)


def offers(
    read: LogRead, found: Partner, interaction_id: int, request: Request
) -> tuple[Control, ...]:
    """Return what may come next of an interaction that was written down."""
    offers: list[Control] = []
    if read.next_step:
        what, day = read.next_step
        value = f"{found.id}:{day.isoformat()}:{what[:300]}"
        offers.append(Button(short(f"Remind me: {what}, {on(day, request)}", 70), "remind", value))
    if not read.is_reached:
        offers.append(Button("It was enough", "enough", str(interaction_id)))
    return (*offers, Button("Edit", "edit_log", str(interaction_id)))


LOG = Subcommand(
    "log",
    "log <partner> <what happened>",
    "Take down a call, visit, lunch or anything else, in your own words. "
    "`/partner called riverside, 20 min` works too.",
    log,
    aliases=("note",),
    taken_back={"log": "that log entry"},
)
