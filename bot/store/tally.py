"""Counts over a period: a fixed set of statements, however many rows there are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.sql.visitors import iterate

from bot.domain.partner import CATEGORIES
from bot.domain.period import ONE_DAY, Period, months
from bot.domain.referral import RECEIVED, SENT
from bot.domain.reminder import CHECK_IN, DONE, MOVED, UNTRUE
from bot.domain.tally import PRACTICE, Scope, Tally
from bot.domain.when import local_instant
from bot.store import workspace
from bot.store.schema import interactions, partners, referrals, reminders
from bot.store.transaction import Row, Tx

By = Literal["practice", "partner", "category", "month", "member"]
Key = int | str | date | None
Edges = Sequence[date] | Sequence[datetime]
Condition = sa.ColumnElement[bool]

_TREATING = [key for key, category in CATEGORIES.items() if category.is_treating]


@dataclass(frozen=True, slots=True)
class _Source:
    """Rows to count: `day` puts them in a period, `person` says whose they are."""

    table: sa.Table
    day: sa.Column[Any]
    person: sa.Column[Any]
    condition: Condition
    columns: tuple[sa.Label[Any], ...]
    also_by: tuple[str, ...] = ()


def tally(tx: Tx, period: Period, today: date, scope: Scope = PRACTICE) -> Tally:
    """Return the counts over a period as one; see `tallies`."""
    return tallies(tx, period, "practice", today, scope).get(tx.workspace, Tally())


def tallies(
    tx: Tx, period: Period, by: By, today: date, scope: Scope = PRACTICE
) -> dict[Key, Tally]:
    """Return the counts over a period by workspace id, partner id, category, month or member.

    A month's key is its first day in the period; the member of an unassigned partner's referrals
    is None. `today`, in the workspace's zone, tells which check-ins and notes may still be on
    time. Groups without any rows are left out.
    """
    return _counted(tx, _sources(tx, today), period, by, scope)


def referral_tallies(
    tx: Tx, period: Period, by: By, today: date, scope: Scope = PRACTICE
) -> dict[Key, Tally]:
    """Return what `tallies` returns without looking at interactions and check-ins."""
    return _counted(tx, _referral_sources(tx, today), period, by, scope)


def _counted(
    tx: Tx, sources: Sequence[_Source], period: Period, by: By, scope: Scope
) -> dict[Key, Tally]:
    zone = workspace.get(tx).zone
    firsts = [first for first, _ in months(period)]
    found: dict[Key, Tally] = {}
    for source in sources:
        edges = _edges(source, [*firsts, period.ends_on + ONE_DAY], zone)
        for row in tx.rows(_query(tx, source, edges, by, scope)):
            key = firsts[row["tally_key"]] if by == "month" else row["tally_key"]
            found[key] = found.get(key, Tally()) + _read(row)
    return found


def categories(tx: Tx) -> set[str]:
    """Return the categories that partners have."""
    query = sa.select(partners.c.category).where(tx.mine(partners)).distinct()
    return set(tx.connection.execute(query).scalars())


def within(
    scope: Scope, partner_id: sa.ColumnElement[int], person: sa.ColumnElement[Any]
) -> Iterator[Condition]:
    """Return the conditions of a scope; the columns say which partner's a row is, and whose."""
    wanted = (
        (partner_id, scope.partner_id),
        (partners.c.category, scope.category),
        (person, scope.member),
    )
    return (column == value for column, value in wanted if value is not None)


def with_partner(table: sa.Table) -> sa.FromClause:
    """Return the rows of a table beside the partner each belongs to."""
    same = sa.and_(partners.c.workspace == table.c.workspace, partners.c.id == table.c.partner_id)
    return table.join(partners, same)


def _sources(tx: Tx, today: date) -> tuple[_Source, ...]:
    return *_referral_sources(tx, today), _interactions(), _check_ins(today)


def _referral_sources(tx: Tx, today: date) -> tuple[_Source, ...]:
    return _made(), _evaluated(tx, today)


def _made() -> _Source:
    is_received = referrals.c.direction == RECEIVED
    return _Source(
        referrals,
        referrals.c.received_on,
        partners.c.liaison,
        # Both directions are named so that the index on direction and day serves.
        referrals.c.direction.in_((RECEIVED, SENT)),
        (
            _count("received", is_received),
            _count("converted", is_received, referrals.c.evaluated_on.is_not(None)),
            _count("lost", is_received, referrals.c.lost_on.is_not(None)),
            _count("sent", referrals.c.direction == SENT),
        ),
    )


