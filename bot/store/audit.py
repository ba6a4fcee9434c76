"""The audit: who changed what and when, and how to take it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.errors import UserError
from bot.store.schema import audit, metadata
from bot.store.transaction import Change, Row, Tx, as_json, from_json

# `/partner undo` takes back a change of the last ten minutes.
UNDO_WITHIN = timedelta(minutes=10)

CHANGED_SINCE = "That was changed since, so I left it as it is."
ALREADY_UNDONE = "That was already undone."


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: `images` hold each row's columns before and after it."""

    id: int
    at: datetime
    by: str | None
    what: str
    images: list[dict[str, Any]]
    undone_at: datetime | None


def get(tx: Tx, entry_id: int) -> Entry | None:
    """Return one entry."""
    query = sa.select(audit).where(tx.mine(audit), audit.c.id == entry_id)
    return tx.value(Entry, query)


def last_of(tx: Tx, user: str, now: datetime) -> Entry | None:
    """Return a person's last change that can still be undone by asking for it."""
    query = sa.select(audit).where(
        tx.mine(audit),
        audit.c.by == user,
        audit.c.at > now - UNDO_WITHIN,
        audit.c.undone_at.is_(None),
        audit.c.what != "undo",
    )
    return tx.value(Entry, query.order_by(audit.c.id.desc()).limit(1))


def last_at(tx: Tx, what: str) -> datetime | None:
    """Return when a change of that sort was last made, if one ever was."""
    newest = sa.select(audit.c.at).where(tx.mine(audit), audit.c.what == what)
    found: datetime | None = tx.scalar(newest.order_by(audit.c.id.desc()).limit(1))
    return found


def has_begun(tx: Tx) -> bool:
    """Whether anybody has changed anything by a command, a press or a form yet."""
    query = sa.select(audit.c.id).where(tx.mine(audit), audit.c.key.is_not(None)).limit(1)
    return tx.scalar(query) is not None


def was_made(tx: Tx, key: str) -> bool:
    """Whether a change with this key was made."""
    return made(tx, key) is not None


def made(tx: Tx, key: str) -> int | None:
    """Return the id of the change that was made with this key, if one was."""
    found = tx.scalar(sa.select(audit.c.id).where(tx.mine(audit), audit.c.key == key))
    return None if found is None else int(found)


def undo(change: Change, entry_id: int) -> Entry:
    """Take a change back, row by row; raises UserError when something was changed since."""
    claimed = change.connection.execute(
        sa.update(audit)
        .where(change.mine(audit), audit.c.id == entry_id, audit.c.undone_at.is_(None))
        .values(undone_at=change.now)
    )
    entry = get(change, entry_id)
    if entry is None:
        raise UserError(CHANGED_SINCE)
    if not claimed.rowcount:
        raise UserError(ALREADY_UNDONE)
    try:
        for image in reversed(entry.images):
            _restore(change, image)
    except IntegrityError:
        raise UserError(CHANGED_SINCE) from None
    return entry


def _restore(change: Change, image: Mapping[str, Any]) -> None:
    table = metadata.tables[image["table"]]
    before, after = image["before"], image["after"]
    current = _current(change, table, image["id"])
    if table.name == "reminders" and before is None:
        _forget_unshown(change, table, image["id"], current)
        return
    if (current is None) != (after is None) or not _is_same(current, after):
        raise UserError(CHANGED_SINCE)
    if before is None:
        change.delete(table, image["id"])
    elif after is None:
        change.insert(table, **_without_workspace(from_json(table, before)))
    else:
        change.update(table, image["id"], **from_json(table, before))


def _forget_unshown(change: Change, table: sa.Table, row_id: int, current: Row | None) -> None:
    if current and not current["shown_count"]:
        change.delete(table, row_id)


def _current(change: Change, table: sa.Table, row_id: int) -> Row | None:
    return change.row(sa.select(table).where(change.mine(table), table.c.id == row_id))


def _is_same(current: Row | None, after: Mapping[str, Any] | None) -> bool:
    if current is None or after is None:
        return True
    now = as_json({name: current[name] for name in after})
    return now == dict(after)


def _without_workspace(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "workspace"}
