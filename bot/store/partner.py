"""Partners and their contacts."""

import json
from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.domain.finding import Book, Name
from bot.domain.partner import Contact, Partner
from bot.domain.policy import key_of
from bot.domain.words import plain
from bot.errors import UserError
from bot.store.among import among
from bot.store.schema import contacts, interactions, next_steps, partners, referrals, reminders
from bot.store.transaction import Change, Tx

# The practices whose people said something last; a book of 10,000 names takes some 10 MB.
BOOKS_KEPT = 64


def name_key(name: str) -> str:
    """Return the form in which two names of a partner are the same."""
    return " ".join(name.casefold().split())[:200]


def add(change: Change, name: str, added_on: date, **values: Any) -> int:
    """Add a partner and return its id; raises UserError when the name is taken."""
    try:
        return change.insert(
            partners, name=name, name_key=name_key(name), added_on=added_on, **values
        )
    except IntegrityError:
        raise UserError(f"*{plain(name)}* is in your partners already.") from None


def update(change: Change, partner_id: int, **values: Any) -> None:
    """Change a partner."""
    change.update(partners, partner_id, **values)


def rename(change: Change, partner_id: int, name: str) -> None:
    """Change a partner's name; raises UserError when it is taken."""
    try:
        change.update(partners, partner_id, name=name, name_key=name_key(name))
    except IntegrityError:
        raise UserError(f"*{plain(name)}* is in your partners already.") from None


def get(tx: Tx, partner_id: int) -> Partner | None:
    """Return a partner."""
    return tx.value(Partner, _some(tx).where(partners.c.id == partner_id))


def some(tx: Tx, ids: Sequence[int]) -> dict[int, Partner]:
    """Return partners by id."""
    return {one.id: one for one in tx.values(Partner, _some(tx).where(among(partners.c.id, ids)))}


def named(tx: Tx, name: str) -> Partner | None:
    """Return the partner of exactly that name, without regard to case."""
    return tx.value(Partner, _some(tx).where(partners.c.name_key == name_key(name)))


def lock(tx: Tx, partner_id: int) -> Partner | None:
    """Return a partner and keep others from changing it until this transaction ends."""
    return next(iter(lock_all(tx, [partner_id])), None)


def lock_all(tx: Tx, ids: Sequence[int]) -> list[Partner]:
    """Return partners, by id, and keep others from changing them until this transaction ends."""
    query = _some(tx).where(partners.c.id.in_(ids)).order_by(partners.c.id)
    return tx.values(Partner, query.with_for_update(key_share=True))


def all_ids(tx: Tx) -> set[int]:
    """Return the ids of the partners in the lists."""
    here = sa.and_(tx.mine(partners), partners.c.ended_on.is_(None))
    return set(tx.connection.execute(sa.select(partners.c.id).where(here)).scalars())


def all_of(tx: Tx, *conditions: sa.ColumnElement[bool]) -> list[Partner]:
    """Return the partners in the lists, by name."""
    query = _some(tx).where(partners.c.ended_on.is_(None), *conditions)
    return tx.values(Partner, query.order_by(partners.c.name_key))


def everything(tx: Tx) -> list[Partner]:
    """Return every partner, ended ones too, in the order they were added."""
    return tx.values(Partner, _some(tx).order_by(partners.c.id))


def of_liaison(tx: Tx, user: str) -> list[Partner]:
    """Return a person's partners, by name."""
    return all_of(tx, partners.c.liaison == user)


def ids_of(tx: Tx, users: Collection[str]) -> set[int]:
    """Return the partners that people look after, or are asked about, or owe a next step."""
    liaison = sa.select(partners.c.id).where(tx.mine(partners), partners.c.liaison.in_(users))
    asked = sa.select(reminders.c.partner_id).where(
        tx.mine(reminders), reminders.c.recipient.in_(users), reminders.c.closed_at.is_(None)
    )
    owes = sa.select(next_steps.c.partner_id).where(
        tx.mine(next_steps), next_steps.c.owner.in_(users), next_steps.c.done_on.is_(None)
    )
    return set(tx.connection.execute(sa.union(liaison, asked, owes)).scalars())


