"""Referrals, in both directions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from bot.domain.referral import RECEIVED, Referral, StillOpen
from bot.domain.reminder import THANK_YOU, TOO_OLD_TO_THANK, WAIVED
from bot.store.among import among
from bot.store.schema import interactions, partners, referrals, reminders, workspaces
from bot.store.transaction import Change, Tx

# A partner's usual rate is taken from this long a past, and needs this many referrals.
RATE_WINDOW = timedelta(days=365)
RATE_NEEDS = 6


def next_number(change: Change) -> int:
    """Take the next number of our own; two takers never get the same one."""
    row = change.connection.execute(
        sa.update(workspaces)
        .where(workspaces.c.id == change.workspace)
        .values(next_referral=workspaces.c.next_referral + 1)
        .returning(workspaces.c.next_referral)
    ).scalar_one()
    return int(row) - 1


def keep_numbers_above(change: Change, number: int) -> None:
    """Never give out `number` or a lower one again."""
    change.connection.execute(
        sa.update(workspaces)
        .where(workspaces.c.id == change.workspace, workspaces.c.next_referral <= number)
        .values(next_referral=number + 1)
    )


def add(
    change: Change,
    partner_id: int,
    direction: str,
    received_on: date,
    number: int | None = None,
    **values: Any,
) -> int:
    """Add a referral and return its id; without a number it gets the next one."""
    values.setdefault("by", change.by)
    return change.insert(
        referrals,
        partner_id=partner_id,
        direction=direction,
        received_on=received_on,
        number=next_number(change) if number is None else number,
        created_at=change.now,
        **values,
    )


def convert(change: Change, referral_id: int, evaluated_on: date, thank_by_on: date) -> bool:
    """Record the evaluation of a received referral; False when it is gone.

    An evaluation recorded over two weeks late asks for no thank-you: `converted_at` stays empty.
    """
    values = _evaluated(change, evaluated_on, thank_by_on)
    return change.update(referrals, referral_id, **values, lost_on=None, lost_reason=None)


def add_converted(change: Change, partner_id: int, evaluated_on: date, thank_by_on: date) -> int:
    """Add a received referral whose evaluation took place on the day it was received."""
    values = _evaluated(change, evaluated_on, thank_by_on)
    return add(change, partner_id, RECEIVED, evaluated_on, **values)


def _evaluated(change: Change, evaluated_on: date, thank_by_on: date) -> dict[str, Any]:
    is_fresh = change.now.date() - evaluated_on <= TOO_OLD_TO_THANK
    return {
        "evaluated_on": evaluated_on,
        "thank_by_on": thank_by_on,
        "converted_at": change.now if is_fresh else None,
    }


def update(change: Change, referral_id: int, **values: Any) -> bool:
    """Change a referral; False when it is gone."""
    return change.update(referrals, referral_id, **values)


def numbered(tx: Tx, number: int) -> Referral | None:
    """Return the referral of that number."""
    return tx.value(Referral, _some(tx).where(referrals.c.number == number))


def get(tx: Tx, referral_id: int) -> Referral | None:
    """Return one referral."""
    return tx.value(Referral, _some(tx).where(referrals.c.id == referral_id))


def open_of(tx: Tx, partner_id: int) -> list[Referral]:
    """Return the received referrals of a partner that are still open, oldest first."""
    query = _some(tx).where(
        referrals.c.partner_id == partner_id,
        referrals.c.direction == RECEIVED,
        referrals.c.evaluated_on.is_(None),
        referrals.c.lost_on.is_(None),
    )
    query = query.order_by(referrals.c.received_on, referrals.c.number).with_for_update()
    return tx.values(Referral, query)


def still_open(tx: Tx, until: date) -> list[StillOpen]:
    """Return the partners with referrals that were open by a day, those with most first."""
    rows = tx.rows(
        sa.select(referrals.c.id, referrals.c.partner_id, partners.c.name)
        .join(partners, referrals.c.partner_id == partners.c.id)
        .where(tx.mine(referrals), referrals.c.direction == RECEIVED)
        .where(referrals.c.evaluated_on.is_(None), referrals.c.lost_on.is_(None))
        .where(referrals.c.received_on <= until, partners.c.ended_on.is_(None))
        .order_by(referrals.c.received_on, referrals.c.number)
    )
    ids: dict[tuple[int, str], list[int]] = {}
    for row in rows:
        ids.setdefault((row["partner_id"], row["name"]), []).append(row["id"])
    found = [StillOpen(partner_id, name, of[0], len(of)) for (partner_id, name), of in ids.items()]
    return sorted(found, key=lambda one: -one.count)


def of_partner(tx: Tx, partner_id: int) -> list[Referral]:
    """Return all referrals of a partner, newest first."""
    query = _some(tx).where(referrals.c.partner_id == partner_id)
    return tx.values(
        Referral, query.order_by(referrals.c.received_on.desc(), referrals.c.number.desc())
    )


def everything(tx: Tx) -> list[Referral]:
    """Return all referrals, by number."""
    return tx.values(Referral, _some(tx).order_by(referrals.c.number))


def unthanked(tx: Tx, partner_ids: Sequence[int]) -> dict[int, list[Referral]]:
    """Return, by partner, the conversions that no later thank-you and no waiver covers."""
    waived_at = (
        sa.select(sa.func.max(reminders.c.closed_at))
        .where(
            tx.mine(reminders),
            reminders.c.partner_id == referrals.c.partner_id,
            reminders.c.kind == THANK_YOU,
            reminders.c.closed_how == WAIVED,
        )
        .correlate(referrals)
        .scalar_subquery()
    )
    covered = sa.exists().where(
        interactions.c.workspace == tx.workspace,
        interactions.c.partner_id == referrals.c.partner_id,
        interactions.c.kind == "thank_you",
        sa.or_(
            interactions.c.happened_on > referrals.c.evaluated_on,
            sa.and_(
                interactions.c.happened_on == referrals.c.evaluated_on,
                interactions.c.created_at >= referrals.c.converted_at,
            ),
        ),
    )
    query = _some(tx).where(
        referrals.c.partner_id.in_(partner_ids),
        referrals.c.direction == RECEIVED,
        referrals.c.converted_at.is_not(None),
        sa.or_(waived_at.is_(None), referrals.c.converted_at > waived_at),
        sa.not_(covered),
    )
    found: dict[int, list[Referral]] = {}
    # Told to sort, SQLite walks all referrals by number to find the few of these partners.
    unsorted = tx.values(Referral, query) if partner_ids else []
    for one in sorted(unsorted, key=lambda one: one.number):
        found.setdefault(one.partner_id, []).append(one)
    return found


def conversions(tx: Tx, partner_ids: Sequence[int]) -> dict[int, int]:
    """Return how many evaluations the referrals of partners ever led to, where there were any."""
    query = (
        sa.select(referrals.c.partner_id, sa.func.count().label("count"))
        .where(_received(tx, partner_ids), referrals.c.evaluated_on.is_not(None))
        .group_by(referrals.c.partner_id)
    )
    return {row["partner_id"]: row["count"] for row in tx.rows(query)} if partner_ids else {}


@dataclass(frozen=True, slots=True)
class Rate:
    """When a partner last referred, and its usual number a month, if there are enough to tell."""

    last_on: date
    per_month: float | None


def rates(tx: Tx, partner_ids: Sequence[int]) -> dict[int, Rate]:
    """Return the rate of each of some partners that ever referred."""
    day, here = referrals.c.received_on, _received(tx, partner_ids)
    newest = sa.select(referrals.c.partner_id, sa.func.max(day).label("day")).where(here)
    last = {row["partner_id"]: row["day"] for row in tx.rows(newest.group_by("partner_id"))}
    if not last:
        return {}
    since = min(last.values()) - RATE_WINDOW
    days: dict[int, list[date]] = {one: [] for one in last}
    for row in tx.rows(sa.select(referrals.c.partner_id, day).where(here, day > since)):
        if row["received_on"] > last[row["partner_id"]] - RATE_WINDOW:
            days[row["partner_id"]].append(row["received_on"])
    return {one: Rate(last[one], _per_month(of)) for one, of in days.items()}


def _per_month(days: Sequence[date]) -> float | None:
    months = max(1.0, (max(days) - min(days)).days / 30.4)
    return len(days) / months if len(days) >= RATE_NEEDS else None


def _received(tx: Tx, partner_ids: Sequence[int]) -> sa.ColumnElement[bool]:
    return sa.and_(
        tx.mine(referrals),
        among(referrals.c.partner_id, partner_ids),
        referrals.c.direction == RECEIVED,
    )


def _some(tx: Tx) -> sa.Select[Any]:
    return sa.select(referrals).where(tx.mine(referrals))
