"""Whose reminders a change touched, from the images of the rows that it changed."""

import sqlalchemy as sa

from bot.store import partner, workspace
from bot.store.schema import reminders
from bot.store.transaction import Change, Image, Tx

# Columns on which the instant of everything planned depends.
_PLACE, _HOURS = ("country", "state", "zone"), ("work_days", "work_starts", "work_ends")
_WAYS = (*_PLACE, *_HOURS, "thank_you_rhythm", "cadence", "cadences")
_TIMED = {"preferences", "reminder_hour"}
_ABSENCE = ("away_until", "cover")
_OWNED = {
    name: table for name, table in reminders.metadata.tables.items() if "partner_id" in table.c
}


def has_new_ways(change: Change) -> bool:
    """Whether the practice's place, hours or rhythms were changed."""
    return any(_is_new_way(image) for image in change.images if image["table"] == "workspaces")


def people(change: Change) -> set[str]:
    """Return the people for whom an hour or a day means another instant now."""
    if has_new_ways(change):
        return workspace.recipients(change)
    ids = {
        image["id"]
        for image in change.images
        if image["table"] == "members" and not _TIMED.isdisjoint(image["after"] or ())
    }
    return workspace.users(change, ids) if ids else set()


def messages(change: Change) -> set[int]:
    """Return the deliveries whose messages show a reminder that was changed."""
    ids = {image["id"] for image in change.images if image["table"] == "reminders"}
    here = sa.and_(
        change.mine(reminders), reminders.c.id.in_(ids), reminders.c.shown_in.is_not(None)
    )
    return set(change.connection.execute(sa.select(reminders.c.shown_in).where(here)).scalars())


def partners(change: Change) -> set[int]:
    """Return the partners of every row that was changed; all of them after a change of ways."""
    found = partner.all_ids(change) if has_new_ways(change) else set()
    for image in change.images:
        found |= _of(change, image)
    return found | _of_people(change)


def _of(tx: Tx, image: Image) -> set[int]:
    if image["table"] == "partners":
        return {image["id"]}
    rows = (row for row in (image["before"], image["after"]) if row)
    owners = {row["partner_id"] for row in rows if "partner_id" in row}
    if owners or image["table"] not in _OWNED:
        return owners
    return _owner(tx, _OWNED[image["table"]], image["id"])


def _owner(tx: Tx, table: sa.Table, row_id: int) -> set[int]:
    """The partner of a row; none when it is deleted by now, which has an image of its own."""
    here = sa.and_(tx.mine(table), table.c.id == row_id)
    return set(tx.connection.execute(sa.select(table.c.partner_id).where(here)).scalars())


def _of_people(change: Change) -> set[int]:
    """The partners about which others may be asked, now that somebody's absence changed."""
    ids = {
        image["id"] for image in change.images if image["table"] == "members" and _is_absence(image)
    }
    return partner.ids_of(change, workspace.users(change, ids)) if ids else set()


def _is_absence(image: Image) -> bool:
    before, after = (row.get("preferences") or {} for row in (image["before"], image["after"]))
    return any(before.get(name) != after.get(name) for name in _ABSENCE)


def _is_new_way(image: Image) -> bool:
    before, after = (
        {**row, **(row.get("settings") or {})} for row in (image["before"], image["after"])
    )
    return any(before.get(name) != after.get(name) for name in _WAYS)
