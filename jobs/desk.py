"""The desk's question of the day: asked once, half an hour before the person's day ends."""

from datetime import datetime
from functools import partial

from bot.domain.member import Member
from bot.domain.messenger import Messenger
from bot.domain.when import WorkCalendar, is_working_time, local_day, zone
from bot.store import Store, outbox, workspace
from bot.store.engine import JOB_PATIENCE
from bot.store.outbox import DESK, Planned
from jobs.guard import attempt
from jobs.people import fresh


def ask(store: Store, messenger: Messenger, now: datetime) -> int:
    """Plan the question for those whose time has come; returns how many."""
    with store.peek() as connection:
        people = workspace.desks(connection)
    due = [(one, calendar) for one, calendar in people if _is_time(one, calendar, now)]
    work = [partial(_ask, store, messenger, one, calendar, now) for one, calendar in due]
    return sum(attempt(one, "the desk's question") or 0 for one in work)


def _is_time(person: Member, calendar: WorkCalendar, now: datetime) -> bool:
    if not person.zone:
        return False
    local = now.astimezone(zone(person.zone)).time()
    return calendar.last_half_hour <= local < calendar.ends


def _ask(
    store: Store, messenger: Messenger, person: Member, calendar: WorkCalendar, now: datetime
) -> int:
    team, user = person.workspace, person.member
    key = f"desk:{user}:{local_day(now, person.zone or '')}"
    with store.read(team) as tx:
        if outbox.planned_of(tx.connection, team, [key]):
            return 0
    person = fresh(store, messenger, team, [user], now).get(user, person)
    is_here = not (person.is_deactivated or person.is_barred) and _is_time(person, calendar, now)
    if not is_here or not is_working_time(now, person.zone or "", calendar):
        return 0
    with store.begin(JOB_PATIENCE) as connection:
        return len(outbox.plan(connection, team, [Planned(key, DESK, user)], now))
