"""When reminders may be shown: at the hours of whoever they are for."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from bot.domain.member import Member, calendar_of
from bot.domain.reminder import Reminder, comes_on
from bot.domain.when import WorkCalendar, morning
from bot.store import workspace
from bot.store.ledger import write_all
from bot.store.schema import reminders
from bot.store.transaction import Change, Tx


def due_at(instant: datetime) -> dict[str, Any]:
    """Return the columns that make a reminder due at an instant, and looked at then."""
    return {"due_at": instant, "look_at": instant}


def first_instant(show_on: date, person: Member | None, calendar: WorkCalendar) -> datetime:
    """Return when a reminder for `show_on` may first be shown to a person.

    Without a known time zone this is early enough for all of them; planning looks again.
    """
    if person is None or person.zone is None:
        return datetime.combine(show_on, time(), UTC) - timedelta(days=1)
    return morning(show_on, person.reminder_hour, person.zone, calendar)


def move(change: Change, people: Collection[str]) -> None:
    """Have what waits for people come on days and at hours that are theirs now."""
    settings = change.once("workspace", lambda: workspace.get(change))
    known = workspace.some(change, people)
    rows = []
    for row in _waiting(change, people):
        person = known.get(row.recipient or "")
        own = calendar_of(settings, person)
        at = first_instant(comes_on(row, settings.calendar), person, own)
        rows.append({"one": row.id, **due_at(at)})
    write_all(change, rows)


def _waiting(tx: Tx, people: Collection[str]) -> list[Reminder]:
    """What is open for people, but for what is said at once whatever the hour."""
    query = sa.select(reminders).where(
        tx.mine(reminders),
        reminders.c.recipient.in_(people),
        reminders.c.closed_at.is_(None),
        sa.or_(
            sa.not_(reminders.c.is_immediate),
            reminders.c.shown_count > 0,
            reminders.c.back_on.is_not(None),
        ),
    )
    return tx.values(Reminder, query.order_by(reminders.c.id))
