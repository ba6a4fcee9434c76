"""What reminders follow from, read for many partners at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import sqlalchemy as sa

from bot.domain.interaction import Interaction
from bot.domain.referral import NextStep
from bot.domain.reminder import CHECK_IN, NEXT_STEP, SKIPPED, THANK_YOU, Reminder, Thanks
from bot.store import interaction, referral
from bot.store.schema import reminders
from bot.store.transaction import Tx

Item = TypeVar("Item", Reminder, NextStep)


@dataclass(frozen=True, slots=True)
class Ground:
    """The facts of one partner: its reminders so far, open steps, and what was done last."""

    rows: Sequence[Reminder]
    steps: Sequence[NextStep]
    touch: Interaction | None
    attempt: Interaction | None
    note: Interaction | None
    unthanked: int | None

    @property
    def skipped(self) -> set[str]:
        """The occurrences of check-ins that a person chose to skip."""
        rows = (row for row in self.rows if row.kind == CHECK_IN and row.closed_how == SKIPPED)
        return {row.occurrence for row in rows}

    @property
    def thanks(self) -> Thanks:
        """What decides whether and when a thank-you is asked for."""
        shown = [row.last_shown_on for row in self.rows if row.kind == THANK_YOU]
        asked = [day for day in shown if day is not None]
        note_on = self.note.happened_on if self.note else None
        return Thanks(self.unthanked, note_on, max(asked) if asked else None)

    def touched_on(self, baseline: date | None) -> date | None:
        """The day of the last touch, that of an import among them."""
        days = [day for day in (self.touch and self.touch.happened_on, baseline) if day]
        return max(days) if days else None

    def missed_on(self, touched_on: date | None) -> date | None:
        """The day of the last call since then that reached nobody."""
        if self.attempt is None:
            return None
        day, touch = self.attempt.happened_on, self.touch
        is_same_day = touch and day == touch.happened_on and self.attempt.id > touch.id
        return day if touched_on is None or day > touched_on or is_same_day else None


def grounds(tx: Tx, ids: Sequence[int]) -> Mapping[int, Ground]:
    """Return the facts of partners, in the same few queries for one and for hundreds."""
    rows, steps = _rows_of(tx, ids), _by_partner(interaction.all_open_steps(tx, ids))
    touches, notes = interaction.last_touches(tx, ids), interaction.last_notes(tx, ids)
    attempts, unthanked = interaction.last_attempts(tx, ids), referral.unthanked(tx, ids)
    return {
        one: Ground(
            rows[one],
            steps[one],
            touches.get(one),
            attempts.get(one),
            notes.get(one),
            unthanked[one][0].number if one in unthanked else None,
        )
        for one in ids
    }


def _rows_of(tx: Tx, ids: Sequence[int]) -> defaultdict[int, list[Reminder]]:
    here = sa.and_(
        tx.mine(reminders),
        reminders.c.partner_id.in_(ids),
        reminders.c.kind.in_((CHECK_IN, THANK_YOU, NEXT_STEP)),
    )
    query = sa.select(reminders).where(here).order_by(reminders.c.id)
    return _by_partner(tx.values(Reminder, query))


def _by_partner(found: Iterable[Item]) -> defaultdict[int, list[Item]]:
    grouped: defaultdict[int, list[Item]] = defaultdict(list)
    for one in found:
        grouped[one.partner_id].append(one)
    return grouped
