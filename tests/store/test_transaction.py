"""A change lands whole, once, or not at all; and a database that fails says so in time."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.errors import NotSaved
from bot.store import AlreadyDone, Store, connect
from bot.store.engine import POOL_SIZE, REQUEST_PATIENCE
from bot.store.schema import audit, contacts, metadata, partners
from bot.store.transaction import as_json, from_json
from tests.conftest import NOW, TEAM

# An upper bound for what ends much sooner.
LONG = 30.0


def add(store: Store, name: str, key: str | None = None, patience: float = 0.2) -> None:
    with store.change(TEAM, NOW, "add", "U1", key, patience) as change:
        change.insert(partners, name=name, name_key=name, added_on=NOW.date())


def names(store: Store) -> list[str]:
    with store.read(TEAM) as tx:
        return [row["name"] for row in tx.rows(sa.select(partners).order_by(partners.c.id))]


@pytest.fixture
def sqlite_store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    """A SQLite file with one workspace."""
    path = tmp_path / "own.db"
    path.write_bytes(sqlite_template.read_bytes())
    engine = connect(f"sqlite:///{path}")
    store = Store(engine)
    found(store)
    yield store
    engine.dispose()


def found(store: Store) -> None:
    with store.begin() as connection:
        values = {"id": TEAM, "zone": "UTC", "created_at": NOW}
        connection.execute(sa.insert(metadata.tables["workspaces"]).values(**values))


def test_a_change_that_fails_leaves_nothing(store: Store) -> None:
    def change_and_fail() -> None:
        with store.change(TEAM, NOW, "add", "U1") as change:
            change.insert(partners, name="A", name_key="a", added_on=NOW.date())
            raise KeyError("on purpose")

    with pytest.raises(KeyError):
        change_and_fail()
    assert names(store) == []
    with store.read(TEAM) as tx:
        assert tx.rows(sa.select(audit)) == []


def test_the_same_key_lands_once(store: Store) -> None:
    add(store, "A", key="trigger")
    with pytest.raises(AlreadyDone):
        add(store, "B", key="trigger")
    assert names(store) == ["A"]


def test_a_commit_wakes_whoever_waits_for_work(store: Store) -> None:
    woken: list[str] = []
    store.on_commit = lambda: woken.append("once")
    add(store, "A", key="trigger")
    with pytest.raises(AlreadyDone):
        add(store, "B", key="trigger")
    assert woken == ["once"]


def test_a_change_of_nothing_leaves_no_entry(store: Store) -> None:
    with store.change(TEAM, NOW, "nothing", "U1") as change:
        assert not change.update(partners, 99, name="B")
        assert not change.delete(partners, 99)
    assert change.audit_id is None


def test_a_change_does_not_reach_into_another_workspace(store: Store) -> None:
    add(store, "A")
    with store.change("T2", NOW, "edit", "U1") as change:
        assert not change.update(partners, 1, name="B")
        assert not change.delete(partners, 1)
    assert names(store) == ["A"]


def test_two_threads_write_without_losing_each_other(store: Store) -> None:
    wanted = [f"{thread}-{number}" for thread in "ab" for number in range(10)]
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda name: add(store, name, patience=LONG), wanted))
    assert sorted(names(store)) == sorted(wanted)


def test_all_of_a_view_is_of_one_moment(store: Store) -> None:
    add(store, "A")
    with store.read(TEAM) as tx:
        before = tx.scalar(sa.select(sa.func.count()).select_from(partners))
        add(store, "B")
        assert tx.scalar(sa.select(sa.func.count()).select_from(partners)) == before


VALUES = {
    sa.Integer: 7,
    sa.String: "Zoë",
    sa.Text: "line\nline",
    sa.Boolean: True,
    sa.Date: date(2024, 2, 29),
    sa.Time: time(9, 30),
    sa.JSON: {"a": [1, None]},
    "Instant": datetime(2027, 3, 14, 7, 59, 59, 999999, tzinfo=UTC),
    "Money": Decimal("1234.56"),
}


def value_of(column: sa.Column[Any]) -> Any:
    kind = type(column.type)
    return VALUES[kind.__name__] if kind.__name__ in VALUES else VALUES[kind]


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=str)
def test_every_column_comes_back_from_the_audit_as_it_was(table: sa.Table) -> None:
    row = {column.name: value_of(column) for column in table.c}
    empty = dict.fromkeys(row)
    assert from_json(table, json.loads(json.dumps(as_json(row)))) == row
    assert from_json(table, as_json(empty)) == empty


def test_images_survive_the_database(store: Store) -> None:
    with store.change(TEAM, NOW, "add", "U1") as change:
        change.insert(partners, name="A", name_key="a", added_on=date(2024, 2, 29))
        change.update(partners, 1, name="B", ended_on=date(2027, 1, 1))
        change.delete(partners, 1)
    with store.read(TEAM) as tx:
        (entry,) = tx.rows(sa.select(audit))
    added, updated, deleted = entry["images"]
    assert (added["before"], deleted["after"]) == (None, None)
    assert updated["before"] == {"name": "A", "ended_on": None}
    assert from_json(partners, deleted["before"])["ended_on"] == date(2027, 1, 1)
    assert from_json(partners, deleted["before"])["added_on"] == date(2024, 2, 29)


def test_a_naive_instant_is_refused(store: Store) -> None:
    with pytest.raises(sa.exc.StatementError), store.begin() as connection:
        connection.execute(sa.insert(audit).values(workspace=TEAM, at=datetime(2027, 1, 1)))


def test_a_foreign_key_is_kept(store: Store) -> None:
    with pytest.raises(sa.exc.IntegrityError), store.change(TEAM, NOW, "add") as change:
        change.insert(contacts, partner_id=99, name="Pat")


def test_another_process_that_writes_is_waited_for_but_not_for_ever(sqlite_store: Store) -> None:
    other = sqlite3.connect(sqlite_store.engine.url.database or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(NotSaved):
        add(sqlite_store, "A", patience=0.1)
    other.execute("COMMIT")
    add(sqlite_store, "B")
    other.close()
    assert names(sqlite_store) == ["B"]


def test_lock_and_file_together_are_waited_for_no_longer_than_a_request_may(
    sqlite_store: Store,
) -> None:
    """What is left for the file is what waiting for the other thread has left."""
    asked: list[str] = []
    sa.event.listen(
        sqlite_store.engine,
        "connect",
        lambda raw, _record: raw.set_trace_callback(asked.append),
    )
    sqlite_store.engine.dispose()
    add(sqlite_store, "A", patience=REQUEST_PATIENCE)
    waits = [int(text.split("=")[1]) for text in asked if "busy_timeout" in text]
    assert waits
    assert max(waits) <= REQUEST_PATIENCE * 1000


def test_another_thread_that_writes_is_waited_for_but_not_for_ever(sqlite_store: Store) -> None:
    is_writing, may_end = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with sqlite_store.begin():
            is_writing.set()
            may_end.wait(LONG)

    slow = threading.Thread(target=write_slowly)
    slow.start()
    assert is_writing.wait(LONG)
    with pytest.raises(NotSaved):
        add(sqlite_store, "A", patience=0.1)
    may_end.set()
    slow.join(LONG)
    add(sqlite_store, "B")
    assert names(sqlite_store) == ["B"]


def test_a_pool_without_connections_says_so_and_recovers(
    empty_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Waiting is not what is tested here.
    monkeypatch.setattr(empty_store.engine.pool, "_timeout", 0.1)
    overflow = empty_store.engine.pool._max_overflow  # type: ignore[attr-defined]
    taken = [empty_store.engine.connect() for _ in range(POOL_SIZE + overflow)]
    with pytest.raises(NotSaved), empty_store.peek():
        pass
    for connection in taken:
        connection.close()
    with empty_store.peek() as connection:
        assert connection.scalar(sa.text("SELECT 1")) == 1


def test_a_file_that_may_only_be_read_is_not_saved(sqlite_store: Store) -> None:
    add(sqlite_store, "A")
    engine = connect(f"sqlite:///{sqlite_store.engine.url.database}")
    sa.event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA query_only = ON"))
    reader = Store(engine)
    with pytest.raises(NotSaved):
        add(reader, "B")
    assert names(reader) == ["A"]
    engine.dispose()


def test_a_full_disk_is_not_saved_and_space_heals_it(sqlite_store: Store) -> None:
    def limit(pages: int) -> None:
        sqlite_store.engine.dispose()
        with sqlite_store.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None
            raw.execute(f"PRAGMA max_page_count = {pages}")

    limit(1)
    with pytest.raises(NotSaved):
        add(sqlite_store, "A" * 100, key="k" * 100_000)
    assert names(sqlite_store) == []
    limit(1_000_000)
    add(sqlite_store, "B")
    assert names(sqlite_store) == ["B"]


def test_what_was_typed_does_not_stand_in_the_error(sqlite_store: Store) -> None:
    with sqlite3.connect(sqlite_store.engine.url.database or "") as other:
        other.execute("DROP TABLE audit")
    with pytest.raises(NotSaved) as caught:
        add(sqlite_store, "a secret")
    assert "secret" not in str(caught.value)


on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def end_all_connections(url: str) -> None:
    """As when the server is restarted."""
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    admin.dispose()


@on_postgresql
def test_a_connection_lost_in_the_middle_is_not_saved_and_the_next_one_works(
    database_url: str, store: Store
) -> None:
    def lose_the_line() -> None:
        with store.change(TEAM, NOW, "add", "U1") as change:
            change.insert(partners, name="A", name_key="a", added_on=NOW.date())
            end_all_connections(database_url)

    with pytest.raises(NotSaved):
        lose_the_line()
    add(store, "B")
    assert names(store) == ["B"]


@on_postgresql
def test_connections_lost_while_idle_go_unnoticed(database_url: str, store: Store) -> None:
    add(store, "A")
    end_all_connections(database_url)
    add(store, "B")
    assert names(store) == ["A", "B"]


def rename_all(store: Store) -> None:
    with store.begin() as connection:
        assert connection.scalar(sa.text("SHOW lock_timeout")) == "1500ms"
        connection.exec_driver_sql("SET LOCAL lock_timeout = 100")
        connection.execute(sa.update(partners).values(name="B"))


@on_postgresql
def test_a_row_that_somebody_holds_is_not_waited_for_for_ever(
    database_url: str, store: Store
) -> None:
    add(store, "A")
    engine = sa.create_engine(database_url)
    with engine.connect() as holder, holder.begin():
        holder.execute(sa.select(partners).with_for_update())
        with pytest.raises(NotSaved):
            rename_all(store)
    engine.dispose()
    assert names(store) == ["A"]
