"""Hours without Slack: what was typed then is lost, and owners are told so once."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.domain.member import OWNER, Workspace, calendar_of
from bot.domain.when import WorkCalendar, is_working_time
from bot.store import Connection, Store, Tx, outbox, workspace
from bot.store.engine import JOB_PATIENCE
from bot.store.outbox import SILENCE, Planned

LONG = timedelta(hours=1)
# The gap is looked at in steps of this, back to so long ago.
STEP, LONGEST = timedelta(minutes=10), timedelta(days=14)


def heard(store: Store, teams: Collection[str], now: datetime, is_unbroken: bool) -> int:
    """Note that Slack can be reached; returns how many owners are to be told that it could not.

    `is_unbroken` says that this process has heard it all the while, however far apart the clock
    says that was: somebody moved the clock.
    """
    with store.begin(JOB_PATIENCE) as connection:
        silent = {} if is_unbroken else workspace.silent(connection, teams, now - LONG)
        workspace.heard(connection, teams, now)
        return sum(_tell(connection, team, since, now) for team, since in silent.items())


def since_when(key: str) -> datetime:
    """Return the instant at which the silence began that a delivery of this key tells of."""
    return datetime.fromisoformat(key.split(":", 2)[2])


def _tell(connection: Connection, team: str, since: datetime, now: datetime) -> int:
    tx = Tx(connection, team)
    settings = workspace.get(tx)
    if working_time(since, now, settings, calendar_of(settings, None)) < LONG:
        return 0
    wanted = [
        Planned(f"silence:{one.member}:{since.isoformat()}", SILENCE, one.member)
        for one in workspace.people(tx, OWNER)
    ]
    return len(outbox.plan(connection, team, wanted, now))


def working_time(
    since: datetime, until: datetime, settings: Workspace, calendar: WorkCalendar
) -> timedelta:
    """Return how much of a span the practice was at work, to ten minutes."""
    at, found = max(since, until - LONGEST), timedelta()
    while at < until:
        step = min(STEP, until - at)
        found += step if is_working_time(at, settings.zone, calendar) else timedelta()
        at += step
    return found
