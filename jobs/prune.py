"""Once an hour, old rows go: in short transactions, by one process for all."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.store import Connection, Store, turn
from bot.store.engine import JOB_PATIENCE
from bot.store.prune import forget_audit, forget_inbound, forget_messages, old_messages
from jobs.guard import attempt

BATCH = 200
WORK = "prune"

Forget = Callable[[Connection, datetime, int], int]


def prune(store: Store, now: datetime) -> int:
    """Delete what is old enough until nothing is left; returns how many rows."""
    work = (
        partial(_messages, store, now),
        partial(_rows, store, forget_inbound, now),
        partial(_rows, store, forget_audit, now),
    )
    return sum(_until_none_is_left(one) for one in work)


def _until_none_is_left(work: Callable[[], int]) -> int:
    count = 0
    while gone := attempt(work, WORK):
        count += gone
    return count


def _messages(store: Store, now: datetime) -> int:
    with store.peek() as connection:
        ids = old_messages(connection, now, BATCH)
    if not ids:
        return 0
    with store.begin(JOB_PATIENCE) as connection:
        return forget_messages(connection, ids) if turn.is_mine(connection, WORK) else 0


def _rows(store: Store, forget: Forget, now: datetime) -> int:
    with store.begin(JOB_PATIENCE) as connection:
        return forget(connection, now, BATCH) if turn.is_mine(connection, WORK) else 0
