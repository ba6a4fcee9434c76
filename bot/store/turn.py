"""Work that one process at a time does for all."""

import zlib

import sqlalchemy as sa


def is_mine(connection: sa.Connection, work: str) -> bool:
    """Whether this transaction may do `work`; until it ends, no other may.

    On PostgreSQL an advisory lock says so, without waiting. A writing transaction on SQLite has
    the database to itself already.
    """
    if connection.dialect.name == "sqlite":
        return True
    number = zlib.crc32(work.encode())
    return bool(connection.execute(sa.select(sa.func.pg_try_advisory_xact_lock(number))).scalar())
