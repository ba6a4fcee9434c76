"""Where a person's direct messages with the bot are, once Slack has said so."""

import sqlalchemy as sa

from bot.store.schema import members
from bot.store.transaction import Tx


def channel(tx: Tx, user: str) -> str | None:
    """Return the channel of a person's direct messages, or None where Slack was not asked yet."""
    here = sa.and_(tx.mine(members), members.c.member == user)
    found: str | None = tx.scalar(sa.select(members.c.dm_channel).where(here))
    return found


def keep(connection: sa.Connection, workspace: str, user: str, channel: str | None) -> None:
    """Note the channel of a person who is known here; None when it is there no longer."""
    here = sa.and_(members.c.workspace == workspace, members.c.member == user)
    connection.execute(sa.update(members).where(here).values(dm_channel=channel))
