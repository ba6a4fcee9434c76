"""Notes that are old enough to go: the texts are blanked, what was done and when stays."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.store.database import Store
from bot.store.engine import JOB_PATIENCE, overwrite_what_is_deleted
from bot.store.schema import audit, interactions
from bot.store.transaction import Change, Image, Tx

KEPT = "note"
# Entries of the audit that are gone through at once.
BATCH = 200


def old_notes(tx: Tx, before: date) -> int:
    """Return how many interactions before a day have a note."""
    query = sa.select(sa.func.count()).select_from(interactions).where(*_old(tx, before))
    return int(tx.scalar(query))


def ahead(store: Store, workspace: str, before: date) -> int:
    """Blank old notes in the audit, in short transactions that hold up no other writer.

    Returns the last entry that was looked at, from which `blank_notes` goes on. Cut off, it is
    done again.
    """
    with store.read(workspace) as tx:
        ids = [row["id"] for row in tx.rows(_holding(tx, 0).with_only_columns(audit.c.id))]
    for start in range(0, len(ids), BATCH):
        with store.begin(JOB_PATIENCE) as connection:
            overwrite_what_is_deleted(connection)
            some = _holding(tx, 0).where(audit.c.id.in_(ids[start : start + BATCH]))
            _blank_audit(Tx(connection, workspace), some, before)
    return max(ids, default=0)


def blank_notes(change: Change, before: date, after: int = 0) -> int:
    """Blank the notes of interactions before a day, and in the audit after an entry.

    The audit does not hold the old texts afterwards, so this cannot be undone. Returns how many.
    """
    overwrite_what_is_deleted(change.connection)
    blanked = change.connection.execute(
        sa.update(interactions).where(*_old(change, before)).values(note="")
    ).rowcount
    _blank_audit(change, _holding(change, after), before)
    if blanked:
        change.images.append({"table": interactions.name, "id": 0, "before": None, "after": None})
    return blanked


def _holding(tx: Tx, after: int) -> sa.Select[Any]:
    """The entries of the audit after one of them that may hold a note."""
    has_one = sa.cast(audit.c.images, sa.Text).contains(f'"{interactions.name}"')
    query = sa.select(audit.c.id, audit.c.at, audit.c.images).order_by(audit.c.id)
    return query.where(tx.mine(audit), audit.c.id > after, has_one)


def _blank_audit(tx: Tx, entries: sa.Select[Any], before: date) -> None:
    for row in tx.rows(entries):
        changed_on = row["at"].date()
        images = [_blanked(tx, image, before, changed_on) for image in row["images"]]
        if images != row["images"]:
            here = sa.update(audit).where(audit.c.id == row["id"])
            tx.connection.execute(here.values(images=images))


def _old(tx: Tx, before: date) -> list[Any]:
    return [tx.mine(interactions), interactions.c.happened_on < before, interactions.c.note != ""]


def _blanked(tx: Tx, image: Image, before: date, changed_on: date) -> Image:
    sides = {side: image[side] for side in ("before", "after") if image[side]}
    if image["table"] != interactions.name or not any(one.get(KEPT) for one in sides.values()):
        return image
    if (_day(tx, image["id"], list(sides.values())) or changed_on) >= before:
        return image
    return {
        **image,
        **{side: {**one, KEPT: ""} if KEPT in one else one for side, one in sides.items()},
    }


def _day(tx: Tx, interaction: int, sides: list[dict[str, Any]]) -> date | None:
    """The day of an interaction: as it stands, or as its images knew it when it was deleted."""
    here = sa.and_(tx.mine(interactions), interactions.c.id == interaction)
    found: date | None = tx.scalar(sa.select(interactions.c.happened_on).where(here))
    days = [one["happened_on"] for one in sides if one.get("happened_on")]
    return found or (date.fromisoformat(days[-1]) if days else None)
