"""From nothing to the newest tables, once, however many start together."""

import multiprocessing
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.store import connect
from bot.store import migrate as migrating
from bot.store.migrate import migrate
from bot.store.schema import metadata
from bot.store.version import MIGRATIONS, is_current, is_known, known

# An upper bound for what takes a second.
LONG = 60.0


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    url = sa.make_url(request.getfixturevalue("postgres_url"))
    name = f"{url.database}_empty"
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield url.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture
def engine(empty_url: str) -> Iterator[sa.Engine]:
    engine = connect(empty_url)
    yield engine
    engine.dispose()


def differences(engine: sa.Engine) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))


def test_the_migrations_make_what_the_schema_says(engine: sa.Engine) -> None:
    assert differences(engine)
    migrate(engine)
    assert differences(engine) == []


def test_migrating_again_changes_nothing(engine: sa.Engine) -> None:
    migrate(engine)
    with engine.begin() as connection:
        values = {"id": "T1", "zone": "UTC", "created_at": sa.func.now()}
        connection.execute(sa.insert(metadata.tables["workspaces"]).values(**values))
    migrate(engine)
    with engine.connect() as connection:
        workspaces = sa.select(sa.func.count()).select_from(metadata.tables["workspaces"])
        assert connection.scalar(workspaces) == 1


def test_a_database_knows_whether_it_is_current(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        assert not is_current(connection)
    migrate(engine)
    with engine.connect() as connection:
        assert is_current(connection)
    become(engine, known()[-2])
    with engine.connect() as connection:
        assert (is_current(connection), is_known(connection)) == (False, True)
    become(engine, "tomorrow")
    with engine.connect() as connection:
        assert (is_current(connection), is_known(connection)) == (False, False)
    with pytest.raises(sa.exc.SQLAlchemyError, match="tomorrow, which a newer Rapport made"):
        migrate(engine)


def become(engine: sa.Engine, version: str) -> None:
    """Have a database say that it is of another version."""
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{version}'")


def test_the_versions_are_those_of_the_migrations() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    assert [one.revision for one in script.walk_revisions()] == [*reversed(known())]
    assert script.get_current_head() == known()[-1]


def test_a_start_that_has_nothing_to_migrate_loads_nothing_for_it(sqlite_template: Path) -> None:
    """What takes a fifth of all imports is left out."""
    code = (
        "import sys, bot.run; from bot.store import connect; from bot.store.migrate import migrate;"
        f"migrate(connect('sqlite:///{sqlite_template}'));"
        "sys.exit('alembic' in sys.modules or 'mako' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def migrate_with_others(url: str, gate: Any) -> None:
    engine = connect(url)
    gate.wait(LONG)
    migrate(engine)
    engine.dispose()


def test_two_processes_may_start_together(empty_url: str, engine: sa.Engine) -> None:
    spawning = multiprocessing.get_context("spawn")
    gate = spawning.Barrier(2)
    others = [
        spawning.Process(target=migrate_with_others, args=(empty_url, gate)) for _ in range(2)
    ]
    for other in others:
        other.start()
    for other in others:
        other.join(LONG)
    assert [other.exitcode for other in others] == [0, 0]
    assert differences(engine) == []


on_sqlite = pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)


def foreign_keys(engine: sa.Engine) -> list[int]:
    """Whether they are on, in as many connections as there are, and in a new one."""
    with engine.connect() as one, engine.connect() as two:
        return [each.exec_driver_sql("PRAGMA foreign_keys").scalar_one() for each in (one, two)]


@on_sqlite
def test_foreign_keys_are_off_while_migrating_and_on_again_after(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []
    upgrade: Callable[[sa.Connection], None] = migrating._upgrade

    def look(connection: sa.Connection) -> None:
        seen.append(connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one())
        upgrade(connection)

    monkeypatch.setattr(migrating, "_upgrade", look)
    migrate(engine)
    assert seen == [0]
    assert foreign_keys(engine) == [1, 1]


@on_sqlite
def test_a_migration_that_fails_leaves_the_foreign_keys_on_and_nothing_else(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(connection: sa.Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
        raise KeyError("on purpose")

    monkeypatch.setattr(migrating, "_upgrade", fail)
    with pytest.raises(KeyError):
        migrate(engine)
    assert foreign_keys(engine) == [1, 1]
    assert sa.inspect(engine).get_table_names() == []


@on_sqlite
def test_a_migration_that_breaks_a_reference_is_taken_back(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(engine)
    become(engine, known()[-2])
    broken = "INSERT INTO contacts (workspace, partner_id, name) VALUES ('T1', 99, 'Pat')"
    monkeypatch.setattr(
        migrating, "_upgrade", lambda connection: connection.exec_driver_sql(broken)
    )
    with pytest.raises(sa.exc.DatabaseError, match="broken reference"):
        migrate(engine)
    with sqlite3.connect(engine.url.database or "") as raw:
        assert raw.execute("SELECT count(*) FROM contacts").fetchone() == (0,)
    assert foreign_keys(engine) == [1, 1]


def test_every_reference_stays_within_a_workspace() -> None:
    for table in metadata.sorted_tables:
        for constraint in table.foreign_key_constraints:
            assert "workspace" in constraint.column_keys, f"{table.name}: {constraint.column_keys}"
