"""Interactions and next steps."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from bot.domain.interaction import KINDS, TOUCH_KINDS, Interaction
from bot.domain.referral import NextStep
from bot.store.among import among
from bot.store.schema import interactions, next_steps, partners
from bot.store.transaction import Change, Tx

_EACH = interactions.alias("each")
_NEWEST = (interactions.c.happened_on.desc(), interactions.c.id.desc())


def add(change: Change, partner_id: int, kind: str, happened_on: date, **values: Any) -> int:
    """Add an interaction by whoever makes the change, unless `by` says otherwise."""
    values.setdefault("by", change.by)
    values["cost"] = _in_cents(values.get("cost"))
    return change.insert(
        interactions,
        partner_id=partner_id,
        kind=kind,
        happened_on=happened_on,
        created_at=change.now,
        **values,
    )


def get(tx: Tx, interaction_id: int) -> Interaction | None:
    """Return one interaction."""
    return tx.value(Interaction, _some(tx).where(interactions.c.id == interaction_id))


def some(tx: Tx, ids: Sequence[int]) -> dict[int, Interaction]:
    """Return interactions by id."""
    found = tx.values(Interaction, _some(tx).where(among(interactions.c.id, ids))) if ids else []
    return {one.id: one for one in found}


def update(change: Change, interaction_id: int, **values: Any) -> bool:
    """Put an interaction right."""
    return change.update(
        interactions, interaction_id, **{**values, "cost": _in_cents(values.get("cost"))}
    )


def _in_cents(cost: Decimal | None) -> Decimal | None:
    """As it is read back: "45.00" kept for Undo would not be the stored 45."""
    return None if cost is None else Decimal(round(cost * 100)) / 100


def count_as_reached(change: Change, interaction_id: int) -> bool:
    """Let a call that reached nobody count as a touch."""
    return change.update(interactions, interaction_id, is_reached=True)


def recent(tx: Tx, partner_id: int, limit: int = 5) -> list[Interaction]:
    """Return the newest interactions of a partner."""
    query = _some(tx).where(interactions.c.partner_id == partner_id)
    return tx.values(Interaction, query.order_by(*_NEWEST).limit(limit))


def newest(
    tx: Tx, partner_ids: Sequence[int], *conditions: sa.ColumnElement[bool]
) -> dict[int, Interaction]:
    """Return the newest interaction of each of some partners, of those that meet `conditions`."""
    its_newest = (
        sa.select(interactions.c.id)
        .where(interactions.c.workspace == partners.c.workspace)
        .where(interactions.c.partner_id == partners.c.id, *conditions)
        .order_by(*_NEWEST)
        .limit(1)
        .correlate(partners)
        .scalar_subquery()
    )
    one_each = _EACH.join(partners, _EACH.c.id == its_newest)
    here = sa.and_(tx.mine(partners), among(partners.c.id, partner_ids))
    found = tx.values(Interaction, sa.select(_EACH).select_from(one_each).where(here))
    return {one.partner_id: one for one in found}


def last_touches(tx: Tx, partner_ids: Sequence[int]) -> dict[int, Interaction]:
    """Return the newest interaction that restarted the check-in clock, by partner."""
    is_touch = sa.and_(interactions.c.kind.in_(TOUCH_KINDS), interactions.c.is_reached)
    return newest(tx, partner_ids, is_touch)


def last_attempts(tx: Tx, partner_ids: Sequence[int]) -> dict[int, Interaction]:
    """Return the newest call that reached nobody, by partner."""
    return newest(tx, partner_ids, sa.not_(interactions.c.is_reached))


def last_notes(tx: Tx, partner_ids: Sequence[int]) -> dict[int, Interaction]:
    """Return the newest thank-you, by partner."""
    return newest(tx, partner_ids, interactions.c.kind == "thank_you")


def spent(tx: Tx, partner_id: int, first: date, last: date) -> Decimal:
    """Return what gifts, meals and the like for a partner cost from `first` to `last`."""
    of_value = [kind.key for kind in KINDS.values() if kind.is_of_value]
    here = sa.and_(
        tx.mine(interactions),
        interactions.c.partner_id == partner_id,
        interactions.c.kind.in_(of_value),
        interactions.c.happened_on.between(first, last),
    )
    costs = tx.connection.execute(sa.select(interactions.c.cost).where(here)).scalars()
    return sum((cost for cost in costs if cost is not None), Decimal(0))


def everything(tx: Tx) -> list[Interaction]:
    """Return all interactions, in the order they were recorded."""
    return tx.values(Interaction, _some(tx).order_by(interactions.c.id))


def add_step(change: Change, partner_id: int, owner: str, what: str, due_on: date) -> int:
    """Add a next step."""
    return change.insert(
        next_steps,
        partner_id=partner_id,
        owner=owner,
        what=what[:500],
        due_on=due_on,
        created_at=change.now,
    )


def finish_step(change: Change, step_id: int, **values: Any) -> bool:
    """Mark a next step as done (`done_on`) or dropped (`dropped_on`)."""
    return change.update(next_steps, step_id, **values)


def step(tx: Tx, step_id: int) -> NextStep | None:
    """Return one next step."""
    here = sa.and_(tx.mine(next_steps), next_steps.c.id == step_id)
    return tx.value(NextStep, sa.select(next_steps).where(here))


def steps(tx: Tx, ids: Sequence[int]) -> dict[int, NextStep]:
    """Return next steps by id."""
    here = sa.and_(tx.mine(next_steps), next_steps.c.id.in_(ids))
    found = tx.values(NextStep, sa.select(next_steps).where(here)) if ids else []
    return {one.id: one for one in found}


def open_steps(tx: Tx, partner_id: int) -> list[NextStep]:
    """Return the next steps of a partner that are neither done nor dropped, soonest first."""
    return all_open_steps(tx, [partner_id])


def steps_of(tx: Tx, owner: str) -> list[NextStep]:
    """Return the next steps of a person that are neither done nor dropped, soonest first."""
    here = sa.and_(
        tx.mine(next_steps),
        next_steps.c.owner == owner,
        next_steps.c.done_on.is_(None),
        next_steps.c.dropped_on.is_(None),
    )
    query = sa.select(next_steps).where(here).order_by(next_steps.c.due_on, next_steps.c.id)
    return tx.values(NextStep, query)


def all_open_steps(tx: Tx, partner_ids: Sequence[int]) -> list[NextStep]:
    """Return the next steps of partners that are neither done nor dropped, soonest first."""
    here = sa.and_(
        tx.mine(next_steps),
        next_steps.c.partner_id.in_(partner_ids),
        next_steps.c.done_on.is_(None),
        next_steps.c.dropped_on.is_(None),
    )
    query = sa.select(next_steps).where(here).order_by(next_steps.c.due_on, next_steps.c.id)
    return tx.values(NextStep, query)


def _some(tx: Tx) -> sa.Select[Any]:
    return sa.select(interactions).where(tx.mine(interactions))
