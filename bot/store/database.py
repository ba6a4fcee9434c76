"""The database as everybody above sees it: a view to read, a change that lands whole or not."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.errors import NotSaved
from bot.store import replan, schema
from bot.store.engine import REQUEST_PATIENCE
from bot.store.transaction import Change, Tx

# InternalError: PostgreSQL takes no changes, because it is the copy now, or after an error.
_AWAY = (OperationalError, InterfaceError, InternalError, PoolTimeout)


class AlreadyDone(Exception):
    """A change with the same key was made before; nothing was written now."""


class Store:
    """The database, as everybody above sees it.

    `on_commit` is called after each commit of a change, to wake whoever waits for work;
    `on_change` after one that somebody made, with the workspace and that person.
    """

    def __init__(self, engine: sa.Engine, on_commit: Callable[[], None] = lambda: None) -> None:
        self.engine = engine
        self.on_commit = on_commit
        self.on_change: Callable[[str, str], None] = lambda _workspace, _by: None
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._one_writer = threading.Lock()

    @contextmanager
    def read(self, workspace: str) -> Iterator[Tx]:
        """Open a consistent view of one workspace; raises NotSaved when the database is gone."""
        with self.peek() as connection:
            yield Tx(connection, workspace)

    @contextmanager
    def peek(self) -> Iterator[sa.Connection]:
        """Open a consistent view across workspaces, for the outbox only."""
        with _as_not_saved(), self.engine.connect() as connection:
            if not self.is_sqlite:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def begin(self, patience: float = REQUEST_PATIENCE) -> Iterator[sa.Connection]:
        """Open a writing transaction across workspaces, for the outbox and migrations only.

        Waits at most `patience` seconds for other writers, then raises NotSaved.
        """
        with _as_not_saved(), self._writer(patience) as left, self.engine.connect() as connection:
            if self.is_sqlite:
                _wait_at_most(connection, left)
                connection = connection.execution_options(writes=True)
            with connection.begin():
                yield connection

    @contextmanager
    def change(
        self,
        workspace: str,
        now: datetime,
        what: str,
        by: str | None = None,
        key: str | None = None,
        patience: float = REQUEST_PATIENCE,
    ) -> Iterator[Change]:
        """Open a change; all of it is kept with one audit entry, or none of it.

        `key` makes it happen once: a second change with the same key raises AlreadyDone.
        """
        with self.begin(patience) as connection:
            change = Change(connection, workspace, now, by)
            yield change
            replan.after(change)
            if change.images:
                change.audit_id = _record(change, what, key)
        self.on_commit()
        if change.audit_id and by:
            self.on_change(workspace, by)

    @contextmanager
    def _writer(self, patience: float) -> Iterator[float]:
        """Let one thread of this process write to SQLite at a time; yields the patience left."""
        started = time.monotonic()
        if not self.is_sqlite:
            yield patience
            return
        if not self._one_writer.acquire(timeout=patience):
            raise NotSaved("another writer did not finish in time")
        try:
            yield max(0.05, patience - (time.monotonic() - started))
        finally:
            self._one_writer.release()


def _record(change: Change, what: str, key: str | None) -> int:
    try:
        return int(
            change.connection.execute(
                sa.insert(schema.audit)
                .values(
                    workspace=change.workspace,
                    at=change.now,
                    by=change.by,
                    what=what,
                    key=key,
                    images=change.images,
                    remark=change.remark,
                )
                .returning(schema.audit.c.id)
            ).scalar_one()
        )
    except IntegrityError as error:
        raise AlreadyDone(key) from error


def _wait_at_most(connection: sa.Connection, seconds: float) -> None:
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
    cursor.close()


@contextmanager
def _as_not_saved() -> Iterator[None]:
    try:
        yield
    except _AWAY as error:
        # The statement's parameters may hold what somebody typed: keep only the error's class.
        raise NotSaved(type(error).__name__) from None
