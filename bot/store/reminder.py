"""Reminders: what waits for a person, and what their message needs to know of it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.domain.fact import Facts
from bot.domain.member import Member, Workspace, calendar_of
from bot.domain.referral import RECEIVED
from bot.domain.reminder import (
    HANDOVER,
    ON_TIME_WITHIN,
    THANK_YOU,
    TOLD_ONCE,
    UNREACHABLE,
    Reminder,
    next_showing,
)
from bot.store import interaction, outbox, partner, referral, workspace
from bot.store.news import with_news
from bot.store.replan import due_at, first_instant
from bot.store.schema import audit, referrals, reminders
from bot.store.transaction import Change, Tx

# A partner's usual rate is taken from this long a past, and needs this many referrals.
RATE_WINDOW = timedelta(days=365)
RATE_NEEDS = 6


def get(tx: Tx, reminder_id: int) -> Reminder | None:
    """Return one reminder."""
    return tx.value(Reminder, _some(tx).where(reminders.c.id == reminder_id))


def open_for(tx: Tx, recipient: str | None, until: datetime) -> list[Reminder]:
    """Return what waits for a person (for anybody when None) at `until`, longest due first."""
    query = _some(tx).where(reminders.c.closed_at.is_(None), reminders.c.due_at <= until)
    if recipient is not None:
        query = query.where(reminders.c.recipient == recipient)
    return tx.values(Reminder, query.order_by(reminders.c.show_on, reminders.c.id))


def waiting(tx: Tx, recipient: str | None, today: date) -> list[Reminder]:
    """Return everything open whose day has come and that nobody put off, longest due first."""
    query = _some(tx).where(
        reminders.c.closed_at.is_(None),
        reminders.c.show_on <= today,
        sa.or_(reminders.c.back_on.is_(None), reminders.c.back_on <= today),
    )
    if recipient is not None:
        query = query.where(reminders.c.recipient == recipient)
    return tx.values(Reminder, query.order_by(reminders.c.show_on, reminders.c.id))


def coming(tx: Tx, recipient: str | None, today: date) -> Reminder | None:
    """Return the next reminder whose day has not come yet."""
    day = sa.func.coalesce(reminders.c.back_on, reminders.c.show_on)
    query = _some(tx).where(reminders.c.closed_at.is_(None), day > today)
    if recipient is not None:
        query = query.where(reminders.c.recipient == recipient)
    return tx.value(Reminder, query.order_by(day, reminders.c.id).limit(1))


def upcoming(tx: Tx, recipient: str, today: date, until: date) -> list[Reminder]:
    """Return what comes up for a person after `today`, soonest first.

    Thank-yous whenever they do, all else by `until`.
    """
    day = sa.func.coalesce(reminders.c.back_on, reminders.c.show_on)
    query = _some(tx).where(
        reminders.c.closed_at.is_(None),
        reminders.c.recipient == recipient,
        day > today,
        sa.or_(day <= until, reminders.c.kind == THANK_YOU),
    )
    return tx.values(Reminder, query.order_by(day, reminders.c.id))


def of_partner(tx: Tx, partner_id: int) -> list[Reminder]:
    """Return what is open with a partner."""
    query = _some(tx).where(reminders.c.partner_id == partner_id, reminders.c.closed_at.is_(None))
    return tx.values(Reminder, query.order_by(reminders.c.show_on, reminders.c.id))


def everything(tx: Tx) -> list[Reminder]:
    """Return every reminder, open and closed, in the order they came up."""
    return tx.values(Reminder, _some(tx).order_by(reminders.c.id))


def some(tx: Tx, ids: Sequence[int]) -> list[Reminder]:
    """Return reminders by id, in the order of `ids`."""
    found = {row.id: row for row in tx.values(Reminder, _some(tx).where(reminders.c.id.in_(ids)))}
    return [found[i] for i in ids if i in found]


def close(change: Change, reminder: Reminder, how: str, on: date) -> None:
    """Close a reminder because a person said so."""
    change.update(
        reminders,
        reminder.id,
        closed_at=change.now,
        closed_on=on,
        closed_how=how,
        closed_by=change.by,
    )


def put_off(change: Change, reminder: Reminder, until: date) -> None:
    """Bring one reminder back on the morning of `until`; the cadence stays as it is.

    That is an answer: its showings are counted from the last one on.
    """
    settings = workspace.get(change)
    person = reminder.recipient and workspace.member(change, reminder.recipient)
    calendar = calendar_of(settings, person or None)
    change.update(
        reminders,
        reminder.id,
        back_on=until,
        **({"shown_count": 1} if reminder.shown_count > 1 else {}),
        **due_at(first_instant(until, person or None, calendar)),
    )


def tell_handover(change: Change, partner_id: int, recipient: str, on: date) -> None:
    """Have a person told, in working hours, that a partner's liaison changed."""
    change.insert(
        reminders,
        kind=HANDOVER,
        subject=partner_id,
        partner_id=partner_id,
        recipient=recipient,
        occurrence=f"{change.now:%Y%m%d%H%M%S%f}:{recipient}"[:40],
        show_on=on,
        **due_at(change.now),
        is_immediate=True,
        created_at=change.now,
    )


