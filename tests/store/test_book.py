"""The names that people may mean are those of this moment, whichever process changed them."""

import random
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from bot.domain.finding import Book, Name
from bot.errors import UserError
from bot.store import Store, audit, connect, partner
from bot.store.merge import merge
from bot.store.schema import contacts, partners
from bot.store.transaction import Change, Tx
from tests.conftest import NOW, TEAM

TODAY = NOW.date()
NAMES = (
    "Riverside",
    'Dr. "Q" Lee',
    "Ana\tSilva",
    "Søren\\",
    "🏭 Works",
    '[1,"x"]',
    "null",
    "O'Hara",
)
EACH, STEPS = 3, 20


class Clinic:
    """Changes of every sort that a name, or who has one, can see."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.made: list[int] = []

    def name(self) -> str:
        return f"{self.rng.choice(NAMES)} {self.rng.randrange(EACH)}"

    def some(self, tx: Tx, table: sa.Table) -> int:
        ids = tx.connection.execute(sa.select(table.c.id).where(tx.mine(table))).scalars().all()
        return self.rng.choice(ids or [0])

    def add(self, change: Change) -> None:
        partner.add(change, self.name(), TODAY)

    def rename(self, change: Change) -> None:
        partner.rename(change, self.some(change, partners), self.name())

    def end(self, change: Change) -> None:
        partner.update(change, self.some(change, partners), ended_on=TODAY)

    def bring_back(self, change: Change) -> None:
        partner.update(change, self.some(change, partners), ended_on=None)

    def merge(self, change: Change) -> None:
        found = partner.lock_all(change, [self.some(change, partners) for _ in range(2)])
        if len(found) == 2:
            merge(change, *found, TODAY)

    def add_contact(self, change: Change) -> None:
        if at := self.some(change, partners):
            partner.add_contact(change, at, self.name())

    def rename_contact(self, change: Change) -> None:
        partner.update_contact(change, self.some(change, contacts), name=self.name())

    def remove_contact(self, change: Change) -> None:
        partner.remove_contact(change, self.some(change, contacts))

    def undo(self, change: Change) -> None:
        if self.made:
            audit.undo(change, self.made.pop())

    def pass_by_the_audit(self, change: Change) -> None:
        here = sa.and_(change.mine(contacts), contacts.c.id == self.some(change, contacts))
        change.connection.execute(sa.update(contacts).where(here).values(name=self.name()))

    @property
    def acts(self) -> list[Callable[[Change], None]]:
        return [
            *[self.add, self.add_contact] * 3,
            *(self.rename, self.end, self.bring_back, self.merge, self.undo),
            *(self.rename_contact, self.remove_contact, self.pass_by_the_audit),
        ]

    def act(self, store: Store) -> None:
        """One change, which may be refused; what was made can be undone later."""
        try:
            with store.change(TEAM, NOW, "test", "U1") as change:
                self.rng.choice(self.acts)(change)
        except UserError:
            return
        if change.audit_id:
            self.made.append(change.audit_id)


def row_by_row(tx: Tx) -> Book:
    """The book of this moment, without anything kept."""
    here = {one.id: one.name for one in partner.everything(tx) if not one.ended_on}
    people = [one for one in partner.all_contacts(tx) if one.partner_id in here]
    names = [Name(id_, name) for id_, name in here.items()]
    return Book([*names, *(Name(one.partner_id, one.name, one.id) for one in people)])


def found(book: Book) -> dict[str, set[Name]]:
    every = (f"{name} {number}" for name in NAMES for number in range(EACH))
    return {name: set(book.find(name).names) for name in every}


@pytest.mark.parametrize("seed", range(2))
def test_a_book_is_never_of_before(store: Store, database_url: str, seed: int) -> None:
    """Two processes change names in turn, and both read all of them after each change."""
    clinic, processes = Clinic(seed), [store, Store(connect(database_url))]
    for _ in range(9):
        clinic.act(store)
    known = 0
    for step in range(STEPS):
        clinic.act(processes[step % 2])
        for process in processes:
            with process.read(TEAM) as tx:
                expected = found(row_by_row(tx))
                assert found(partner.book(tx)) == expected, f"after step {step}"
        known = max(known, sum(map(len, expected.values())))
    assert known > 1
    processes[1].engine.dispose()


def test_a_change_reads_what_it_has_just_written(store: Store) -> None:
    with store.change(TEAM, NOW, "test") as change:
        partner.add(change, "Iron Peak", TODAY)
        assert partner.book(change).find("iron peak").is_found
    with store.read(TEAM) as tx:
        assert partner.book(tx) is partner.book(tx)
