"""Rows in, values out: the only place that speaks SQL.

Everything but the outbox's claim, plan, prune and metrics is reached through a transaction that
is bound to one workspace, so no query can cross workspaces by mistake.
"""

from sqlalchemy import Connection

from bot.store.database import AlreadyDone, Store
from bot.store.engine import connect
from bot.store.transaction import Change, Tx

__all__ = ["AlreadyDone", "Change", "Connection", "Store", "Tx", "connect"]
