"""A copy of a SQLite database that is consistent, whole and checked, while others write."""

import contextlib
import os
import sqlite3
from pathlib import Path

import sqlalchemy as sa

from bot.errors import NotSaved, UserError

# Half-made copies are not mistaken for a backup.
_PARTIAL = ".{name}.{process}.part"
_OURS = "alembic_version"


def backup(engine: sa.Engine, target: Path, may_replace: bool = False) -> int:
    """Copy the database into a file that only its owner may read; returns its size in bytes.

    Nothing stands at `target` unless the copy was found whole. Raises UserError when it may not
    stand there or cannot be written, NotSaved when the database could not be copied.
    """
    source = file_of(engine)
    _refuse(source, target, may_replace)
    partial = target.with_name(_PARTIAL.format(name=target.name, process=os.getpid()))
    try:
        _make(partial)
        _copy(source, partial)
        partial.replace(target)
    except OSError as error:
        raise UserError(f"I cannot write {target}: {error.strerror}.") from None
    except sqlite3.Error as error:
        raise NotSaved(str(error)) from None
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
    return target.stat().st_size


def file_of(engine: sa.Engine) -> Path:
    """Return the file of a SQLite database; raises UserError when there is none yet."""
    path = Path(engine.url.database or "")
    if not path.is_file():
        raise UserError(f"There is no database at {path} yet. Is DATABASE_URL the bot's own?")
    return path


def dump_command(engine: sa.Engine, target: Path) -> str:
    """Return how PostgreSQL's own tool makes the copy; the password is not in it."""
    address = engine.url.set(drivername="postgresql")._replace(password=None)
    return f'pg_dump --format=custom --file="{target}" "{address.render_as_string()}"'


def _refuse(source: Path, target: Path, may_replace: bool) -> None:
    if target.is_dir():
        raise UserError(f"{target} is a folder; name a file in it.")
    if target.exists() and (not target.is_file() or target.samefile(source)):
        raise UserError(f"{target} is no place for a backup.")
    if target.exists() and not may_replace:
        raise UserError(f"{target} exists. Name another file, or say --overwrite.")


def _make(path: Path) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _copy(source: Path, target: Path) -> None:
    """In one step, which holds no writer up: a copy in many begins anew after every write."""
    with (
        contextlib.closing(
            sqlite3.connect(source.resolve().as_uri() + "?mode=ro", uri=True)
        ) as old,
        contextlib.closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new, pages=-1)
        # One file that is complete by itself, wherever it is put.
        new.execute("PRAGMA journal_mode=DELETE")
        _check(new)
    with target.open("rb") as file:
        os.fsync(file.fileno())


def _check(copy: sqlite3.Connection) -> None:
    (said,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    if said != "ok":
        raise sqlite3.DatabaseError(f"the copy is not whole: {said}")
    if copy.execute("PRAGMA foreign_key_check").fetchone():
        raise sqlite3.DatabaseError("the copy has references to rows that are not there")
    if not copy.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (_OURS,)).fetchone():
        raise sqlite3.DatabaseError("the database is empty")
