"""The outbox: deliveries are planned, claimed, and settled; `attempt` fences late settlers.

available -> running -> delivered | cancelled | discarded
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.schema import deliveries, reminders
from bot.store.transaction import as_values

LEASE = timedelta(seconds=60)
MORNING, ALONE, EDIT = "morning", "alone", "edit"
AVAILABLE, RUNNING = "available", "running"
DELIVERED, CANCELLED, DISCARDED = "delivered", "cancelled", "discarded"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One Slack call to one person. `subject` is the reminder that is told alone, `edits` the
    delivery whose message is replaced, `shows` the ids of the reminders in the message.
    """

    id: int
    workspace: str
    key: str
    kind: str
    recipient: str
    attempt: int
    failures: int
    delivery_id: str
    created_at: datetime
    channel: str | None = None
    ts: str | None = None
    edits: int | None = None
    subject: int | None = None
    shows: Sequence[int] = ()


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


def due(connection: sa.Connection, now: datetime, limit: int) -> list[DueReminder]:
    """Return open reminders that planning has to look at, oldest first, of all workspaces."""
    query = (
        sa.select(reminders)
        .where(
            reminders.c.closed_at.is_(None),
            reminders.c.recipient.is_not(None),
            reminders.c.look_at <= now,
        )
        .order_by(reminders.c.look_at)
        .limit(limit)
    )
    return as_values(DueReminder, connection.execute(query).mappings().all())


def postpone(connection: sa.Connection, ids: Sequence[int], until: datetime) -> None:
    """Have planning look at reminders again at `until`; when they are due stays as it is."""
    here = sa.and_(reminders.c.id.in_(ids), reminders.c.closed_at.is_(None))
    connection.execute(sa.update(reminders).where(here).values(look_at=until))


def plan(
    connection: sa.Connection,
    workspace: str,
    key: str,
    kind: str,
    recipient: str,
    now: datetime,
    **values: object,
) -> bool:
    """Plan a delivery; False when one of that key was planned before."""
    made = connection.execute(
        _insert(connection)
        .values(
            workspace=workspace,
            key=key,
            kind=kind,
            recipient=recipient,
            run_at=now,
            delivery_id=secrets.token_hex(12),
            created_at=now,
            **values,
        )
        .on_conflict_do_nothing(index_elements=["workspace", "key"])
        .returning(deliveries.c.id)
    )
    return made.first() is not None


def arm_edit(connection: sa.Connection, workspace: str, delivery: int, now: datetime) -> None:
    """Have a message that was sent drawn anew.

    One row serves all edits of a message: arming it again raises `attempt`, so that whoever is
    drawing it from older facts can no longer settle it.
    """
    target = connection.execute(
        sa.select(deliveries.c.recipient).where(deliveries.c.id == delivery)
    ).scalar_one()
    insert = _insert(connection).values(
        workspace=workspace,
        key=f"edit:{delivery}",
        kind=EDIT,
        recipient=target,
        run_at=now,
        delivery_id=secrets.token_hex(12),
        edits=delivery,
        created_at=now,
    )
    again = {
        "state": AVAILABLE,
        "run_at": now,
        "attempt": deliveries.c.attempt + 1,
        "failures": 0,
        "lease_until": None,
    }
    connection.execute(
        insert.on_conflict_do_update(index_elements=["workspace", "key"], set_=again)
    )


def claim(connection: sa.Connection, now: datetime, limit: int) -> list[Delivery]:
    """Take up to `limit` deliveries that wait, or whose worker's lease is over.

    A lease that ends later than a fresh one would is over too: the clock was set back.
    """
    waits = sa.and_(deliveries.c.state == AVAILABLE, deliveries.c.run_at <= now)
    orphaned = sa.and_(
        deliveries.c.state == RUNNING,
        sa.or_(deliveries.c.lease_until <= now, deliveries.c.lease_until > now + LEASE),
    )
    chosen = (
        sa.select(deliveries.c.id)
        .where(sa.or_(waits, orphaned))
        .order_by(deliveries.c.run_at, deliveries.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    taken = connection.execute(
        sa.update(deliveries)
        .where(deliveries.c.id.in_(chosen.scalar_subquery()))
        .values(state=RUNNING, attempt=deliveries.c.attempt + 1, lease_until=now + LEASE)
        .returning(deliveries)
    )
    return as_values(Delivery, taken.mappings().all())


def settle(
    connection: sa.Connection, delivery: Delivery, state: str, now: datetime, **values: object
) -> bool:
    """End an attempt; False when a newer attempt has taken the delivery over."""
    result = connection.execute(
        sa.update(deliveries)
        .where(
            deliveries.c.id == delivery.id,
            deliveries.c.attempt == delivery.attempt,
            deliveries.c.state == RUNNING,
        )
        .values(state=state, settled_at=now, lease_until=None, **values)
    )
    return result.rowcount > 0


def release(
    connection: sa.Connection, delivery: Delivery, run_at: datetime, reason: str, failures: int
) -> bool:
    """Put a delivery back to be tried again at `run_at`; False when it was taken over."""
    result = connection.execute(
        sa.update(deliveries)
        .where(
            deliveries.c.id == delivery.id,
            deliveries.c.attempt == delivery.attempt,
            deliveries.c.state == RUNNING,
        )
        .values(state=AVAILABLE, run_at=run_at, lease_until=None, reason=reason, failures=failures)
    )
    return result.rowcount > 0


def get(connection: sa.Connection, workspace: str, delivery: int) -> Delivery | None:
    """Return one delivery."""
    here = sa.and_(deliveries.c.workspace == workspace, deliveries.c.id == delivery)
    row = connection.execute(sa.select(deliveries).where(here)).mappings().first()
    return as_values(Delivery, [row])[0] if row else None


def prune(connection: sa.Connection, before: datetime, limit: int = 500) -> int:
    """Forget settled edits older than `before`, a batch at a time; returns how many.

    Morning and single messages stay: their keys are what keeps them from being sent twice.
    """
    old = (
        sa.select(deliveries.c.id)
        .where(deliveries.c.kind == EDIT, deliveries.c.settled_at < before)
        .limit(limit)
    )
    gone = connection.execute(sa.delete(deliveries).where(deliveries.c.id.in_(old)))
    return gone.rowcount


def counts(connection: sa.Connection) -> dict[str, int]:
    """Return the number of deliveries in each state, of all workspaces."""
    query = sa.select(deliveries.c.state, sa.func.count()).group_by(deliveries.c.state)
    return {str(row[0]): int(row[1]) for row in connection.execute(query)}


def _insert(connection: sa.Connection) -> sqlite.Insert | postgresql.Insert:
    is_sqlite = connection.dialect.name == "sqlite"
    return sqlite.insert(deliveries) if is_sqlite else postgresql.insert(deliveries)
