"""The desk's question of the day: asked once, at half past four where the person is."""

from collections.abc import Sequence
from datetime import datetime, time
from functools import partial

from bot.domain.member import Member
from bot.domain.messenger import Messenger
from bot.domain.when import WORK_ENDS, WorkCalendar, is_working_time, local_day, zone
from bot.store import Store, outbox, workspace
from bot.store.engine import JOB_PATIENCE
from jobs.guard import attempt
from jobs.people import fresh

ASKED_AT = time(16, 30)


def ask(store: Store, messenger: Messenger, people: Sequence[Member], now: datetime) -> int:
    """Plan the question for those of `people` whose time has come; returns how many."""
    due = [one for one in people if _is_time(one, now)]
    work = [partial(_ask, store, messenger, one, now) for one in due]
    return sum(attempt(one, "the desk's question") or 0 for one in work)


def _is_time(person: Member, now: datetime) -> bool:
    place = person.zone and zone(person.zone)
    return bool(place) and ASKED_AT <= now.astimezone(place or None).time() < WORK_ENDS


def _ask(store: Store, messenger: Messenger, person: Member, now: datetime) -> int:
    team, user = person.workspace, person.member
    key = f"desk:{user}:{local_day(now, person.zone or '')}"
    with store.read(team) as tx:
        settings = workspace.get(tx)
        if outbox.planned_of(tx.connection, team, [key]):
            return 0
    person = fresh(store, messenger, team, user, now)
    calendar = WorkCalendar(settings.country, settings.state)
    is_here = not (person.is_deactivated or person.is_barred) and _is_time(person, now)
    if not is_here or not is_working_time(now, person.zone or "", calendar):
        return 0
    with store.begin(JOB_PATIENCE) as connection:
        return int(outbox.plan(connection, team, key, outbox.DESK, user, now))