def book(tx: Tx) -> Book:
    """Return the names by which people may mean a partner, contacts' names among them.

    The database hands them over as a few texts, ten thousand names in a millisecond or two, and the
    same texts have the same book. So no book is of yesterday, whoever changed a name, and however.
    """
    is_here = sa.and_(tx.mine(partners), partners.c.ended_on.is_(None))
    named = _as_texts(tx, partners.c.id, partners.c.name).where(is_here)
    people = (
        _as_texts(tx, contacts.c.partner_id, contacts.c.name, contacts.c.id)
        .join_from(contacts, partners, contacts.c.partner_id == partners.c.id)
        .where(tx.mine(contacts), is_here)
    )
    return _bound(*(tuple(tx.connection.execute(one).one()) for one in (named, people)))


def _as_texts(tx: Tx, *columns: sa.Column[Any]) -> sa.Select[Any]:
    """Each column of what a query finds as one JSON array; PostgreSQL has none of no rows."""
    is_sqlite = tx.connection.dialect.name == "sqlite"
    gather: Any = sa.func.json_group_array if is_sqlite else sa.func.json_agg
    texts: list[Any] = [sa.cast(gather(one), sa.Text) for one in columns]
    return sa.select(*(sa.func.coalesce(one, "[]") for one in texts))


@lru_cache(maxsize=BOOKS_KEPT)
def _bound(named: tuple[str, ...], people: tuple[str, ...]) -> Book:
    tables = (zip(*map(json.loads, texts), strict=True) for texts in (named, people))
    return Book(Name(*each) for table in tables for each in table)


def names(tx: Tx, ids: Sequence[int]) -> dict[int, str]:
    """Return the names of partners by id."""
    here = sa.and_(tx.mine(partners), partners.c.id.in_(ids))
    rows = tx.rows(sa.select(partners.c.id, partners.c.name).where(here))
    return {row["id"]: row["name"] for row in rows}


def sorts(tx: Tx) -> set[str]:
    """Return the categories and tiers that partners have, in small letters."""
    query = sa.select(partners.c.category, partners.c.tier).where(tx.mine(partners)).distinct()
    return {key_of(name) for row in tx.rows(query) for name in row.values() if name}


def add_contact(change: Change, partner_id: int, name: str, **values: Any) -> int:
    """Add a person at a partner and return the id."""
    return change.insert(contacts, partner_id=partner_id, name=name, **values)


def update_contact(change: Change, contact_id: int, **values: Any) -> None:
    """Change what is known of a contact."""
    change.update(contacts, contact_id, **values)


def remove_contact(change: Change, contact_id: int) -> None:
    """Remove a person at a partner; what was done with them and their referrals stay."""
    for table in (interactions, referrals):
        change.update_all(table, table.c.contact_id == contact_id, contact_id=None)
    change.delete(contacts, contact_id)


def contacts_of(tx: Tx, partner_id: int) -> list[Contact]:
    """Return the people at a partner, first added first."""
    here = sa.and_(tx.mine(contacts), contacts.c.partner_id == partner_id)
    return tx.values(Contact, sa.select(contacts).where(here).order_by(contacts.c.id))


def first_contacts(tx: Tx, ids: Sequence[int]) -> dict[int, Contact]:
    """Return the person at each of some partners who was added first."""
    here = sa.and_(tx.mine(contacts), among(contacts.c.partner_id, ids))
    query = sa.select(contacts).where(here).order_by(contacts.c.id.desc())
    return {one.partner_id: one for one in tx.values(Contact, query)}


def all_contacts(tx: Tx) -> list[Contact]:
    """Return the people at every partner, first added first."""
    query = sa.select(contacts).where(tx.mine(contacts)).order_by(contacts.c.id)
    return tx.values(Contact, query)


def contact(tx: Tx, contact_id: int) -> Contact | None:
    """Return one contact."""
    here = sa.and_(tx.mine(contacts), contacts.c.id == contact_id)
    return tx.value(Contact, sa.select(contacts).where(here))


def last_contacted(tx: Tx) -> dict[int, date]:
    """Return the day of the last interaction of every partner that had one."""
    its_newest = (
        sa.select(sa.func.max(interactions.c.happened_on))
        .where(interactions.c.workspace == partners.c.workspace)
        .where(interactions.c.partner_id == partners.c.id)
        .correlate(partners)
        .scalar_subquery()
    )
    rows = tx.rows(sa.select(partners.c.id, its_newest.label("day")).where(tx.mine(partners)))
    return {row["id"]: row["day"] for row in rows if row["day"]}


def _some(tx: Tx) -> sa.Select[Any]:
    return sa.select(partners).where(tx.mine(partners))
