"""The first message of a new workspace is planned once, when the bot starts."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.member import OWNER
from bot.store import Store, Tx, audit, outbox, workspace
from bot.store.engine import JOB_PATIENCE
from bot.store.outbox import WELCOME, Planned

KEY = "welcome"


def greet(store: Store, team: str, owners: Sequence[str], now: datetime) -> bool:
    """Have the first owner greeted where nobody has begun yet; False without any owner.

    Partners may be there already: a file was imported before the bot first ran.
    """
    with store.begin(JOB_PATIENCE) as connection:
        tx = Tx(connection, team)
        known = [*owners, *(one.member for one in workspace.people(tx, OWNER))]
        if known and not audit.has_begun(tx):
            outbox.plan(connection, team, [Planned(KEY, WELCOME, known[0])], now)
    return bool(known)
