"""Whether a database can be used, found out without changing anything in it."""

import os
from pathlib import Path

import sqlalchemy as sa

from bot.errors import UserError
from bot.store.engine import connect
from bot.store.version import is_current, is_known, version

NEW = "is new: `rapport run` makes its tables"
OLDER = "is of an earlier version: `rapport run` brings it up to date"
CURRENT = "can be written, and is of the current version"
READ_ONLY = "the database may only be read"
# A disk with fewer bytes left is full: a change, its log and what SQLite keeps aside.
ROOM = 1_000_000
NEWER = "The database was made by a newer Rapport. Install that one, or restore a backup."


def examine(url: str) -> str:
    """Return what there is to say of a database; raises UserError when it cannot be used."""
    if sa.make_url(url).get_backend_name() == "sqlite" and not _file(url).exists():
        return _new_file(_file(url))
    engine = connect(url)
    try:
        return f"{engine.dialect.name} {_examined(engine)}"
    except sa.exc.SQLAlchemyError as error:
        raise UserError(why(error)) from None
    finally:
        engine.dispose()


def trouble(connection: sa.Connection) -> str | None:
    """Return why a database that can be read is of no use, or None."""
    if not is_current(connection):
        return "the database is of another version"
    if connection.dialect.name == "sqlite":
        return _trouble_of_disk(_file(str(connection.engine.url)))
    is_read_only = connection.exec_driver_sql("SHOW transaction_read_only").scalar_one() == "on"
    return READ_ONLY if is_read_only else None


def _trouble_of_disk(path: Path) -> str | None:
    disk = os.statvfs(path)
    if disk.f_flag & os.ST_RDONLY:
        return READ_ONLY
    is_full = disk.f_bavail * disk.f_frsize < ROOM
    return "the disk of the database is full" if is_full else None


def why(error: Exception) -> str:
    """Return the driver's own words: they name host and file, and never the password."""
    return " ".join(str(getattr(error, "orig", None) or error).split())


def _file(url: str) -> Path:
    return Path(sa.make_url(url).database or "")


def _new_file(path: Path) -> str:
    folder = path.resolve().parent
    if not folder.is_dir():
        raise UserError(f"the folder {folder} does not exist")
    return f"sqlite file {path} {NEW}"


def _examined(engine: sa.Engine) -> str:
    with engine.connect().execution_options(writes=True) as connection:
        with connection.begin() as trial:
            # Taken back again: shows that this account may write, and make tables.
            connection.exec_driver_sql("CREATE TABLE rapport_doctor (tried INTEGER)")
            trial.rollback()
        with connection.begin():
            if version(connection) is None:
                return NEW
            if is_current(connection):
                return CURRENT
            if not is_known(connection):
                raise UserError(NEWER)
            return OLDER
