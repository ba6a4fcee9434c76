"""The names that are no patients': partners', their contacts', the team's."""

import sqlalchemy as sa

from bot.store.schema import contacts, members, partners
from bot.store.transaction import Tx

_NAMED = (partners, contacts, members)


def every(tx: Tx) -> list[str]:
    """Return every name that is kept in this workspace, of ended partners too."""
    queries = (sa.select(table.c.name).where(tx.mine(table)) for table in _NAMED)
    return [name for query in queries for name in tx.connection.execute(query).scalars()]
