"""The outbox: deliveries are planned, claimed, and settled; `attempt` fences late settlers.

available -> running -> delivered | cancelled | discarded
"""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.messenger import Sent
from bot.store.among import among
from bot.store.schema import Instant, deliveries
from bot.store.transaction import as_values, fields

LEASE = timedelta(seconds=60)
# Clocks of machines that share a database differ by less; one that is ahead sets later leases.
CLOCKS_APART = timedelta(seconds=30)
# A worker that has lost its delivery may still have a call to Slack under way for this long.
GRACE = timedelta(seconds=10)
MORNING, ALONE, EDIT = "morning", "alone", "edit"
DESK, WELCOME, DIGEST, SILENCE = "desk", "welcome", "digest", "silence"
LEAVER, TAKEOVER, BACK = "leaver", "takeover", "back"
# What is about one day is not said on another.
OF_A_DAY = (MORNING, DESK)
AVAILABLE, RUNNING = "available", "running"
DELIVERED, CANCELLED, DISCARDED = "delivered", "cancelled", "discarded"

# An instant, or the place in a statement where one is put in.
Moment = datetime | sa.BindParameter[datetime]

_EARLIER = deliveries.alias("earlier")
# Made once, because each message may be settled by itself: to make it takes longer than to run it.
_END = sa.update(deliveries).where(
    deliveries.c.id == sa.bindparam("one"),
    deliveries.c.attempt == sa.bindparam("taken"),
    deliveries.c.state == RUNNING,
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One Slack call to one person. `subject` is the reminder that is told alone, `edits` the
    delivery whose message is replaced, `shows` the ids of the reminders in the message;
    `is_tried` says that Slack may have the message already.
    """

    id: int
    workspace: str
    key: str
    kind: str
    recipient: str
    attempt: int
    is_tried: bool
    failures: int
    delivery_id: str
    created_at: datetime
    channel: str | None = None
    ts: str | None = None
    edits: int | None = None
    subject: int | None = None
    shows: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A delivery to be: `key` makes it the only one of its sort.

    `about` tells apart what may come to have the same key in a database that was restored, and
    `is_tried` says that Slack may have it already.
    """

    key: str
    kind: str
    recipient: str
    subject: int | None = None
    about: str = ""
    is_tried: bool = False


def plan(
    connection: sa.Connection, workspace: str, wanted: Sequence[Planned], now: datetime
) -> set[str]:
    """Plan deliveries; returns the keys of those that were not planned before."""
    if not wanted:
        return set()
    rows = [
        {
            "workspace": workspace,
            "key": one.key,
            "kind": one.kind,
            "recipient": one.recipient,
            "subject": one.subject,
            "run_at": now,
            "created_at": now,
            "delivery_id": _mark(workspace, one),
            "is_tried": one.is_tried,
        }
        for one in wanted
    ]
    insert = _insert(connection).on_conflict_do_nothing(index_elements=["workspace", "key"])
    return set(connection.execute(insert.returning(deliveries.c.key), rows).scalars())


def _mark(workspace: str, one: Planned) -> str:
    """The opaque id by which a message is found in Slack; planned anew it is the same."""
    named = "\0".join((workspace, one.key, one.about))
    return hashlib.blake2b(named.encode(), digest_size=12).hexdigest()


def planned_of(connection: sa.Connection, workspace: str, keys: Sequence[str]) -> set[str]:
    """Return which of `keys` deliveries were planned under before."""
    if not keys:
        return set()
    here = sa.and_(deliveries.c.workspace == workspace, among(deliveries.c.key, keys))
    return set(connection.execute(sa.select(deliveries.c.key).where(here)).scalars())


def being_told(connection: sa.Connection, workspace: str, recipients: Collection[str]) -> set[int]:
    """Return the reminders that people are just being told alone, or may have been."""
    query = sa.select(deliveries.c.subject).where(
        deliveries.c.workspace == workspace,
        among(deliveries.c.recipient, recipients),
        deliveries.c.kind == ALONE,
        is_unsettled(),
    )
    return set(connection.execute(query).scalars())


def is_writing_to(connection: sa.Connection, workspace: str, recipient: str) -> bool:
    """Whether a message to a person is under way, so that they may see it before we note it."""
    query = sa.select(deliveries.c.id).where(
        deliveries.c.workspace == workspace,
        deliveries.c.recipient == recipient,
        deliveries.c.kind != EDIT,
        is_unsettled(),
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


def claim(connection: sa.Connection, workspace: str, now: datetime, limit: int) -> list[Delivery]:
    """Take up to `limit` deliveries that wait in a workspace, in their order.

    Nothing new is said to a person before their last morning message is settled: it may have
    said so already.
    """
    _free_orphans(connection, workspace, now, limit)
    is_behind = sa.exists().where(
        _EARLIER.c.workspace == deliveries.c.workspace,
        _EARLIER.c.recipient == deliveries.c.recipient,
        _EARLIER.c.kind == MORNING,
        is_unsettled(_EARLIER),
        _EARLIER.c.id < deliveries.c.id,
    )
    # Whoever is told one thing only has nothing before it. PostgreSQL, which takes a morning that
    # just began for the quiet night it knows of, would look through all that waits for each row.
    has_several = (
        sa.select(_EARLIER.c.recipient)
        .where(_EARLIER.c.workspace == workspace, is_unsettled(_EARLIER))
        .group_by(_EARLIER.c.recipient)
        .having(sa.func.count() > 1)
    )
    is_first = deliveries.c.recipient.not_in(has_several)
    waits = sa.and_(
        deliveries.c.workspace == workspace,
        is_unsettled(),
        deliveries.c.state == AVAILABLE,
        deliveries.c.run_at <= now,
        sa.or_(deliveries.c.kind == EDIT, is_first, sa.not_(is_behind)),
    )
    taken = connection.execute(
        sa.update(deliveries)
        .where(deliveries.c.id.in_(_first(waits, limit)))
        .values(state=RUNNING, attempt=deliveries.c.attempt + 1, lease_until=now + LEASE)
        .returning(deliveries.c.run_at, *fields(deliveries, Delivery, but=("shows",)))
    )
    in_order = sorted(taken, key=lambda row: (row.run_at, row.id))
    return [Delivery(*values) for _, *values in in_order]


def is_unsettled(table: sa.FromClause = deliveries) -> sa.ColumnElement[bool]:
    """Whether a delivery waits or runs.

    It says so in the very words of the indexes of such deliveries, or SQLite would not use them.
    """
    return table.c.state.in_([sa.literal_column(f"'{state}'") for state in (AVAILABLE, RUNNING)])


def is_orphaned(now: datetime) -> sa.ColumnElement[bool]:
    """Whether the lease of a running delivery is over.

    One that ends much later than a fresh one would is over too: the clock was set back.
    """
    return ends_outside(now, latest_end(now))


def latest_end(now: datetime) -> datetime:
    """Return when the lease ends at the latest of whoever has a clock as good as ours."""
    return now + LEASE + CLOCKS_APART


def ends_outside(now: Moment, latest: Moment) -> sa.ColumnElement[bool]:
    """Whether a lease ends before `now` or after `latest`."""
    return sa.or_(deliveries.c.lease_until <= now, deliveries.c.lease_until > latest)


def _free_orphans(connection: sa.Connection, workspace: str, now: datetime, limit: int) -> None:
    """Have deliveries whose worker's lease is over taken up again, once its call has ended."""
    orphaned = sa.and_(
        deliveries.c.workspace == workspace,
        is_unsettled(),
        deliveries.c.state == RUNNING,
        is_orphaned(now),
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


def _first(condition: sa.ColumnElement[bool], limit: int) -> sa.Select[int]:
    """The ids of the first deliveries for which it holds, each locked.

    A common table expression, because PostgreSQL may ask a subquery once for each row of the
    table, and each time it skips what is locked and finds the next ones.
    """
    query = (
        sa.select(deliveries.c.id)
        .where(condition)
        .order_by(deliveries.c.run_at, deliveries.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=deliveries)
    )
    return sa.select(query.cte("first").c.id)


def renew(connection: sa.Connection, held: Sequence[Delivery], now: datetime) -> set[int]:
    """Begin leases anew, just before sending; returns the ids of those that are still held.

    From here on Slack may have each message, whatever becomes of the worker.
    """
    result = connection.execute(
        sa.update(deliveries)
        .where(_are_held(held))
        .values(lease_until=now + LEASE, is_tried=True)
        .returning(deliveries.c.id)
    )
    return set(result.scalars())


def hurry(connection: sa.Connection, delivery: Delivery, now: datetime) -> None:
    """Have a delivery taken up at once that waits for the end of a call that has ended."""
    waits = sa.and_(deliveries.c.id == delivery.id, deliveries.c.state == AVAILABLE)
    connection.execute(sa.update(deliveries).where(waits).values(run_at=now))


def settle(
    connection: sa.Connection, held: Sequence[Delivery], state: str, now: datetime, **values: object
) -> set[int]:
    """End attempts alike; returns the ids of those that no newer attempt has taken over."""
    result = connection.execute(
        sa.update(deliveries)
        .where(_are_held(held))
        .values(state=state, settled_at=now, lease_until=None, **values)
        .returning(deliveries.c.id)
    )
    return set(result.scalars())


def settle_sent(
    connection: sa.Connection, sent: Sequence[tuple[Delivery, Sent]], now: datetime
) -> list[tuple[Delivery, Sent]]:
    """End attempts whose messages Slack has; returns those that nobody has taken over."""
    common = {"state": DELIVERED, "settled_at": now, "lease_until": None}
    rows = [
        {"one": one.id, "taken": one.attempt, "channel": at.channel, "ts": at.ts}
        | {"shows": list(at.rows), **common}
        for one, at in sent
    ]
    if connection.execute(_END, rows).rowcount == len(rows):
        return list(sent)
    ids = [one.id for one, _ in sent]
    ended = sa.select(deliveries.c.id, deliveries.c.attempt).where(
        among(deliveries.c.id, ids), deliveries.c.state == DELIVERED
    )
    mine = {(row.id, row.attempt) for row in connection.execute(ended)}
    return [(one, at) for one, at in sent if (one.id, one.attempt) in mine]


def release(
    connection: sa.Connection,
    held: Sequence[Delivery],
    run_at: datetime,
    reason: str,
    **values: object,
) -> None:
    """Put deliveries back, to be tried again at `run_at`; those taken over are left alone."""
    connection.execute(
        sa.update(deliveries)
        .where(_are_held(held))
        .values(state=AVAILABLE, run_at=run_at, lease_until=None, reason=reason, **values)
    )


def _are_held(held: Sequence[Delivery]) -> sa.ColumnElement[bool]:
    """Whether the attempt that took up each of some deliveries is the newest still."""
    of_attempt: dict[int, list[int]] = {}
    for one in held:
        of_attempt.setdefault(one.attempt, []).append(one.id)
    are_newest = [
        sa.and_(deliveries.c.attempt == attempt, among(deliveries.c.id, ids))
        for attempt, ids in of_attempt.items()
    ]
    return sa.and_(deliveries.c.state == RUNNING, sa.or_(sa.false(), *are_newest))


def get(connection: sa.Connection, workspace: str, delivery: int) -> Delivery | None:
    """Return one delivery."""
    here = sa.and_(deliveries.c.workspace == workspace, deliveries.c.id == delivery)
    found = as_values(Delivery, connection.execute(sa.select(deliveries).where(here)))
    return found[0] if found else None


def counts(connection: sa.Connection) -> dict[str, int]:
    """Return the number of deliveries in each state, of all workspaces."""
    query = sa.select(deliveries.c.state, sa.func.count()).group_by(deliveries.c.state)
    return {str(row[0]): int(row[1]) for row in connection.execute(query)}


def _insert(connection: sa.Connection) -> sqlite.Insert | postgresql.Insert:
    is_sqlite = connection.dialect.name == "sqlite"
    return sqlite.insert(deliveries) if is_sqlite else postgresql.insert(deliveries)
