"""A person's Home, looked up with a fixed number of queries and put together."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from bot.domain.fact import Facts
from bot.domain.home import ALL, MINE, Page, Place, first_of
from bot.domain.member import Member, Workspace
from bot.domain.message import Message, Part, Words
from bot.domain.period import read_period
from bot.domain.reminder import Reminder
from bot.domain.tally import Tally
from bot.domain.when import local_day, zone
from bot.domain.words import date_words, plain
from bot.home import coming, partners, practice, top, waiting
from bot.home.welcome import Welcome, welcome
from bot.store import Tx, fact, listing, partner, reminder, workspace
from bot.store.attention import quiet, unassigned, waiting_by_person
from bot.store.tally import tallies, tally

NO_PARTNERS = "There are no partners yet. Once there are, this is where you see who waits for what."


def home(
    tx: Tx,
    member: Member,
    settings: Workspace,
    place: Place,
    now: datetime,
    said: Message | None = None,
) -> Message:
    """Return what stands in the Home of `member`, who is at `place` in it.

    `said` is what a press in it has just done.
    """
    local = now.astimezone(zone(member.zone or settings.zone))
    today = local.date()
    is_owner = member.is_owner
    first = top.top(member.name, local.hour, said, is_owner)
    steps = _welcome(tx, settings, place) if is_owner else []
    if not listing.has_any(tx):
        return Message((*first, *steps, Words(NO_PARTNERS)))
    return Message(
        (
            *first,
            *steps,
            *_owed(tx, member, place, today),
            *(practice.practice(_practice(tx, settings, now)) if is_owner else []),
            *_partners(tx, member, place, today),
        )
    )


def _welcome(tx: Tx, settings: Workspace, place: Place) -> list[Part]:
    if place.is_settled:
        return []
    steps = Welcome(listing.has_any(tx), bool(workspace.desk(tx)), settings.channel is not None)
    return [] if steps.is_done else welcome(steps)


def _owed(tx: Tx, member: Member, place: Place, today: date) -> list[Part]:
    """What waits and what comes up; what both need to know is looked up together."""
    due = waiting.in_order(reminder.waiting(tx, member.member, today))
    soon = reminder.upcoming(tx, member.member, today, today + coming.AHEAD)
    now = _cut(due, place.waiting, waiting.ROWS)
    then = _cut(soon, place.coming, coming.ROWS)
    found = fact.gather(tx, [(row, today) for row in (*now.items, *then.items)])
    facts = {one.reminder.id: one for one in found}
    kinds = Counter(row.kind for row in due)
    ahead = "" if due else _next(tx, member, today)
    return [
        *waiting.waiting(_with(now, facts), kinds, ahead, today),
        *coming.coming(_with(then, facts), today),
    ]


def _cut(rows: list[Reminder], number: int, size: int) -> Page[Reminder]:
    first = first_of(number, size, len(rows))
    return Page(tuple(rows[first : first + size]), first, len(rows), size)


def _with(page: Page[Reminder], facts: Mapping[int, Facts]) -> Page[Facts]:
    known = tuple(facts[row.id] for row in page.items if row.id in facts)
    return Page(known, page.first, page.total, page.size)


def _next(tx: Tx, member: Member, today: date) -> str:
    row = reminder.coming(tx, member.member, today)
    if row is None:
        return ""
    name = plain(partner.names(tx, [row.partner_id]).get(row.partner_id, ""))
    return f"Next: {name}, {date_words(row.back_on or row.show_on, today)}."


def _practice(tx: Tx, settings: Workspace, now: datetime) -> practice.Practice:
    today = local_day(now, settings.zone)
    period, _ = read_period("", today)
    found = tallies(tx, period, "month", today)
    by_month = {month: each for month, each in found.items() if isinstance(month, date)}
    before: Tally = tally(tx, period.before(), today)
    return practice.Practice(
        period,
        by_month,
        before,
        unassigned(tx),
        waiting_by_person(tx, today),
        quiet(tx, today),
        today,
    )


def _partners(tx: Tx, member: Member, place: Place, today: date) -> list[Part]:
    user, wanted = member.member, place.filter
    if not wanted.whose:
        suits = MINE if listing.looks_after_any(tx, user) else ALL
        wanted = replace(wanted, whose=suits)
    page = listing.page(tx, wanted, user, today, place.partners, partners.ROWS)
    stages = listing.by_stage(tx, wanted, user)
    found = partners.Listing(page, wanted, stages, *listing.choices(tx))
    return partners.partners(found, user, today)
