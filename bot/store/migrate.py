"""Brings a database to the newest version, once, however many processes start together."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

# Any number, as long as every release uses the same one.
_LOCK = 7_290_110_461


def migrate(engine: sa.Engine) -> None:
    """Upgrade the database; raises OperationalError when it cannot be reached."""
    if engine.dialect.name == "sqlite":
        _migrate_sqlite(engine)
        return
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        _upgrade(connection)


def _migrate_sqlite(engine: sa.Engine) -> None:
    """Migrate with foreign keys off, because rebuilding a table would delete its children."""
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None  # noqa: S101 - a checked-out connection has one
        _pragma(raw, "foreign_keys=OFF")
        try:
            with connection.execution_options(writes=True).begin():
                _upgrade(connection)
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise sa.exc.DatabaseError(
                        f"{len(broken)} broken references", None, ValueError()
                    )
        finally:
            _pragma(raw, "foreign_keys=ON")


def _pragma(raw: object, text: str) -> None:
    raw.execute(f"PRAGMA {text}")  # type: ignore[attr-defined]


def _upgrade(connection: sa.Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def is_current(connection: sa.Connection) -> bool:
    """Whether the database stands at the newest version."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == newest


def is_known(connection: sa.Connection) -> bool:
    """Whether this release can bring the database up to date; False when a newer one made it."""
    known = {each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()}
    return MigrationContext.configure(connection).get_current_revision() in known


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
