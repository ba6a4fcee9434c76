"""Where people are in their Home: kept of those who opened it; no part of the audit."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.home import Place, place
from bot.store.schema import homes
from bot.store.transaction import Tx

_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def get(tx: Tx, user: str) -> Place | None:
    """Return where a person is in their Home, None if they never opened it."""
    here = sa.and_(tx.mine(homes), homes.c.member == user)
    kept = tx.scalar(sa.select(homes.c.place).where(here))
    return None if kept is None else place(kept)


def save(tx: Tx, user: str, now_at: Place, now: datetime) -> None:
    """Keep where a person is; of two at once the later one stays."""
    insert = _INSERTS[tx.connection.dialect.name](homes)
    values = {"place": now_at.kept(), "opened_at": now}
    same = [homes.c.workspace, homes.c.member]
    tx.connection.execute(
        insert.values(workspace=tx.workspace, member=user, **values).on_conflict_do_update(
            index_elements=same, set_={"place": insert.excluded.place}
        )
    )