def tell_unreachable(tx: Tx, person: str, owner: str, now: datetime, on: date) -> None:
    """Have an owner told, once a day, that Slack refuses to deliver to a person."""
    waiting = open_for(tx, person, now)
    occurrence = f"{person}:{on}:{owner}"[:40]
    is_told = sa.and_(reminders.c.kind == UNREACHABLE, reminders.c.occurrence == occurrence)
    if not waiting or tx.row(_some(tx).where(is_told)):
        return
    tx.connection.execute(
        sa.insert(reminders).values(
            workspace=tx.workspace,
            kind=UNREACHABLE,
            subject=waiting[0].partner_id,
            partner_id=waiting[0].partner_id,
            recipient=owner,
            occurrence=occurrence,
            show_on=on,
            **due_at(now),
            is_immediate=True,
            created_at=now,
        )
    )


def mark_shown(
    tx: Tx, delivery: outbox.Delivery, ids: Sequence[int], now: datetime, today: date
) -> None:
    """Note that a message shows reminders, when they come back, and have older messages edited."""
    settings, person = workspace.get(tx), workspace.member(tx, delivery.recipient)
    found = some(tx, ids)
    # A row that was never shown is forgotten when it is dealt with; the message shows it still.
    outdated: set[int | None] = {delivery.id} if len(found) < len(ids) else set()
    for reminder in found:
        if reminder.shown_in == delivery.id:
            continue
        outdated.add(reminder.shown_in)
        if _was_acted_on(reminder, delivery.recipient, today):
            outdated.add(delivery.id)
        values = _shown(reminder, now, today, person, settings)
        if reminder.recipient == delivery.recipient:
            _write(tx, reminder.id, {**values, "shown_in": delivery.id})
    # Last, as presses do: reminders before edits, so that neither waits for the other.
    for edited in sorted(one for one in outdated if one is not None):
        outbox.arm_edit(tx.connection, tx.workspace, edited, now)


def _was_acted_on(reminder: Reminder, recipient: str, today: date) -> bool:
    """Whether somebody acted between the sending of a message and its settling."""
    is_put_off = reminder.back_on is not None and reminder.back_on > today
    return not reminder.is_open or is_put_off or reminder.recipient != recipient


def _shown(
    reminder: Reminder, now: datetime, today: date, person: Member, settings: Workspace
) -> dict[str, Any]:
    # Waits count the practice's days; what ends one falls on a day on which the person works.
    calendar, own = settings.calendar, calendar_of(settings, person)
    count = reminder.shown_count + 1
    values: dict[str, Any] = {"shown_count": count, "last_shown_on": today}
    if not _was_acted_on(reminder, person.member, today):
        back = next_showing(reminder.kind, count, today, calendar)
        values |= due_at(first_instant(back, person, own))
    if reminder.first_shown_at is None:
        values["first_shown_at"] = now
        values["good_until_on"] = own.on_or_after(calendar.add_working_days(today, ON_TIME_WITHIN))
    if reminder.kind in TOLD_ONCE:
        values |= {"closed_at": now, "closed_on": today, "closed_how": "told"}
    return values


