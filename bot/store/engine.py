"""One engine for SQLite and PostgreSQL, set so that a commit survives a power cut."""

import sqlite3
import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from bot.store.sqlite_file import SqliteFile

# Threads that may hold a connection at once: commands, presses, jobs and health.
POOL_SIZE = 24
# Ends a wait for a row or the file before Slack's three seconds are over.
REQUEST_PATIENCE = 1.5
JOB_PATIENCE = 30.0
BUSY_SECONDS = 0.02

_POSTGRES = "postgresql+psycopg"


def _address(url: str) -> sa.URL:
    parsed = sa.make_url(url)
    if parsed.drivername in ("postgres", "postgresql"):
        return parsed.set(drivername=_POSTGRES)
    return parsed


def connect(url: str) -> sa.Engine:
    """Return the engine for `url` (`sqlite:///file`, `postgres://...` or `postgresql://...`)."""
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(address)
    return sa.create_engine(
        address,
        # What people typed must not stand in an error's text.
        hide_parameters=True,
        pool_size=POOL_SIZE,
        pool_timeout=REQUEST_PATIENCE,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": 2,
            "tcp_user_timeout": 2000,
            "options": f"-c lock_timeout={int(REQUEST_PATIENCE * 1000)}",
        },
    )


def _sqlite(address: sa.URL) -> sa.Engine:
    file = SqliteFile(address.database or "", REQUEST_PATIENCE)
    engine = sa.create_engine(
        address,
        creator=file.open,
        hide_parameters=True,
        poolclass=sa.QueuePool,
        pool_size=POOL_SIZE,
        pool_timeout=REQUEST_PATIENCE,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "connect", file.opened)
    event.listen(engine, "checkout", file.is_taken)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver must not open transactions by itself: it would begin deferred ones, which fail
    # at once instead of waiting when two of them turn into writers.
    connection.isolation_level = None
    _keep_log_ahead(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _keep_log_ahead(connection: sqlite3.Connection) -> None:
    """Turn on the write-ahead log, which SQLite refuses at once while another is doing so."""
    until = time.monotonic() + REQUEST_PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(BUSY_SECONDS)
        else:
            return


def _begin_sqlite(connection: sa.Connection) -> None:
    mode = "IMMEDIATE" if connection.get_execution_options().get("writes") else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {mode}")


def overwrite_what_is_deleted(connection: sa.Connection) -> None:
    """Have SQLite write zeros over what is deleted from now on; elsewhere do nothing."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")


def empty_log(engine: sa.Engine) -> None:
    """Have SQLite's write-ahead log hold no earlier state; elsewhere do nothing."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
