"""The week ahead on a week's first morning, also for those who have nothing to do that day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby

from bot.domain.member import Member, Workspace, calendar_of
from bot.domain.message import Message
from bot.domain.messenger import Messenger
from bot.domain.respect import held_because
from bot.domain.when import WorkCalendar, local_day, morning, zone
from bot.reminders.letter import Letter
from bot.reminders.week_ahead import Upcoming, is_first_of_week, only_ahead, with_week_ahead
from bot.store import Store, Tx, outbox, partner, reminder, workspace
from bot.store.engine import JOB_PATIENCE
from bot.store.outbox import MORNING, Planned
from jobs.guard import attempt
from jobs.people import fresh


def ask(store: Store, messenger: Messenger, now: datetime) -> int:
    """Plan the first morning message of the week for those who want it; returns how many."""
    with store.peek() as connection:
        wanting = workspace.looking_ahead(connection)
    due = [one for one, calendar in wanting if _is_time(one, calendar, now)]
    teams = groupby(due, lambda one: one.workspace)
    work = [partial(_plan, store, messenger, team, list(people), now) for team, people in teams]
    return sum(attempt(one, "the week ahead") or 0 for one in work)


def _is_time(person: Member, calendar: WorkCalendar, now: datetime) -> bool:
    if not person.zone:
        return False
    today = local_day(now, person.zone)
    is_first = is_first_of_week(today, calendar)
    return is_first and now >= morning(today, person.reminder_hour, person.zone, calendar)


def _plan(
    store: Store, messenger: Messenger, team: str, people: Sequence[Member], now: datetime
) -> int:
    keys = {one.member: f"morning:{one.member}:{local_day(now, one.zone or '')}" for one in people}
    with store.read(team) as tx:
        settings = workspace.get(tx)
        begun = outbox.planned_of(tx.connection, team, list(keys.values()))
        waiting = [one for one in people if keys[one.member] not in begun]
        busy = {one.member for one in waiting if _of_today(tx, settings, one, now)}
    found = fresh(store, messenger, team, busy, now) if busy else {}
    planned = [
        Planned(keys[user], MORNING, user)
        for user, person in found.items()
        if not held_because(person, settings, now)
    ]
    with store.begin(JOB_PATIENCE) as connection:
        return len(outbox.plan(connection, team, planned, now))


def put_under(
    tx: Tx, settings: Workspace, person: Member, letter: Letter, now: datetime
) -> Letter | None:
    """Return a morning's letter with the week ahead, if it is its day; None when it says nothing.

    Without any rows the week ahead is all that it says.
    """
    coming = _of_today(tx, settings, person, now)
    if letter.shows:
        return replace(letter, message=with_week_ahead(letter.message, coming))
    hour = now.astimezone(zone(person.zone or settings.zone)).hour
    return replace(letter, message=only_ahead(person.name, hour, coming)) if coming else None


def keep_under(
    tx: Tx, settings: Workspace, person: Member, message: Message, sent_at: datetime, now: datetime
) -> Message:
    """Return a morning message that is drawn anew with what still comes up in its week."""
    place = person.zone or settings.zone
    today, sent_on = local_day(now, place), local_day(sent_at, place)
    is_of_this_week = sent_on.isocalendar()[:2] == today.isocalendar()[:2]
    is_wanted = is_of_this_week and _is_wanted(settings, person, sent_on)
    return with_week_ahead(message, _coming(tx, person, today)) if is_wanted else message


def _of_today(tx: Tx, settings: Workspace, person: Member, now: datetime) -> Sequence[Upcoming]:
    today = local_day(now, person.zone or settings.zone)
    return _coming(tx, person, today) if _is_wanted(settings, person, today) else ()


def _is_wanted(settings: Workspace, person: Member, day: date) -> bool:
    wishes = person.preferences.is_week_ahead
    return wishes and is_first_of_week(day, calendar_of(settings, person))


def _coming(tx: Tx, person: Member, today: date) -> Sequence[Upcoming]:
    sunday = today + timedelta(days=6 - today.weekday())
    rows = reminder.upcoming(tx, person.member, today, sunday)
    names = partner.names(tx, [row.partner_id for row in rows])
    days = [(row, row.back_on or row.show_on) for row in rows]
    return [Upcoming(day, names[row.partner_id], row.kind) for row, day in days if day <= sunday]
