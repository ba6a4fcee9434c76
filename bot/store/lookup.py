"""Partners and contacts by a part of their name, found by the database itself."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.store.schema import contacts, partners
from bot.store.transaction import Tx

_PARTNER = (partners.c.id.label("partner_id"), partners.c.name.label("partner"))


@dataclass(frozen=True, slots=True)
class Found:
    """A partner, or a contact there."""

    partner_id: int
    partner: str
    contact_id: int | None = None
    contact: str | None = None


def some(tx: Tx, words: Sequence[str], user: str, limit: int) -> list[Found]:
    """Return what has all of `words` (in lower case) in its name, the likeliest first.

    Without words: a person's own partners before all others.
    """
    found = _partners(tx, words, user, limit)
    return [*found, *(_contacts(tx, words, limit - len(found)) if words else [])]


def _partners(tx: Tx, words: Sequence[str], user: str, limit: int) -> list[Found]:
    fits = [_has(partners.c.name_key, word) for word in words]
    begins = partners.c.name_key.startswith(words[0], autoescape=True) if words else None
    first = partners.c.liaison == user if begins is None else begins
    query = (
        sa.select(*_PARTNER, sa.null().label("contact_id"), sa.null().label("contact"))
        .where(tx.mine(partners), partners.c.ended_on.is_(None), *fits)
        .order_by(_before_others(first), partners.c.name_key)
    )
    return tx.values(Found, query.limit(limit))


def _contacts(tx: Tx, words: Sequence[str], limit: int) -> list[Found]:
    """The contacts whose own name has one of the words, and all with their partner's."""
    own = sa.func.lower(contacts.c.name)
    fits = [sa.or_(_has(own, word), _has(partners.c.name_key, word)) for word in words]
    named = sa.or_(*(_has(own, word) for word in words))
    query = (
        sa.select(*_PARTNER, contacts.c.id.label("contact_id"), contacts.c.name.label("contact"))
        .join(partners, contacts.c.partner_id == partners.c.id)
        .where(tx.mine(contacts), partners.c.ended_on.is_(None), named, *fits)
        .order_by(_before_others(own.startswith(words[0], autoescape=True)), own, contacts.c.id)
    )
    return tx.values(Found, query.limit(limit)) if limit > 0 else []


def _before_others(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.case((condition, 0), else_=1)


def _has(name: sa.ColumnElement[str], word: str) -> sa.ColumnElement[bool]:
    """Whether a word stands in a name, with or without an apostrophe: "marys" in "St. Mary's"."""
    bare = sa.func.replace(sa.func.replace(name, "'", ""), "’", "")
    return sa.or_(name.contains(word, autoescape=True), bare.contains(word, autoescape=True))
