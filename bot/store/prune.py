"""Old rows that nobody needs any more, of all workspaces, a batch at a time.

What must never be forgotten is a key under which something could be planned again, or it would be
said twice. So only kinds whose keys are known to be over are taken:

- an edit, after a month: it is armed anew by the change that needs it;
- a morning message, the desk's question, a week's digest, a silence: the key names its day, and
  half a year later that day does not come back, even if the clock was wrong by months;
- a message about one reminder, after as long, and once that reminder is closed.

A welcome and every other kind stay, and so does a message in which an open reminder still stands.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.store.outbox import ALONE, DESK, DIGEST, EDIT, MORNING, SILENCE
from bot.store.schema import audit, deliveries, inbound, reminders

OF_A_DAY = (MORNING, DESK, DIGEST, SILENCE)
KEEP_EDITS = timedelta(days=30)
KEEP_MESSAGES = timedelta(days=180)
# Slack sends an event again for a day: https://docs.slack.dev/apis/events-api#retries.
KEEP_INBOUND = timedelta(days=3)
# Documentation of who changed what is kept for six years: 45 CFR 164.316(b)(2)(i).
KEEP_AUDIT = timedelta(days=6 * 365 + 2)


def old_messages(connection: sa.Connection, now: datetime, limit: int) -> list[int]:
    """Return the ids of up to `limit` deliveries that may go, oldest first.

    This looks at many rows, so it is asked in a reading transaction.
    """
    shown = sa.select(reminders.c.shown_in).where(
        reminders.c.closed_at.is_(None), reminders.c.shown_in.is_not(None)
    )
    about = sa.exists().where(
        reminders.c.id == deliveries.c.subject, reminders.c.closed_at.is_(None)
    )
    edited = deliveries.alias("edited")
    has_edit = sa.exists().where(
        edited.c.workspace == deliveries.c.workspace,
        edited.c.key == sa.literal("edit:").concat(sa.cast(deliveries.c.id, sa.String)),
    )
    is_edit = sa.and_(deliveries.c.kind == EDIT, deliveries.c.settled_at < now - KEEP_EDITS)
    is_over = sa.and_(
        deliveries.c.settled_at < now - KEEP_MESSAGES,
        sa.or_(
            deliveries.c.kind.in_(OF_A_DAY), sa.and_(deliveries.c.kind == ALONE, sa.not_(about))
        ),
        deliveries.c.id.not_in(shown),
        sa.not_(has_edit),
    )
    query = (
        sa.select(deliveries.c.id)
        .where(deliveries.c.settled_at < now - KEEP_EDITS, sa.or_(is_edit, is_over))
        .order_by(deliveries.c.settled_at)
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def forget_messages(connection: sa.Connection, ids: Sequence[int]) -> int:
    """Delete deliveries; closed reminders that stood in them stand nowhere. Returns how many."""
    stood_in = sa.and_(reminders.c.shown_in.in_(ids), reminders.c.closed_at.is_not(None))
    connection.execute(sa.update(reminders).where(stood_in).values(shown_in=None))
    gone = connection.execute(
        sa.delete(deliveries).where(deliveries.c.id.in_(ids), deliveries.c.settled_at.is_not(None))
    )
    return gone.rowcount


def forget_inbound(connection: sa.Connection, now: datetime, limit: int) -> int:
    """Forget what Slack sent and will not send again; returns how many."""
    return _delete(connection, inbound, now - KEEP_INBOUND, limit)


def forget_audit(connection: sa.Connection, now: datetime, limit: int) -> int:
    """Delete the oldest entries of the audit that need not be kept; returns how many."""
    return _delete(connection, audit, now - KEEP_AUDIT, limit)


def _delete(connection: sa.Connection, table: sa.Table, before: datetime, limit: int) -> int:
    old = sa.select(table.c.id).where(table.c.at < before).order_by(table.c.at).limit(limit)
    return connection.execute(sa.delete(table).where(table.c.id.in_(old))).rowcount
