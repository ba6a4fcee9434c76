"""The least there is to do: one bare table, claimed and marked."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from bot.store import Store

TABLE = "CREATE TABLE floor (id INTEGER PRIMARY KEY, state INTEGER NOT NULL, person TEXT)"
INDEX = "CREATE INDEX ix_floor ON floor (state, id)"
WAITING, TAKEN, DONE = 0, 1, 2


def fill(store: Store, count: int) -> None:
    with store.begin() as connection:
        connection.exec_driver_sql(TABLE)
        connection.exec_driver_sql(INDEX)
        rows = [{"id": n, "state": WAITING, "person": f"U{n}"} for n in range(count)]
        connection.execute(sa.text("INSERT INTO floor VALUES (:id, :state, :person)"), rows)


def drain(store: Store, size: int) -> None:
    """Claim so many rows in a transaction, mark them in the next, until none is left."""
    skip = "" if store.is_sqlite else " FOR UPDATE SKIP LOCKED"
    first = f"SELECT id FROM floor WHERE state = {WAITING} ORDER BY id LIMIT {size}{skip}"
    claim = f"UPDATE floor SET state = {TAKEN} WHERE id IN ({first}) RETURNING id"
    while True:
        with _cursor(store) as cursor:
            taken = [row[0] for row in cursor.execute(claim).fetchall()]
        if not taken:
            return
        with _cursor(store) as cursor:
            numbers = ",".join(map(str, taken))
            cursor.execute(f"UPDATE floor SET state = {DONE} WHERE id IN ({numbers})")


@contextmanager
def _cursor(store: Store) -> Iterator[sa.CursorResult]:
    """A transaction on the driver itself."""
    raw = store.engine.raw_connection()
    try:
        if store.is_sqlite:
            raw.driver_connection.execute("BEGIN IMMEDIATE")
        yield raw.cursor()
        raw.commit()
    finally:
        raw.close()
