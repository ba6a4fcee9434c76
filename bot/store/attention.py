"""What deserves a look, counted in the database: the partners it concerns, most pressing first."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from bot.domain.referral import RECEIVED
from bot.domain.reminder import CHECK_IN, TOLD_ONCE
from bot.domain.tally import (
    OPEN_TOO_LONG,
    PRACTICE,
    QUIET_DAYS,
    RHYTHM_NEEDS,
    RHYTHM_WINDOW,
    WAITING_TOO_LONG,
    Attention,
    OpenTooLong,
    Rhythm,
    Scope,
    Unassigned,
    Waiting,
    WaitingFor,
)
from bot.store.schema import members, partners, referrals, reminders
from bot.store.tally import with_partner, within
from bot.store.transaction import Tx


def attention(tx: Tx, today: date, scope: Scope = PRACTICE, limit: int = 3) -> Attention:
    """Return what deserves a look on `today`, at most `limit` partners of each sort."""
    return Attention(
        tuple(quiet(tx, today, scope)[:limit]),
        tuple(tx.values(OpenTooLong, _open_too_long(tx, today, scope).limit(limit))),
        tuple(unassigned(tx, scope, limit)),
        tuple(tx.values(Waiting, _waiting(tx, today, scope).limit(limit))),
    )


def quiet(tx: Tx, today: date, scope: Scope = PRACTICE) -> list[Rhythm]:
    """Return the partners that went quiet, those that used to refer most first."""
    day, count = referrals.c.received_on, sa.func.count()
    counted = (
        _of_referrals(tx)
        .add_columns(
            count.label("count"),
            sa.func.min(day).label("first_on"),
            sa.func.max(day).label("last_on"),
        )
        .where(day > today - RHYTHM_WINDOW, day <= today)
        .having(count >= RHYTHM_NEEDS, sa.func.max(day) <= today - timedelta(days=QUIET_DAYS))
    )
    query = _with_names(tx, counted, scope)
    found = [rhythm for rhythm in tx.values(Rhythm, query) if rhythm.is_quiet(today)]
    return sorted(found, key=lambda rhythm: (-rhythm.per_month, rhythm.last_on, rhythm.name))


def unassigned(tx: Tx, scope: Scope = PRACTICE, limit: int | None = None) -> list[Unassigned]:
    """Return the partners that nobody looks after, first added first."""
    return tx.values(Unassigned, _unassigned(tx, scope).limit(limit))


def _open_too_long(tx: Tx, today: date, scope: Scope) -> sa.Select[Any]:
    counted = (
        _of_referrals(tx)
        .add_columns(sa.func.count().label("count"))
        .where(referrals.c.evaluated_on.is_(None), referrals.c.lost_on.is_(None))
        .where(referrals.c.received_on < today - OPEN_TOO_LONG)
    )
    return _with_names(tx, counted, scope).order_by(sa.desc("count"), partners.c.name)


def _of_referrals(tx: Tx) -> sa.Select[Any]:
    return (
        sa.select(referrals.c.partner_id)
        .where(tx.mine(referrals), referrals.c.direction == RECEIVED)
        .group_by(referrals.c.partner_id)
    )


def _with_names(tx: Tx, counted: sa.Select[Any], scope: Scope) -> sa.Select[Any]:
    """Counted by partner first, so that a partner is looked up once and not for each referral."""
    found = counted.subquery()
    return (
        sa.select(found, partners.c.name)
        .join(partners, partners.c.id == found.c.partner_id)
        .where(tx.mine(partners), partners.c.ended_on.is_(None))
        .where(*within(scope, found.c.partner_id, partners.c.liaison))
    )


def _unassigned(tx: Tx, scope: Scope) -> sa.Select[Any]:
    """Nobody looks after a partner whose liaison has left Slack, either."""
    gone = sa.select(members.c.member).where(tx.mine(members), members.c.is_deactivated)
    return (
        sa.select(partners.c.id.label("partner_id"), partners.c.name)
        .where(tx.mine(partners), partners.c.ended_on.is_(None))
        .where(sa.or_(partners.c.liaison.is_(None), partners.c.liaison.in_(gone)))
        .where(*within(scope, partners.c.id, partners.c.liaison))
        .order_by(partners.c.id)
    )


def _waiting(tx: Tx, today: date, scope: Scope) -> sa.Select[Any]:
    """A check-in that somebody put off waits on purpose."""
    back_on, show_on = reminders.c.back_on, reminders.c.show_on
    return (
        sa.select(partners.c.id.label("partner_id"), partners.c.name, show_on.label("since_on"))
        .select_from(with_partner(reminders))
        .where(tx.mine(reminders), reminders.c.kind == CHECK_IN, reminders.c.closed_at.is_(None))
        .where(show_on < today - WAITING_TOO_LONG, sa.or_(back_on.is_(None), back_on <= today))
        .where(*within(scope, partners.c.id, reminders.c.recipient))
        .order_by(show_on, partners.c.id)
    )


def waiting_by_person(tx: Tx, today: date) -> list[WaitingFor]:
    """Return for whom something waits on `today` and since when, the longest first."""
    back_on, since_on = reminders.c.back_on, sa.func.min(reminders.c.show_on)
    query = (
        sa.select(
            reminders.c.recipient.label("member"),
            sa.func.count().label("count"),
            since_on.label("since_on"),
        )
        .where(tx.mine(reminders), reminders.c.closed_at.is_(None))
        .where(reminders.c.recipient.is_not(None), reminders.c.kind.not_in(TOLD_ONCE))
        .where(reminders.c.show_on <= today, sa.or_(back_on.is_(None), back_on <= today))
        .group_by(reminders.c.recipient)
        .order_by(since_on, reminders.c.recipient)
    )
    return tx.values(WaitingFor, query)
