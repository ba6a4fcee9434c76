"""Brings a database to the newest version, once, however many processes start together."""

import sqlalchemy as sa

from bot.store.version import MIGRATIONS, is_current, is_known, version

# Any number, as long as every release uses the same one.
_LOCK = 7_290_110_461


def migrate(engine: sa.Engine) -> None:
    """Upgrade the database; raises SQLAlchemyError when it cannot be reached, or is too new."""
    if _is_ready(engine):
        return
    if engine.dialect.name == "sqlite":
        _migrate_sqlite(engine)
        return
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        _upgrade(connection)


def _is_ready(engine: sa.Engine) -> bool:
    with engine.connect() as connection:
        if not is_known(connection):
            raise sa.exc.InvalidRequestError(
                f"it is of version {version(connection)}, which a newer Rapport made"
            )
        return is_current(connection)


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
    # Most starts find nothing to do, and would spend a tenth of their time on loading it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
