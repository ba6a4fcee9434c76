"""A page of the partners, narrowed down, with when each last heard from us and will next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.domain.home import MINE, NOBODYS, Filter, Page, first_of
from bot.domain.reminder import CHECK_IN
from bot.store.schema import interactions, members, partners, reminders
from bot.store.transaction import Row, Tx


@dataclass(frozen=True, slots=True)
class Listed:
    """A partner in a list; `last_on` is the last contact, `next_on` the next check-in."""

    id: int
    name: str
    category: str
    stage: str
    liaison: str | None
    is_paused: bool
    last_on: date | None
    next_on: date | None


def page(tx: Tx, wanted: Filter, user: str, today: date, number: int, size: int) -> Page[Listed]:
    """Return page `number` (from 0) of the partners that are wanted, by stage and then name."""
    here = sa.and_(*_wanted(tx, wanted, user))
    total = tx.scalar(sa.select(sa.func.count()).select_from(partners).where(here))
    first = first_of(number, size, total)
    rows = tx.rows(
        sa.select(partners)
        .where(here)
        .order_by(_stage() == "", _stage(), partners.c.name_key)
        .offset(first)
        .limit(size)
    )
    ids = [row["id"] for row in rows]
    last, ahead = _last(tx, ids), _next(tx, ids)
    items = tuple(_listed(row, today, last.get(row["id"]), ahead.get(row["id"])) for row in rows)
    return Page(items, first, total, size)


def by_stage(tx: Tx, wanted: Filter, user: str) -> dict[str, int]:
    """Return how many of the partners that are wanted are in each stage; "" for in none."""
    here = sa.and_(*_wanted(tx, wanted, user))
    query = sa.select(_stage().label("stage"), sa.func.count().label("n")).where(here)
    return {row["stage"]: row["n"] for row in tx.rows(query.group_by("stage"))}


def choices(tx: Tx) -> tuple[list[str], list[str]]:
    """Return the categories and the stages that partners have, each in order."""
    query = sa.select(partners.c.category, _stage().label("stage")).distinct()
    rows = tx.rows(query.where(tx.mine(partners), partners.c.ended_on.is_(None)))
    stages = {row["stage"] for row in rows} - {""}
    return sorted({row["category"] for row in rows}), sorted(stages)


def looks_after_any(tx: Tx, user: str) -> bool:
    """Whether a person has a partner to look after."""
    mine = Filter(whose=MINE)
    query = sa.select(sa.literal(1)).select_from(partners).where(*_wanted(tx, mine, user)).limit(1)
    return tx.scalar(query) is not None


def has_any(tx: Tx) -> bool:
    """Whether there is any partner yet."""
    query = sa.select(sa.literal(1)).select_from(partners).where(tx.mine(partners)).limit(1)
    return tx.scalar(query) is not None


def _wanted(tx: Tx, wanted: Filter, user: str) -> Iterator[sa.ColumnElement[bool]]:
    yield tx.mine(partners)
    yield partners.c.ended_on.is_(None)
    if wanted.whose == MINE:
        yield partners.c.liaison == user
    if wanted.whose == NOBODYS:
        yield sa.or_(partners.c.liaison.is_(None), partners.c.liaison.in_(_gone(tx)))
    if wanted.category:
        yield partners.c.category == wanted.category
    if wanted.stage:
        yield partners.c.stage == wanted.stage
    for word in wanted.words.casefold().split():
        yield partners.c.name_key.contains(word, autoescape=True)


def _gone(tx: Tx) -> sa.Select[Any]:
    """Nobody looks after a partner whose liaison has left Slack, either."""
    return sa.select(members.c.member).where(tx.mine(members), members.c.is_deactivated)


def _stage() -> sa.ColumnElement[str]:
    return sa.func.coalesce(partners.c.stage, "")


def _last(tx: Tx, ids: Sequence[int]) -> dict[int, date]:
    newest = sa.func.max(interactions.c.happened_on).label("day")
    here = sa.and_(tx.mine(interactions), interactions.c.partner_id.in_(ids))
    return _by_partner(tx, sa.select(interactions.c.partner_id, newest).where(here), interactions)


def _next(tx: Tx, ids: Sequence[int]) -> dict[int, date]:
    day = sa.func.coalesce(reminders.c.back_on, reminders.c.show_on)
    here = sa.and_(
        tx.mine(reminders),
        reminders.c.partner_id.in_(ids),
        reminders.c.kind == CHECK_IN,
        reminders.c.closed_at.is_(None),
    )
    query = sa.select(reminders.c.partner_id, sa.func.min(day).label("day")).where(here)
    return _by_partner(tx, query, reminders)


def _by_partner(tx: Tx, query: sa.Select[Any], table: sa.Table) -> dict[int, date]:
    rows = tx.rows(query.group_by(table.c.partner_id))
    return {row["partner_id"]: row["day"] for row in rows}


def _listed(row: Row, today: date, last_on: date | None, next_on: date | None) -> Listed:
    until = row["paused_until"]
    return Listed(
        row["id"],
        row["name"],
        row["category"],
        row["stage"] or "",
        row["liaison"],
        row["paused_on"] is not None and (until is None or today < until),
        max((day for day in (last_on, row["baseline_on"]) if day), default=None),
        next_on,
    )
