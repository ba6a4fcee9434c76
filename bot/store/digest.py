"""What the weekly digest tells, in a fixed number of statements."""

from datetime import date, timedelta

import sqlalchemy as sa
from dateutil.relativedelta import relativedelta

from bot.domain.digest import MOST_NAMED, TELLING, Ahead, Digest, Moment
from bot.domain.member import OWNER
from bot.domain.period import Period
from bot.domain.referral import RECEIVED
from bot.domain.reminder import CHECK_IN, THANK_YOU
from bot.store import workspace
from bot.store.attention import attention, unassigned
from bot.store.schema import interactions, members, next_steps, partners, referrals, reminders
from bot.store.tally import tallies, tally, with_partner
from bot.store.transaction import Tx

# The chart looks back so many whole months beside the present one.
MONTHS_DRAWN = 5
DAYS_AHEAD = 6


def digest(tx: Tx, week: Period, today: date) -> Digest:
    """Return what happened in `week`, and what is to come in the seven days from `today` on."""
    start = today.replace(day=1) - relativedelta(months=MONTHS_DRAWN)
    drawn = Period(start, today, "the last months")
    by_month = tallies(tx, drawn, "month", today)
    until = today + timedelta(days=DAYS_AHEAD)
    return Digest(
        week=week,
        today=today,
        tally=tally(tx, week, today),
        kinds=_kinds(tx, week),
        moments=_moments(tx, week),
        first_ever=_first_ever(tx, week),
        ahead=_ahead(tx, today, until),
        check_ins_ahead=_open(tx, CHECK_IN, today, until),
        attention=attention(tx, today),
        unassigned=len(unassigned(tx)),
        unthanked=_open(tx, THANK_YOU, None, today),
        drawn=drawn,
        by_month={day: one for day, one in by_month.items() if isinstance(day, date)},
        owners=tuple(one.name.split(" ")[0] for one in workspace.people(tx, OWNER) if one.name),
    )


def _kinds(tx: Tx, week: Period) -> dict[str, int]:
    query = (
        sa.select(interactions.c.kind, sa.func.count())
        .where(tx.mine(interactions))
        .where(interactions.c.happened_on.between(week.starts_on, week.ends_on))
        .group_by(interactions.c.kind)
    )
    return {row[0]: row[1] for row in tx.connection.execute(query)}


def _moments(tx: Tx, week: Period) -> tuple[Moment, ...]:
    """The good news of as many people as possible, the rarest kinds first."""
    is_them = sa.and_(
        members.c.workspace == interactions.c.workspace, members.c.member == interactions.c.by
    )
    query = (
        sa.select(interactions.c.kind, members.c.name, partners.c.name.label("partner"))
        .select_from(with_partner(interactions).join(members, is_them))
        .where(tx.mine(interactions), interactions.c.kind.in_(TELLING))
        .where(interactions.c.happened_on.between(week.starts_on, week.ends_on))
        .order_by(interactions.c.happened_on.desc(), interactions.c.id.desc())
    )
    found = sorted(tx.rows(query), key=lambda row: TELLING.index(row["kind"]))
    of_person: dict[str, Moment] = {}
    for row in found:
        if row["name"]:
            moment = Moment(row["kind"], row["name"], row["partner"])
            of_person.setdefault(row["name"], moment)
    return tuple(of_person.values())[:MOST_NAMED]


def _first_ever(tx: Tx, week: Period) -> tuple[str, ...]:
    first = sa.func.min(referrals.c.received_on)
    query = (
        sa.select(partners.c.name)
        .select_from(with_partner(referrals))
        .where(tx.mine(referrals), referrals.c.direction == RECEIVED)
        .group_by(partners.c.id, partners.c.name)
        .having(first.between(week.starts_on, week.ends_on))
        .order_by(partners.c.name)
    )
    return tuple(tx.connection.execute(query).scalars())


def _ahead(tx: Tx, first: date, last: date) -> tuple[Ahead, ...]:
    query = (
        sa.select(next_steps.c.due_on, partners.c.name.label("partner"), next_steps.c.what)
        .select_from(with_partner(next_steps))
        .where(tx.mine(next_steps), next_steps.c.due_on.between(first, last))
        .where(next_steps.c.done_on.is_(None), next_steps.c.dropped_on.is_(None))
        .where(partners.c.ended_on.is_(None))
        .order_by(next_steps.c.due_on, next_steps.c.id)
    )
    return tuple(tx.values(Ahead, query))


def _open(tx: Tx, kind: str, first: date | None, last: date) -> int:
    """How many partners have a reminder of a kind that comes up from `first` to `last`."""
    day = sa.func.coalesce(reminders.c.back_on, reminders.c.show_on)
    query = sa.select(sa.func.count()).where(
        tx.mine(reminders), reminders.c.kind == kind, reminders.c.closed_at.is_(None), day <= last
    )
    if first:
        query = query.where(day >= first)
    return int(tx.scalar(query.select_from(reminders)))
