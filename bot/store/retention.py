"""Notes that are old enough to go: the texts are blanked, what was done and when stays."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.store.engine import overwrite_what_is_deleted
from bot.store.schema import audit, interactions
from bot.store.transaction import Change, Image, Tx

KEPT = "note"


def old_notes(tx: Tx, before: date) -> int:
    """Return how many interactions before a day have a note."""
    query = sa.select(sa.func.count()).select_from(interactions).where(*_old(tx, before))
    return int(tx.scalar(query))


def blank_notes(change: Change, before: date) -> int:
    """Blank the notes of interactions before a day, in the audit too; returns how many.

    The audit does not hold the old texts afterwards, so this cannot be undone.
    """
    overwrite_what_is_deleted(change.connection)
    blanked = change.connection.execute(
        sa.update(interactions).where(*_old(change, before)).values(note="")
    ).rowcount
    holding = sa.cast(audit.c.images, sa.Text).contains(f'"{interactions.name}"')
    query = sa.select(audit.c.id, audit.c.at, audit.c.images)
    for row in change.rows(query.where(change.mine(audit), holding)):
        changed_on = row["at"].date()
        images = [_blanked(change, image, before, changed_on) for image in row["images"]]
        if images != row["images"]:
            here = sa.update(audit).where(audit.c.id == row["id"])
            change.connection.execute(here.values(images=images))
    if blanked:
        change.images.append({"table": interactions.name, "id": 0, "before": None, "after": None})
    return blanked


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
