"""From a delivery to its message, and from a sent message back to its reminders."""

from collections.abc import Callable
from datetime import date, datetime

from bot.domain.member import OWNER, Member, Workspace, calendar_of
from bot.domain.message import Message
from bot.domain.messenger import Sent
from bot.domain.reminder import Reminder
from bot.domain.when import local_day, next_working_time, zone
from bot.reminders.desk import question
from bot.reminders.letter import Letter, alone, morning
from bot.reminders.letter import redraw as draw_anew
from bot.reminders.welcome import welcome
from bot.store import Store, Tx, outbox, referral, reminder, workspace
from bot.store.engine import JOB_PATIENCE
from bot.store.outbox import DELIVERED, DESK, MORNING, OF_A_DAY, WELCOME, Delivery
from jobs.people import ASK_AGAIN_AFTER


def sendable_at(store: Store, delivery: Delivery, now: datetime) -> datetime | None:
    """Return from when on a message may be sent, `now` itself in working hours.

    None for what is about a day that is over: the next one shows what it would have. A person
    without a known time zone hears nothing yet.
    """
    with store.read(delivery.workspace) as tx:
        person, settings = workspace.member(tx, delivery.recipient), workspace.get(tx)
    if person.zone is None:
        return now + ASK_AGAIN_AFTER
    planned_on, today = (local_day(at, person.zone) for at in (delivery.created_at, now))
    if delivery.kind in OF_A_DAY and planned_on < today:
        return None
    return next_working_time(now, person.zone, calendar_of(settings, person))


def compose(store: Store, delivery: Delivery, now: datetime) -> Letter | None:
    """Make the message of a delivery from the facts of this moment; None when none is owed."""
    with store.read(delivery.workspace) as tx:
        person, settings = workspace.member(tx, delivery.recipient), workspace.get(tx)
        place = person.zone or settings.zone
        if delivery.kind in _OWN:
            message = _OWN[delivery.kind](tx, person, local_day(now, place))
            return Letter(message, ()) if message else None
        rows = _rows(tx, delivery, now)
        facts = reminder.facts(tx, rows, local_day(now, place))
    if delivery.kind == MORNING:
        letter = morning(facts, now.astimezone(zone(place)), person.row_limit)
    else:
        letter = alone(facts)
    _forget(store, delivery, letter, now, person, settings)
    return letter if letter.shows else None


def _desk(tx: Tx, _person: Member, today: date) -> Message | None:
    waiting = referral.still_open(tx, today)
    return question(waiting, today) if waiting else None


def _welcome(_tx: Tx, person: Member, _today: date) -> Message:
    return welcome(person.name)


# What is no list of reminders.
_OWN: dict[str, Callable[[Tx, Member, date], Message | None]] = {DESK: _desk, WELCOME: _welcome}


def _rows(tx: Tx, delivery: Delivery, now: datetime) -> list[Reminder]:
    if delivery.kind == MORNING:
        told = outbox.being_told(tx.connection, tx.workspace, delivery.recipient)
        rows = reminder.open_for(tx, delivery.recipient, now)
        return [row for row in rows if row.id not in told]
    rows = reminder.some(tx, [delivery.subject] if delivery.subject else [])
    return [
        row
        for row in rows
        if row.is_open
        and row.recipient == delivery.recipient
        and not row.shown_count
        and (row.back_on is None)
    ]


def _forget(
    store: Store,
    delivery: Delivery,
    letter: Letter,
    now: datetime,
    person: Member,
    settings: Workspace,
) -> None:
    """Close what turned out to be no longer true."""
    if letter.untrue:
        today = local_day(now, person.zone or settings.zone)
        with store.begin(JOB_PATIENCE) as connection:
            reminder.close_untrue(Tx(connection, delivery.workspace), letter.untrue, now, today)


def tell_owners(store: Store, delivery: Delivery, now: datetime) -> None:
    """Have the owners told that Slack refuses to deliver to a person; it says so once a day."""
    with store.begin(JOB_PATIENCE) as connection:
        tx = Tx(connection, delivery.workspace)
        today = local_day(now, workspace.get(tx).zone)
        for owner in workspace.people(tx, OWNER):
            if owner.member != delivery.recipient:
                reminder.tell_unreachable(tx, delivery.recipient, owner.member, now, today)


def settle_sent(
    store: Store, delivery: Delivery, sent: Sent, letter: Letter | None, now: datetime
) -> None:
    """Settle a delivery that Slack has, and note what it shows; all of it or nothing.

    Without a `letter` the message was found in Slack, and says itself which reminders it shows.
    """
    shows = list(letter.shows if letter else sent.rows)
    with store.begin(JOB_PATIENCE) as connection:
        tx = Tx(connection, delivery.workspace)
        is_mine = outbox.settle(
            connection, delivery, DELIVERED, now, channel=sent.channel, ts=sent.ts, shows=shows
        )
        if is_mine:
            person, settings = workspace.member(tx, delivery.recipient), workspace.get(tx)
            today = local_day(now, person.zone or settings.zone)
            reminder.mark_shown(tx, delivery, shows, now, today)


def redraw(store: Store, edit: Delivery, now: datetime) -> tuple[Sent, Message, str] | None:
    """Make a sent message anew; None when there is nothing to edit."""
    with store.read(edit.workspace) as tx:
        target = outbox.get(tx.connection, edit.workspace, edit.edits or 0)
        if target is None or target.channel is None or target.ts is None:
            return None
        person, settings = workspace.member(tx, target.recipient), workspace.get(tx)
        today = local_day(now, person.zone or settings.zone)
        facts = reminder.facts(tx, reminder.some(tx, target.shows), today)
    sent = Sent(target.channel, target.ts, tuple(target.shows))
    return sent, draw_anew(facts, target.id, target.recipient), target.delivery_id
