"""The outbox: deliveries are planned, claimed, and settled; `attempt` fences late settlers.

available -> running -> delivered | cancelled | discarded
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.schema import Instant, deliveries, reminders
from bot.store.transaction import as_values

LEASE = timedelta(seconds=60)
# A worker that has lost its delivery may still have a call to Slack under way for this long.
GRACE = timedelta(seconds=10)
MORNING, ALONE, EDIT = "morning", "alone", "edit"
DESK, WELCOME = "desk", "welcome"
# What is about one day is not said on another.
OF_A_DAY = (MORNING, DESK)
AVAILABLE, RUNNING = "available", "running"
DELIVERED, CANCELLED, DISCARDED = "delivered", "cancelled", "discarded"

_EARLIER = deliveries.alias("earlier")


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
    back_on: date | None = None


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


def postpone(
    connection: sa.Connection, recipient: str, ids: Sequence[int], now: datetime, until: datetime
) -> None:
    """Have planning look at reminders again at `until`; when they are due stays as it is.

    Those that somebody handed over or put off since they were read are left alone.
    """
    here = sa.and_(
        reminders.c.id.in_(ids),
        reminders.c.closed_at.is_(None),
        reminders.c.recipient == recipient,
        reminders.c.look_at <= now,
    )
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


def planned_of(connection: sa.Connection, workspace: str, keys: Sequence[str]) -> set[str]:
    """Return which of `keys` deliveries were planned under before."""
    here = sa.and_(deliveries.c.workspace == workspace, deliveries.c.key.in_(keys))
    return set(connection.execute(sa.select(deliveries.c.key).where(here)).scalars())


def being_told(connection: sa.Connection, workspace: str, recipient: str) -> set[int]:
    """Return the reminders that a person is just being told alone, or may have been."""
    query = sa.select(deliveries.c.subject).where(
        deliveries.c.workspace == workspace,
        deliveries.c.recipient == recipient,
        deliveries.c.kind == ALONE,
        deliveries.c.state.in_((AVAILABLE, RUNNING)),
    )
    return set(connection.execute(query).scalars())


def is_writing_to(connection: sa.Connection, workspace: str, recipient: str) -> bool:
    """Whether a message to a person is under way, so that they may see it before we note it."""
    query = sa.select(deliveries.c.id).where(
        deliveries.c.workspace == workspace,
        deliveries.c.recipient == recipient,
        deliveries.c.kind != EDIT,
        deliveries.c.state.in_((AVAILABLE, RUNNING)),
    )
    return connection.execute(query.limit(1)).first() is not None


def arm_edit(connection: sa.Connection, workspace: str, delivery: int, now: datetime) -> None:
    """Have a message that was sent drawn anew.

    One row serves all edits of a message: arming it again raises `attempt`, so that whoever is
    drawing it from older facts can no longer settle it, and waits until their call has ended.
    """
    after_them = now + GRACE
    run_at = sa.case(
        (deliveries.c.state.not_in((AVAILABLE, RUNNING)), sa.literal(now, Instant)),
        (
            sa.and_(deliveries.c.state == AVAILABLE, deliveries.c.run_at < after_them),
            deliveries.c.run_at,
        ),
        else_=sa.literal(after_them, Instant),
    )
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
        "run_at": run_at,
        "attempt": deliveries.c.attempt + 1,
        "failures": 0,
        "lease_until": None,
    }
    connection.execute(
        insert.on_conflict_do_update(index_elements=["workspace", "key"], set_=again)
    )


def claim(connection: sa.Connection, now: datetime, limit: int) -> list[Delivery]:
    """Take up to `limit` deliveries that wait, in their order.

    Nothing new is said to a person before their last morning message is settled: it may have
    said so already.
    """
    _free_orphans(connection, now, limit)
    is_behind = sa.exists().where(
        _EARLIER.c.workspace == deliveries.c.workspace,
        _EARLIER.c.recipient == deliveries.c.recipient,
        _EARLIER.c.kind == MORNING,
        _EARLIER.c.state.in_((AVAILABLE, RUNNING)),
        _EARLIER.c.id < deliveries.c.id,
    )
    waits = sa.and_(
        deliveries.c.state == AVAILABLE,
        deliveries.c.run_at <= now,
        sa.or_(deliveries.c.kind == EDIT, sa.not_(is_behind)),
    )
    taken = connection.execute(
        sa.update(deliveries)
        .where(deliveries.c.id.in_(_first(waits, limit)))
        .values(state=RUNNING, attempt=deliveries.c.attempt + 1, lease_until=now + LEASE)
        .returning(deliveries)
    )
    rows = sorted(taken.mappings().all(), key=lambda row: (row["run_at"], row["id"]))
    return as_values(Delivery, rows)


def _free_orphans(connection: sa.Connection, now: datetime, limit: int) -> None:
    """Have deliveries whose worker's lease is over taken up again, once its call has ended.

    A lease that ends later than a fresh one would is over too: the clock was set back.
    """
    orphaned = sa.and_(
        deliveries.c.state == RUNNING,
        sa.or_(deliveries.c.lease_until <= now, deliveries.c.lease_until > now + LEASE),
    )
    connection.execute(
        sa.update(deliveries)
        .where(deliveries.c.id.in_(_first(orphaned, limit)))
        .values(
            state=AVAILABLE,
            attempt=deliveries.c.attempt + 1,
            run_at=now + GRACE,
            lease_until=None,
        )
    )


def _first(condition: sa.ColumnElement[bool], limit: int) -> sa.ScalarSelect[int]:
    query = (
        sa.select(deliveries.c.id)
        .where(condition)
        .order_by(deliveries.c.run_at, deliveries.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=deliveries)
    )
    return query.scalar_subquery()


def renew(connection: sa.Connection, delivery: Delivery, now: datetime) -> bool:
    """Begin the lease anew; False when a newer attempt has taken the delivery over."""
    result = connection.execute(
        sa.update(deliveries).where(_is_held(delivery)).values(lease_until=now + LEASE)
    )
    return result.rowcount > 0


def hurry(connection: sa.Connection, delivery: Delivery, now: datetime) -> None:
    """Have a delivery taken up at once that waits for the end of a call that has ended."""
    waits = sa.and_(deliveries.c.id == delivery.id, deliveries.c.state == AVAILABLE)
    connection.execute(sa.update(deliveries).where(waits).values(run_at=now))


def settle(
    connection: sa.Connection, delivery: Delivery, state: str, now: datetime, **values: object
) -> bool:
    """End an attempt; False when a newer attempt has taken the delivery over."""
    result = connection.execute(
        sa.update(deliveries)
        .where(_is_held(delivery))
        .values(state=state, settled_at=now, lease_until=None, **values)
    )
    return result.rowcount > 0


def release(
    connection: sa.Connection, delivery: Delivery, run_at: datetime, reason: str, failures: int
) -> bool:
    """Put a delivery back to be tried again at `run_at`; False when it was taken over."""
    result = connection.execute(
        sa.update(deliveries)
        .where(_is_held(delivery))
        .values(state=AVAILABLE, run_at=run_at, lease_until=None, reason=reason, failures=failures)
    )
    return result.rowcount > 0


def _is_held(delivery: Delivery) -> sa.ColumnElement[bool]:
    return sa.and_(
        deliveries.c.id == delivery.id,
        deliveries.c.attempt == delivery.attempt,
        deliveries.c.state == RUNNING,
    )


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
