"""Two partners become one: everything that belongs to the first goes to the second."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.domain.partner import Partner
from bot.domain.reminder import NEXT_STEP, THANK_YOU
from bot.store.schema import contacts, interactions, next_steps, partners, referrals, reminders
from bot.store.transaction import Change

MOVED = (contacts, interactions, referrals, next_steps)
# What the second partner takes over where it says nothing itself.
FILLED = ("specialty", "stage", "tier", "liaison", "cadence", "website", "address", "notes")


def merge(change: Change, old: Partner, new: Partner, on: date) -> int:
    """Move everything of `old` to `new` and end `old`; returns how many rows went along.

    Both must be locked. Reminders follow from what they are about; those that say what a person
    was asked before, or are asked for a next step, go along.
    """
    rows = sum(
        change.update_all(table, table.c.partner_id == old.id, partner_id=new.id) for table in MOVED
    )
    is_told = sa.and_(reminders.c.kind == THANK_YOU, reminders.c.closed_at.is_not(None))
    goes_along = sa.or_(reminders.c.kind == NEXT_STEP, is_told)
    change.update_all(
        reminders, sa.and_(reminders.c.partner_id == old.id, goes_along), partner_id=new.id
    )
    change.update(partners, old.id, ended_on=on, merged_into=new.id)
    if values := _filled(old, new):
        change.update(partners, new.id, **values)
    return rows


def _filled(old: Partner, new: Partner) -> dict[str, Any]:
    """Return what `new` does not say itself, and the later of the days before any history."""
    values = {
        name: getattr(old, name)
        for name in FILLED
        if getattr(new, name) is None and getattr(old, name) is not None
    }
    if old.baseline_on and (new.baseline_on is None or new.baseline_on < old.baseline_on):
        values["baseline_on"] = old.baseline_on
    return values
