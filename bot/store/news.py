"""What a row says beside its reminder: what is new with the partner, and for whom it is asked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.domain.fact import Facts, News
from bot.domain.referral import RECEIVED
from bot.store import workspace
from bot.store.schema import next_steps, referrals
from bot.store.transaction import Tx

Counts = Mapping[int, int]


def with_news(tx: Tx, facts: Sequence[Facts]) -> list[Facts]:
    """Return the facts with what is new since each partner's last interaction.

    Without one (an imported baseline counts) everything would be new, so nothing is.
    """
    facts = _with_absences(tx, facts)
    since = {one.partner.id: day for one in facts if (day := _since(one))}
    if not since:
        return facts
    is_received = referrals.c.direction == RECEIVED
    received = _count(tx, referrals.c.received_on, since, is_received)
    came_in = _count(tx, referrals.c.evaluated_on, since, is_received)
    done = _count(tx, next_steps.c.done_on, since, sa.true())

    def news(partner_id: int) -> News:
        return News(*(counts.get(partner_id, 0) for counts in (received, came_in, done)))

    return [replace(one, news=news(one.partner.id)) for one in facts]


def _with_absences(tx: Tx, facts: Sequence[Facts]) -> list[Facts]:
    """Say for whom it is that somebody else is asked."""
    others = {one.reminder.id: owner for one in facts if (owner := _covered(one))}
    if not others:
        return list(facts)
    people = workspace.some(tx, set(others.values()))
    back_on = {user: one.preferences.away_until for user, one in people.items()}
    return [
        replace(one, instead_of=(owner, day))
        if (owner := others.get(one.reminder.id)) and (day := back_on.get(owner))
        else one
        for one in facts
    ]


def _covered(facts: Facts) -> str | None:
    owner = facts.step.owner if facts.step else facts.partner.liaison
    return owner if owner != facts.reminder.recipient else None


def _since(facts: Facts) -> date | None:
    return facts.last.happened_on if facts.last else facts.partner.baseline_on


def _count(
    tx: Tx, day: sa.Column[Any], since: dict[int, date], condition: sa.ColumnElement[bool]
) -> Counts:
    """How often something happened after each partner's own day."""
    partner_id = day.table.c.partner_id
    query = sa.select(partner_id, day).where(tx.mine(day.table), partner_id.in_(since), condition)
    rows = tx.connection.execute(query.where(day > min(since.values())))
    return Counter(number for number, on in rows if on > since[number])
