"""Writes to reminders, gathered for many partners and carried out together."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from bot.domain.reminder import Reminder
from bot.store import outbox
from bot.store.schema import reminders
from bot.store.transaction import Change, Tx


class Ledger:
    """What is to become of reminders; nothing is written before `carry_out`."""

    def __init__(self, change: Change) -> None:
        self.change = change
        self._opened: list[dict[str, Any]] = []
        self._written: list[dict[str, Any]] = []
        self._forgotten: list[int] = []
        self._outdated: set[int] = set()
        self._on_its_way: dict[str, bool] = {}

    def open(self, values: Mapping[str, Any]) -> None:
        """Have a reminder made."""
        mine = {"workspace": self.change.workspace, "created_at": self.change.now}
        self._opened.append({**mine, **values})

    def write(self, row: Reminder, values: Mapping[str, Any]) -> None:
        """Have a reminder changed, and the message that shows it drawn anew."""
        self._written.append({"one": row.id, **values})
        if row.shown_in is not None:
            self._outdated.add(row.shown_in)

    def forget(self, row: Reminder) -> None:
        """Have a reminder deleted that nobody saw."""
        self._forgotten.append(row.id)

    def may_be_on_its_way(self, row: Reminder) -> bool:
        """Whether a message that shows the row may have been sent but not yet been noted."""
        user = row.recipient
        if user is None:
            return False
        if user not in self._on_its_way:
            team = self.change.workspace
            self._on_its_way[user] = outbox.is_writing_to(self.change.connection, team, user)
        return self._on_its_way[user]

    def carry_out(self) -> None:
        """Write it all; reminders before edits, so that neither waits for the other."""
        connection, team = self.change.connection, self.change.workspace
        if self._forgotten:
            gone = reminders.c.id.in_(self._forgotten)
            connection.execute(sa.delete(reminders).where(self.change.mine(reminders), gone))
        write_all(self.change, self._written)
        if self._opened:
            connection.execute(sa.insert(reminders), self._opened)
        for delivery in sorted(self._outdated):
            outbox.arm_edit(connection, team, delivery, self.change.now)


def write_all(tx: Tx, rows: list[dict[str, Any]]) -> None:
    """Write what each of `rows` says of the reminder `one`; rows of the same names go at once."""
    here = sa.and_(tx.mine(reminders), reminders.c.id == sa.bindparam("one"))
    sorts: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        sorts.setdefault(tuple(row), []).append(row)
    for alike in sorts.values():
        tx.connection.execute(sa.update(reminders).where(here), alike)
