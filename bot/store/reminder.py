"""Reminders: what waits for a person, and what their message needs to know of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.member import Member, Workspace, calendar_of
from bot.domain.messenger import Sent
from bot.domain.reminder import (
    HANDOVER,
    ON_TIME_WITHIN,
    THANK_YOU,
    TOLD_ONCE,
    UNREACHABLE,
    UNTRUE,
    Reminder,
    next_showing,
)
from bot.domain.when import local_day
from bot.store import outbox, workspace
from bot.store.among import among
from bot.store.hour import due_at, first_instant
from bot.store.schema import reminders
from bot.store.transaction import Change, Tx, fields

_FIELDS = fields(reminders, Reminder)
# Made once, because they run for each message that is settled.
_HERE = reminders.c.workspace == sa.bindparam("workspace")
_SOME = sa.select(*_FIELDS).where(_HERE, among(reminders.c.id, sa.bindparam("ids")))
_LOCKED = _SOME.order_by(reminders.c.id).with_for_update(key_share=True)
_WRITE = sa.update(reminders).where(
    reminders.c.workspace == sa.bindparam("here"), reminders.c.id == sa.bindparam("one")
)


def get(tx: Tx, reminder_id: int) -> Reminder | None:
    """Return one reminder."""
    return tx.value(Reminder, _some(tx).where(reminders.c.id == reminder_id))


def open_of(tx: Tx, recipients: Collection[str], until: datetime) -> list[Reminder]:
    """Return what waits for people at `until`, longest due first."""
    query = _some(tx).where(
        reminders.c.closed_at.is_(None),
        among(reminders.c.recipient, recipients),
        reminders.c.due_at <= until,
    )
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
    found = {row.id: row for row in tx.values(Reminder, _SOME, ids=ids)}
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
    waiting = open_of(tx, [person], now)
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
    tx: Tx,
    sent: Sequence[tuple[outbox.Delivery, Sent]],
    people: Mapping[str, Member],
    settings: Workspace,
    now: datetime,
) -> None:
    """Note which reminders messages show and when they come back; have older messages edited."""
    found = _locked(tx, [number for _, message in sent for number in message.rows])
    outdated: set[int] = set()
    writes: list[dict[str, Any]] = []
    for delivery, message in sent:
        person = people[delivery.recipient]
        today = local_day(now, person.zone or settings.zone)
        rows = [found[number] for number in message.rows if number in found]
        # A row that was never shown is forgotten when it is dealt with; the message shows it still.
        if len(rows) < len(message.rows):
            outdated.add(delivery.id)
        for row in rows:
            if row.shown_in == delivery.id:
                continue
            outdated |= {row.shown_in} if row.shown_in is not None else set()
            if _was_acted_on(row, delivery.recipient, today):
                outdated.add(delivery.id)
            if row.recipient == delivery.recipient:
                shown = _shown(row, now, today, person, settings)
                writes.append({"one": row.id, **shown, "shown_in": delivery.id})
                found[row.id] = replace(row, shown_in=delivery.id, shown_count=row.shown_count + 1)
    _write_all(tx, writes)
    # Last, as presses do: reminders before edits, so that neither waits for the other.
    for edited in sorted(outdated):
        outbox.arm_edit(tx.connection, tx.workspace, edited, now)


def _locked(tx: Tx, ids: Sequence[int]) -> dict[int, Reminder]:
    """Reminders by id, kept from others until this transaction ends."""
    return {row.id: row for row in tx.values(Reminder, _LOCKED, ids=ids)} if ids else {}


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
    closed = {"closed_at": now, "closed_on": today, "closed_how": UNTRUE}
    _write_all(tx, [{"one": number, **closed} for number in ids])


def _write_all(tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
    """Write what each of `rows` says of the reminder `one`; alike ones go together."""
    sorts: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        sorts.setdefault(tuple(row), []).append(row)
    for alike in sorts.values():
        tx.connection.execute(_WRITE, [{"here": tx.workspace, **row} for row in alike])


def _some(tx: Tx) -> sa.Select[Any]:
    return sa.select(*_FIELDS).where(tx.mine(reminders))