def _evaluated(tx: Tx, today: date) -> _Source:
    is_treating = sa.func.coalesce(partners.c.treating, partners.c.category.in_(_TREATING))
    thanked = sa.and_(is_treating, _is_thanked())
    is_over = sa.and_(is_treating, referrals.c.thank_by_on < today)
    return _Source(
        referrals,
        referrals.c.evaluated_on,
        partners.c.liaison,
        referrals.c.direction == RECEIVED,
        (
            _days(tx, referrals.c.received_on, referrals.c.evaluated_on).label("took_days"),
            _count("evaluated"),
            _count("to_thank", sa.or_(is_over, thanked)),
            _count("thanked", thanked),
        ),
        ("took_days",),
    )


def _is_thanked() -> Condition:
    """Whether a note was written from the evaluation on until its day; never without a day."""
    return sa.exists().where(
        interactions.c.workspace == referrals.c.workspace,
        interactions.c.partner_id == referrals.c.partner_id,
        interactions.c.kind == "thank_you",
        interactions.c.happened_on.between(referrals.c.evaluated_on, referrals.c.thank_by_on),
    )


def _interactions() -> _Source:
    return _Source(
        interactions,
        interactions.c.happened_on,
        interactions.c.by,
        sa.true(),
        (_count("interactions"),),
    )


def _check_ins(today: date) -> _Source:
    """Those that were withdrawn (another cadence, a pause, an end) were never missed."""
    how, until = reminders.c.closed_how, reminders.c.good_until_on
    is_settled = sa.and_(how.is_not(None), how.not_in((MOVED, UNTRUE)))
    is_missed = sa.and_(how.is_(None), until < today)
    return _Source(
        reminders,
        reminders.c.first_shown_at,
        reminders.c.recipient,
        reminders.c.kind == CHECK_IN,
        (
            _count("check_ins", sa.or_(is_settled, is_missed)),
            _count("on_time", how == DONE, reminders.c.closed_on <= until),
        ),
    )


def _query(tx: Tx, source: _Source, edges: Edges, by: By, scope: Scope) -> sa.Select[Any]:
    keys = {
        "practice": source.table.c.workspace,
        "partner": source.table.c.partner_id,
        "category": partners.c.category,
        "member": source.person,
        "month": sa.case(*((source.day < edge, n) for n, edge in enumerate(edges[1:]))),
    }
    asked = (keys[by].label("tally_key"), *source.columns)
    wanted = tuple(within(scope, source.table.c.partner_id, source.person))
    # Every row has a partner, who is looked up only where something is asked of them.
    is_beside = any(map(_is_about_partners, (*asked, *wanted)))
    return (
        sa.select(*asked)
        .select_from(with_partner(source.table) if is_beside else source.table)
        .where(tx.mine(source.table), source.day >= edges[0], source.day < edges[-1])
        .where(source.condition, *wanted)
        # By name: PostgreSQL takes the same expression with other parameters for another one.
        .group_by("tally_key", *source.also_by)
    )


def _is_about_partners(expression: sa.ColumnElement[Any]) -> bool:
    columns = (one for one in iterate(expression) if isinstance(one, sa.Column))
    return any(column.table is partners for column in columns)


def _edges(source: _Source, days: Sequence[date], zone: str) -> Edges:
    if isinstance(source.day.type, sa.Date):
        return days
    return [local_instant(day, time(), zone) for day in days]


def _read(row: Row) -> Tally:
    counts = {name: value for name, value in row.items() if name in Tally.__dataclass_fields__}
    if "took_days" in row:
        counts["days_to_evaluation"] = ((row["took_days"], row["evaluated"]),)
    return Tally(**counts)


def _count(name: str, *conditions: Condition) -> sa.Label[int]:
    return sa.func.count().filter(sa.and_(sa.true(), *conditions)).label(name)


def _days(tx: Tx, start: sa.Column[Any], end: sa.Column[Any]) -> sa.ColumnElement[int]:
    if tx.connection.dialect.name == "sqlite":
        return sa.cast(sa.func.julianday(end) - sa.func.julianday(start), sa.Integer)
    return sa.type_coerce(end - start, sa.Integer)
