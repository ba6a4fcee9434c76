"""What has become due turns into deliveries; running it twice changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby

from bot.domain.member import Member, calendar_of
from bot.domain.messenger import Messenger
from bot.domain.when import (
    WorkCalendar,
    is_working_time,
    local_day,
    morning,
    next_morning,
    next_working_time,
)
from bot.store import Connection, Store, outbox, workspace
from bot.store.engine import JOB_PATIENCE
from bot.store.outbox import DueReminder
from jobs.desk import ask
from jobs.guard import attempt
from jobs.people import ASK_AGAIN_AFTER, fresh

BATCH = 500
# How long a person whom Slack has deactivated is left alone.
GONE_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Decision:
    """What to plan for a person now, and when to look at the rest again."""

    is_morning: bool
    alone: tuple[DueReminder, ...]
    look_again: datetime


def plan(store: Store, messenger: Messenger, now: datetime) -> int:
    """Plan a delivery for everything that has become due; returns how many were planned."""
    with store.peek() as connection:
        due = outbox.due(connection, now, BATCH)
        at_the_desk = workspace.desks(connection)
    by_person = sorted(due, key=lambda one: (one.workspace, one.recipient))
    planned = ask(store, messenger, at_the_desk, now)
    for (team, user), group in groupby(by_person, lambda one: (one.workspace, one.recipient)):
        work = partial(_plan_person, store, messenger, team, user, list(group), now)
        planned += attempt(work, f"planning for {team} {user}") or 0
    return planned


def _plan_person(
    store: Store,
    messenger: Messenger,
    team: str,
    user: str,
    due: Sequence[DueReminder],
    now: datetime,
) -> int:
    person = fresh(store, messenger, team, user, now)
    keys = [_key(one) for one in due]
    with store.read(team) as tx:
        settings = workspace.get(tx)
        told = outbox.planned_of(tx.connection, team, keys)
    # What had its own message, or was put off, is a row of the next morning like any other.
    due = [
        replace(one, is_immediate=False) if _key(one) in told or one.back_on else one for one in due
    ]
    decision = decide(person, calendar_of(settings, person), due, now)
    with store.begin(JOB_PATIENCE) as connection:
        return _carry_out(connection, person, decision, due, now)


def decide(
    person: Member, calendar: WorkCalendar, due: Sequence[DueReminder], now: datetime
) -> Decision:
    """Say what a person may be told at `now`: only in their working hours, once a morning."""
    if person.zone is None:
        return Decision(False, (), now + ASK_AGAIN_AFTER)
    if person.is_deactivated:
        return Decision(False, (), now + GONE_FOR)
    if not is_working_time(now, person.zone, calendar):
        return Decision(False, (), next_working_time(now, person.zone, calendar))
    at_once = tuple(one for one in due if one.is_immediate and not one.shown_count)
    today = morning(local_day(now, person.zone), person.reminder_hour, person.zone, calendar)
    tomorrow = next_morning(max(now, today), person.reminder_hour, person.zone, calendar)
    waits = len(at_once) < len(due)
    if now < today:
        return Decision(False, at_once, today)
    return Decision(waits, at_once, tomorrow)


def _carry_out(
    connection: Connection,
    person: Member,
    decision: Decision,
    due: Sequence[DueReminder],
    now: datetime,
) -> int:
    planned = 0
    if decision.is_morning and person.zone:
        key = f"morning:{person.member}:{local_day(now, person.zone)}"
        planned += outbox.plan(
            connection, person.workspace, key, outbox.MORNING, person.member, now
        )
    for one in () if planned else decision.alone:
        planned += outbox.plan(
            connection,
            person.workspace,
            _key(one),
            outbox.ALONE,
            person.member,
            now,
            subject=one.id,
        )
    ids = [one.id for one in due]
    outbox.postpone(connection, person.member, ids, now, decision.look_again)
    return planned


def _key(one: DueReminder) -> str:
    return f"{'thanks' if one.kind == 'thank_you' else one.kind}:{one.id}"
