"""Forgetting a person: what was done stays, who did it does not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.domain.member import OWNER
from bot.domain.words import count_words, list_words
from bot.errors import UserError
from bot.store import person, replan, workspace
from bot.store.database import Store
from bot.store.engine import JOB_PATIENCE, overwrite_what_is_deleted
from bot.store.rename import Rename, is_telling, renaming
from bot.store.schema import (
    audit,
    deliveries,
    homes,
    interactions,
    members,
    next_steps,
    partners,
    reminders,
)
from bot.store.transaction import Change, Row, Tx

# Names in a refusal: enough to go on with.
NAMED = 5
HANDOVER = "handover"
# The tables that grow with every call, and how many of their rows are changed at once.
LONG, BATCH = (audit, interactions), 200


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was done: rows in which the id was replaced by table, and what was taken away."""

    replaced: dict[str, int]
    messages: int
    steps: int
    had_profile: bool


def ahead(store: Store, workspace: str, user: str) -> dict[str, int]:
    """Replace a person in the long tables, so that `forget` finds little left to do.

    That would keep others from writing for seconds; this does it in short transactions. Cut off,
    it is done again. Returns how many rows by table; raises UserError as `forget` does.
    """
    count: dict[str, int] = {}
    with store.read(workspace) as tx:
        _refuse_early(tx, user)
        words, rename = _wanted(tx, user)
        named = [(table, _ids(tx, table, words)) for table in LONG]
    for table, ids in named:
        for some in _batches(ids):
            with store.begin(JOB_PATIENCE) as connection:
                overwrite_what_is_deleted(connection)
                changed = _rename(Tx(connection, workspace), table, some, rename)
            count[table.name] = count.get(table.name, 0) + changed
    return count


def _batches(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _ids(tx: Tx, table: sa.Table, words: list[str]) -> list[int]:
    return sorted({row["id"] for word in words for row in person.rows(tx, table, word)})


def _wanted(tx: Tx, user: str) -> tuple[list[str], Rename]:
    """What is looked for, and what takes it out."""
    profile = tx.row(sa.select(members.c.name).where(*_of(tx, members.c.member, user)))
    name = profile["name"] if profile else ""
    return [user, *([name] if is_telling(name) else [])], renaming(user, name)


def forget(change: Change, user: str) -> Forgotten:
    """Replace a person's id everywhere, audit included, and delete their profile.

    Open next steps go to the partner's liaison. Raises UserError while somebody still has to
    take over: the person is a liaison, or the only owner.
    """
    overwrite_what_is_deleted(change.connection)
    _refuse_early(change, user)
    steps = _pass_on(change, user)
    replan.after(change)
    profile = change.row(sa.select(members).where(*_of(change, members.c.member, user)))
    words, rename = _wanted(change, user)
    messages = _take_away(change, user)
    replaced = _replace(change, words, rename)
    change.images[:] = rename("", change.images)
    if profile:
        change.images.append(
            {"table": "members", "id": profile["id"], "before": None, "after": None}
        )
        change.replanned = len(change.images)
    return Forgotten(replaced, messages, steps, profile is not None)


def _refuse_early(tx: Tx, user: str) -> None:
    looked_after = _names(tx, [partners.c.liaison == user, partners.c.ended_on.is_(None)])
    if looked_after:
        raise UserError(
            f"{user} still looks after {looked_after}. Hand them over first: "
            "`/partner assign <partner> @somebody`."
        )
    owners = [one.member for one in workspace.people(tx, OWNER)]
    if owners == [user]:
        raise UserError(f"{user} is the only owner. Name another in RAPPORT_OWNERS first.")
    nobodys = _names(
        tx,
        [
            partners.c.liaison.is_(None),
            partners.c.id.in_(sa.select(next_steps.c.partner_id).where(*_open_steps(tx, user))),
        ],
    )
    if nobodys:
        raise UserError(
            f"{user} has next steps with {nobodys}, where no liaison could take them over. "
            "Name one first: `/partner assign <partner> @somebody`."
        )


def _names(tx: Tx, conditions: list[Any]) -> str:
    query = sa.select(partners.c.name).where(tx.mine(partners), *conditions).order_by("name")
    names = [row["name"] for row in tx.rows(query)]
    more = [count_words(len(names) - NAMED, "other")] if len(names) > NAMED else []
    return list_words([*names[:NAMED], *more])


def _open_steps(tx: Tx, user: str) -> list[Any]:
    done_or_dropped = (next_steps.c.done_on, next_steps.c.dropped_on)
    return [*_of(tx, next_steps.c.owner, user), *(one.is_(None) for one in done_or_dropped)]


def _pass_on(change: Change, user: str) -> int:
    query = (
        sa.select(next_steps.c.id, partners.c.liaison)
        .join(partners, next_steps.c.partner_id == partners.c.id)
        .where(*_open_steps(change, user))
    )
    rows = change.rows(query)
    for row in rows:
        change.update(next_steps, row["id"], owner=row["liaison"])
    return len(rows)


def _take_away(change: Change, user: str) -> int:
    """Delete the profile and the list of messages sent to them, and end what waits for them."""
    run = change.connection.execute
    to_them = _of(change, reminders.c.recipient, user)
    # Two people were told of one handover in the same instant: as one they could not both stay.
    run(sa.delete(reminders).where(*to_them, reminders.c.kind == HANDOVER))
    run(
        sa.update(reminders).where(*to_them, reminders.c.closed_at.is_(None)).values(recipient=None)
    )
    run(sa.update(partners).where(*_of(change, partners.c.liaison, user)).values(liaison=None))
    for table in (members, homes):
        run(sa.delete(table).where(*_of(change, table.c.member, user)))
    sent = sa.select(deliveries.c.id).where(*_of(change, deliveries.c.recipient, user))
    run(sa.update(reminders).where(reminders.c.shown_in.in_(sent)).values(shown_in=None))
    return run(sa.delete(deliveries).where(*_of(change, deliveries.c.recipient, user))).rowcount


def _replace(change: Change, words: list[str], rename: Rename) -> dict[str, int]:
    count: dict[str, int] = {}
    for table in person.tables():
        ids = _ids(change, table, words)
        changed = sum(_rename(change, table, some, rename) for some in _batches(ids))
        if changed:
            count[table.name] = changed
    return count


def _rename(tx: Tx, table: sa.Table, some: list[int], rename: Rename) -> int:
    """Rename in some rows; returns how many changed."""
    count = 0
    for row in tx.rows(sa.select(table).where(table.c.id.in_(some))):
        if values := _renamed(table, row, rename):
            here = sa.update(table).where(table.c.id == row["id"])
            tx.connection.execute(here.values(**values))
            count += 1
    return count


def _renamed(table: sa.Table, row: Row, rename: Rename) -> dict[str, Any]:
    """The columns of a row that change, with what they hold then."""
    held = {column.name: row[column.name] for column in person.columns(table)}
    new = {name: rename(name, value) for name, value in held.items()}
    return {name: value for name, value in new.items() if value != held[name]}


def _of(tx: Tx, column: sa.Column[Any], user: str) -> list[Any]:
    return [tx.mine(column.table), column == user]