def close_untrue(tx: Tx, ids: Sequence[int], now: datetime, today: date) -> None:
    """Close reminders that turned out to be no longer true when they were to be shown."""
    for reminder_id in ids:
        _write(tx, reminder_id, {"closed_at": now, "closed_on": today, "closed_how": "untrue"})


def facts(tx: Tx, rows: Sequence[Reminder], today: date) -> list[Facts]:
    """Return what the rows of a message need to know, in the order of `rows`."""
    return with_news(tx, [found for row in rows if (found := _facts(tx, row, today))])


def _facts(tx: Tx, reminder: Reminder, today: date) -> Facts | None:
    found = partner.get(tx, reminder.partner_id)
    if found is None:
        return None
    contacts = partner.contacts_of(tx, found.id)
    recent = interaction.recent(tx, found.id, 1)
    cause = reminder.interaction_id and interaction.get(tx, reminder.interaction_id)
    step = interaction.step(tx, reminder.subject) if reminder.kind == "next_step" else None
    upcoming = next((r for r in of_partner(tx, found.id) if r.kind == "check_in"), None)
    last_on, per_month = _rhythm(tx, found.id, today)
    pending = referral.unthanked(tx, [found.id]) if reminder.kind == "thank_you" else {}
    return Facts(
        reminder=reminder,
        partner=found,
        today=today,
        me=workspace.member(tx, reminder.recipient or "").name.split(" ")[0],
        contact=contacts[0] if contacts else None,
        last=recent[0] if recent else None,
        unthanked=len(pending.get(found.id, ())),
        is_first_ever=0 < len(pending.get(found.id, ())) == referral.conversions(tx, found.id),
        last_referral_on=last_on,
        referrals_per_month=per_month,
        step=step,
        done=cause or None,
        next_check_in_on=(upcoming.back_on or upcoming.show_on) if upcoming else None,
        change_id=_change_of(tx, reminder),
    )


def _rhythm(tx: Tx, partner_id: int, today: date) -> tuple[date | None, float | None]:
    """The day of a partner's last referral, and its usual number a month, if it has one."""
    here = sa.and_(
        tx.mine(referrals),
        referrals.c.partner_id == partner_id,
        referrals.c.direction == RECEIVED,
    )
    day = referrals.c.received_on
    newest = tx.scalar(sa.select(sa.func.max(day)).where(here))
    if newest is None:
        return None, None
    before = sa.select(sa.func.count(), sa.func.min(day)).where(
        here, day > newest - RATE_WINDOW, day <= newest
    )
    count, first = tx.connection.execute(before).one()
    months = max(1.0, (newest - first).days / 30.4)
    return newest, count / months if count >= RATE_NEEDS else None


def _change_of(tx: Tx, reminder: Reminder) -> int | None:
    """The audit entry that closed a reminder or put it off, for its Undo."""
    at = reminder.closed_at
    query = sa.select(audit.c.id, audit.c.images).where(tx.mine(audit), audit.c.undone_at.is_(None))
    if at is not None:
        query = query.where(audit.c.at == at, audit.c.by == reminder.closed_by)
    elif reminder.back_on is None:
        return None
    for row in tx.rows(query.order_by(audit.c.id.desc()).limit(50)):
        if at is not None or _touches(row["images"], reminder.id):
            return int(row["id"])
    return None


def _touches(images: list[dict[str, Any]], reminder_id: int) -> bool:
    return any(i["table"] == "reminders" and i["id"] == reminder_id for i in images)


def _write(tx: Tx, reminder_id: int, values: dict[str, Any]) -> None:
    here = sa.and_(tx.mine(reminders), reminders.c.id == reminder_id)
    tx.connection.execute(sa.update(reminders).where(here).values(**values))


def _some(tx: Tx) -> sa.Select[Any]:
    return sa.select(reminders).where(tx.mine(reminders))
