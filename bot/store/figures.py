"""Counts over all workspaces, for whoever watches the bot."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from bot.store.outbox import AVAILABLE
from bot.store.schema import deliveries, reminders

OPEN, CLOSED = "open", "closed"


def reminders_by_kind(connection: sa.Connection) -> Mapping[tuple[str, str], int]:
    """Return the number of reminders by kind and whether they are open or closed."""
    is_closed = reminders.c.closed_at.is_not(None)
    query = sa.select(reminders.c.kind, is_closed, sa.func.count()).group_by(
        reminders.c.kind, is_closed
    )
    rows = connection.execute(query)
    return {(str(kind), CLOSED if closed else OPEN): int(count) for kind, closed, count in rows}


def waiting_since(connection: sa.Connection, now: datetime) -> datetime | None:
    """Return from when on the oldest delivery could have been sent that still waits at `now`."""
    waits = sa.and_(deliveries.c.state == AVAILABLE, deliveries.c.run_at <= now)
    query = sa.select(deliveries.c.run_at).where(waits).order_by(deliveries.c.run_at).limit(1)
    found: datetime | None = connection.execute(query).scalar()
    return found


def unplanned_since(connection: sa.Connection, now: datetime) -> datetime | None:
    """Return from when on the oldest reminder was to be looked at that planning has not seen."""
    waits = sa.and_(
        reminders.c.closed_at.is_(None),
        reminders.c.recipient.is_not(None),
        reminders.c.look_at <= now,
    )
    query = sa.select(reminders.c.look_at).where(waits).order_by(reminders.c.look_at).limit(1)
    found: datetime | None = connection.execute(query).scalar()
    return found
