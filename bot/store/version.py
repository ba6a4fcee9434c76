"""Which version a database is of, found out without loading what migrates it."""

from functools import cache
from pathlib import Path

import sqlalchemy as sa

MIGRATIONS = Path(__file__).parent / "migrations"
_VERSION = sa.table("alembic_version", sa.column("version_num"))


@cache
def known() -> tuple[str, ...]:
    """Return the versions that this release knows, oldest first: each file begins with its own."""
    return tuple(
        sorted(one.name.partition("_")[0] for one in MIGRATIONS.glob("versions/[0-9]*.py"))
    )


def version(connection: sa.Connection) -> str | None:
    """Return the version of a database, or None where there are no tables yet."""
    if not sa.inspect(connection).has_table(_VERSION.name):
        return None
    found: str | None = connection.execute(sa.select(_VERSION.c.version_num)).scalar_one_or_none()
    return found


def is_current(connection: sa.Connection) -> bool:
    """Whether the database stands at the newest version."""
    return version(connection) == known()[-1]


def is_known(connection: sa.Connection) -> bool:
    """Whether this release can bring the database up to date; False when a newer one made it."""
    return version(connection) in (None, *known())
