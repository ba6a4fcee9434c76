"""Taking a file in: read, decide, then write in parts."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.sheets import reading
from bot.sheets.known import FindByEmail, Known, nobody
from bot.sheets.row import ADDED, CHANGED, UNCHANGED, Plan, Refused
from bot.sheets.sheet import Sheet
from bot.store import Store
from bot.store.engine import JOB_PATIENCE

# One transaction for a whole file would keep a running bot from saving anything for as long as it
# takes. Taking a file in twice adds nothing, so an import that was cut short is simply run again.
ROWS_AT_ONCE = 100
BETWEEN_PARTS = 0.02


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, in rows, and the headings that it did not know.

    `headings` are all that the file has, `mapped` the column that each known one stands for.
    """

    added: int
    changed: int
    unchanged: int
    refused: Sequence[Refused]
    ignored_columns: Sequence[str]
    headings: Sequence[str]
    mapped: Mapping[str, str]


Told = Callable[[int, int], object]


def untold(_done: int, _of: int) -> None:
    """Where nobody watches."""


def take_in(
    store: Store,
    workspace: str,
    sheet: Sheet,
    data: bytes,
    now: datetime,
    is_dry_run: bool = False,
    find_by_email: FindByEmail = nobody,
    told: Told = untold,
) -> Imported:
    """Import a file: its good rows are kept, the others refused with line and reason.

    `find_by_email` is asked for the user id of a person whom the database does not know yet.
    `told` hears how many rows are written, of how many, after every part.

    Raises UserError, and keeps nothing, when the file is no CSV file or lacks a required column;
    NotSaved when the database does not take it. A dry run decides the same and writes nothing.
    """
    if sheet.plan is None:
        raise ValueError(f"{sheet.name} cannot be imported")
    read = reading.read(data, sheet.headings, sheet.required)
    with store.read(workspace) as tx:
        known = Known(tx, now, find_by_email)
        made = sheet.plan(read.rows, known)
    if not is_dry_run:
        about = f"import {sheet.name}", known.remark
        _write(store, workspace, about, made, now, told)
    count = [decision.outcome for decision in made.decisions].count
    return Imported(
        added=count(ADDED),
        changed=count(CHANGED),
        unchanged=count(UNCHANGED),
        refused=sorted([*read.refused, *made.refused], key=lambda refused: refused.line),
        ignored_columns=read.ignored,
        headings=read.headings,
        mapped=read.mapped,
    )


def _write(
    store: Store,
    workspace: str,
    about: tuple[str, str | None],
    made: Plan,
    now: datetime,
    told: Told,
) -> None:
    """Write what was decided; the audit says `about` each part what it is, and remarks on it."""
    what, remark = about
    # By partner, because the reminders of each are worked out anew in every transaction.
    decisions = sorted(made.decisions, key=lambda decision: decision.partner_id)
    writes = [decision.write for decision in decisions if decision.write]
    for start in range(0, len(writes), ROWS_AT_ONCE):
        with store.change(workspace, now, what, patience=JOB_PATIENCE) as change:
            change.remark = remark
            for write in writes[start : start + ROWS_AT_ONCE]:
                write(change)
        # SQLite has no queue: without a pause a bot beside this would never get its turn to write.
        time.sleep(BETWEEN_PARTS)
        told(min(start + ROWS_AT_ONCE, len(writes)), len(writes))
