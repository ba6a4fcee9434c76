"""What Slack has sent: an event comes again when Slack is unsure that it arrived.

Two rows an event: that somebody works on it, and that it is over. Both stay longer than Slack goes
on trying, which is a day.
"""

from datetime import datetime, timedelta
from enum import Enum, auto

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.store.database import Store
from bot.store.schema import inbound

# Whoever has worked for so long was cut off; Slack tries again after a minute.
LEASE = timedelta(seconds=30)


class Turn(Enum):
    """Whose it is to work on an event."""

    MINE = auto()
    MINE_AFTER_ANOTHER = auto()
    ANOTHERS = auto()
    OVER = auto()


def begin(store: Store, workspace: str, event: str, now: datetime) -> Turn:
    """Return whose turn it is; of two that ask at once, one gets it."""
    try:
        with store.begin() as connection:
            _note(connection, workspace, event, now)
            return Turn.MINE
    except IntegrityError:
        pass
    with store.begin() as connection:
        here = sa.and_(inbound.c.workspace == workspace, inbound.c.key == event)
        over = sa.and_(inbound.c.workspace == workspace, inbound.c.key == _over(event))
        if connection.execute(sa.select(inbound.c.id).where(over)).first():
            return Turn.OVER
        # The clock may have been set back since.
        is_cut_off = sa.not_(inbound.c.at.between(now - LEASE, now + LEASE))
        taken = connection.execute(sa.update(inbound).where(here, is_cut_off).values(at=now))
        return Turn.MINE_AFTER_ANOTHER if taken.rowcount else Turn.ANOTHERS


def end(store: Store, workspace: str, event: str, now: datetime) -> None:
    """Note that nothing is left to do for an event."""
    try:
        with store.begin() as connection:
            _note(connection, workspace, _over(event), now)
    except IntegrityError:
        return


def _note(connection: sa.Connection, workspace: str, key: str, now: datetime) -> None:
    connection.execute(sa.insert(inbound).values(workspace=workspace, key=key, at=now))


def _over(event: str) -> str:
    return f"{event}:over"
