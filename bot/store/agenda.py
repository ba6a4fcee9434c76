"""What has become due: the workspaces that have work, and the reminders that planning looks at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from bot.store.among import among
from bot.store.outbox import AVAILABLE, RUNNING, Moment, ends_outside, is_unsettled, latest_end
from bot.store.schema import Instant, deliveries, reminders, workspaces
from bot.store.transaction import as_values, fields


@dataclass(frozen=True, slots=True)
class DueReminder:
    """An open reminder whose time has come."""

    id: int
    workspace: str
    recipient: str
    kind: str
    is_immediate: bool
    shown_count: int
    due_at: datetime
    look_at: datetime
    back_on: date | None = None


def with_work(connection: sa.Connection, now: datetime) -> list[str]:
    """Return the workspaces in which there is something to plan or to deliver at `now`.

    It looks at the head of each workspace's queues, so it costs as much with a million reminders
    that are not due as with none.
    """
    bounds = {"now": now, "latest": latest_end(now)}
    return list(connection.execute(_WITH_WORK, bounds).scalars())


def due(connection: sa.Connection, workspace: str, now: datetime, limit: int) -> list[DueReminder]:
    """Return open reminders that planning has to look at, oldest first.

    In a writing transaction they are kept from other planners, who get the next ones.
    """
    query = (
        sa.select(*fields(reminders, DueReminder))
        .where(reminders.c.workspace == workspace, _is_due(now))
        .order_by(reminders.c.look_at, reminders.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, key_share=True)
    )
    return as_values(DueReminder, connection.execute(query))


def recipients(connection: sa.Connection, workspace: str, now: datetime, limit: int) -> list[str]:
    """Return whom the oldest due reminders are for."""
    oldest = (
        sa.select(reminders.c.recipient)
        .where(reminders.c.workspace == workspace, _is_due(now))
        .order_by(reminders.c.look_at, reminders.c.id)
        .limit(limit)
        .subquery()
    )
    query = sa.select(oldest.c.recipient).distinct().order_by(oldest.c.recipient)
    return list(connection.execute(query).scalars())


def postpone(
    connection: sa.Connection, workspace: str, ids: Sequence[int], now: datetime, until: datetime
) -> None:
    """Have planning look at reminders again at `until`; when they are due stays as it is.

    Those that somebody put off since they were read are left alone.
    """
    here = sa.and_(
        reminders.c.workspace == workspace,
        among(reminders.c.id, ids),
        reminders.c.closed_at.is_(None),
        reminders.c.look_at <= now,
    )
    connection.execute(sa.update(reminders).where(here).values(look_at=until))


def _is_due(now: Moment) -> sa.ColumnElement[bool]:
    return sa.and_(_is_planned(), reminders.c.look_at <= now)


def _is_planned() -> sa.ColumnElement[bool]:
    return sa.and_(reminders.c.closed_at.is_(None), reminders.c.recipient.is_not(None))


def _those_with_work() -> sa.Select[str]:
    now, latest = (sa.bindparam(name, type_=Instant) for name in ("now", "latest"))
    here = deliveries.c.workspace == workspaces.c.id
    waits = sa.and_(is_unsettled(), deliveries.c.state == AVAILABLE, deliveries.c.run_at <= now)
    orphan = sa.and_(is_unsettled(), deliveries.c.state == RUNNING, ends_outside(now, latest))
    # The head of the index. Whether there is one that is due, PostgreSQL would look for in all
    # reminders: a plan for any instant takes a third of them to be due.
    next_look = sa.select(sa.func.min(reminders.c.look_at)).where(
        reminders.c.workspace == workspaces.c.id, _is_planned()
    )
    has_work = sa.or_(
        next_look.scalar_subquery() <= now,
        sa.exists().where(here, waits),
        sa.exists().where(here, orphan),
    )
    return sa.select(workspaces.c.id).where(has_work).order_by(workspaces.c.id)


# Asked on every tick: to make the statement takes longer than to ask it.
_WITH_WORK = _those_with_work()
