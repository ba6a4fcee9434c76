"""What somebody was given to look after in one go, and having them told of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from bot.domain.reminder import CHECK_IN
from bot.store import audit, outbox, partner
from bot.store.audit import Entry
from bot.store.outbox import TAKEOVER, Planned
from bot.store.schema import next_steps, partners, reminders
from bot.store.transaction import Change, Tx

_KEY = "takeover:"


@dataclass(frozen=True, slots=True)
class Takeover:
    """Partners by name and how many next steps came `by` whom; `first` is the next check-in."""

    by: str | None
    names: list[str]
    steps: int
    first: tuple[str, date] | None


def tell(change: Change, recipient: str, key: str) -> None:
    """Have a person told of all that the change with that key gives them."""
    planned = Planned(f"{_KEY}{key}", TAKEOVER, recipient)
    outbox.plan(change.connection, change.workspace, [planned], change.now)


def of(tx: Tx, delivery_key: str, recipient: str) -> Takeover | None:
    """Return what a person is to be told of, as far as it is true still."""
    number = audit.made(tx, delivery_key.removeprefix(_KEY))
    entry = audit.get(tx, number) if number is not None else None
    if entry is None or entry.undone_at:
        return None
    ids = list(_changed(entry, partners))
    theirs = [one for one in partner.of_liaison(tx, recipient) if one.id in ids]
    names = {one.id: one.name for one in theirs}
    steps = len(list(_changed(entry, next_steps)))
    return Takeover(entry.by, list(names.values()), steps, _first(tx, names)) if names else None


def _changed(entry: Entry, table: sa.Table) -> Iterator[int]:
    return (image["id"] for image in entry.images if image["table"] == table.name)


def _first(tx: Tx, names: dict[int, str]) -> tuple[str, date] | None:
    day = sa.func.coalesce(reminders.c.back_on, reminders.c.show_on).label("day")
    query = (
        sa.select(reminders.c.partner_id, day)
        .where(tx.mine(reminders), reminders.c.closed_at.is_(None))
        .where(reminders.c.kind == CHECK_IN, reminders.c.partner_id.in_(names))
        .order_by(day, reminders.c.id)
    )
    row = tx.row(query.limit(1))
    return (names[row["partner_id"]], row["day"]) if row else None
