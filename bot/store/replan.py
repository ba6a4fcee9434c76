"""After every change: the reminders that follow from the facts, in the same transaction."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from bot.domain.reminder import DONE, MOVED, NEXT_STEP, THANK_YOU, UNTRUE, Due, Reminder
from bot.store import hour, interaction, outbox, partner, touched
from bot.store.grounds import grounds
from bot.store.hour import due_at
from bot.store.ledger import Ledger
from bot.store.schema import interactions
from bot.store.staff import Staff
from bot.store.transaction import Change
from bot.store.wanted import Scene, Wanted, wanted

# So many partners are read at once.
BATCH = 500
# What a reminder says once it is closed, and no longer once it is open again.
OPEN_AGAIN: Mapping[str, None] = dict.fromkeys(
    ("closed_at", "closed_on", "closed_how", "closed_by", "interaction_id")
)


def after(change: Change) -> None:
    """Bring the reminders of every partner that `change` touched in line with the facts.

    Runs by itself before each commit; a command that says what comes next calls it earlier. A
    change of the practice's ways touches every partner; one of a person's hours, what waits for
    them.
    """
    if len(change.images) == change.replanned:
        return
    change.replanned = len(change.images)
    shown_before = touched.messages(change)
    partners = sorted(touched.partners(change))
    for start in range(0, len(partners), BATCH):
        _replan(change, partners[start : start + BATCH])
    if people := touched.people(change):
        hour.move(change, people)
    for delivery in sorted(shown_before):
        outbox.arm_edit(change.connection, change.workspace, delivery, change.now)


def _replan(change: Change, ids: Sequence[int]) -> None:
    found = partner.lock_all(change, ids)
    facts = grounds(change, [one.id for one in found])
    staff, has_new_ways = Staff(change), touched.has_new_ways(change)
    ledger = Ledger(change)
    for one in found:
        scene = Scene(one, facts[one.id], staff, staff.today(one.liaison), has_new_ways)
        _Difference(ledger, scene).write()
    ledger.carry_out()


class _Difference:
    """Between the reminders that a partner has and those that it should have."""

    def __init__(self, ledger: Ledger, scene: Scene) -> None:
        self.ledger, self.scene = ledger, scene
        self.change = ledger.change

    def write(self) -> None:
        for one in wanted(self.scene):
            self._write(one)

    def _write(self, one: Wanted) -> None:
        rows = self.scene.ground.rows
        alike = [row for row in rows if (row.kind, row.subject) == (one.kind, one.subject)]
        for row in alike:
            if row.is_open and (one.due is None or row.occurrence != one.due.occurrence):
                self._close(row, one)
        if one.due is None:
            return
        same = next((row for row in alike if row.occurrence == one.due.occurrence), None)
        if same is None:
            self._open(one, one.due)
        else:
            self._keep(same, one, one.due)

    def _open(self, one: Wanted, due: Due) -> None:
        self.ledger.open(
            {
                "kind": one.kind,
                "subject": one.subject,
                "partner_id": self.scene.partner.id,
                "recipient": one.recipient,
                "occurrence": due.occurrence,
                "show_on": due.show_on,
                **self._due(due, one.recipient),
                "is_immediate": due.is_immediate,
            }
        )

    def _keep(self, row: Reminder, one: Wanted, due: Due) -> None:
        if row.is_open and row.recipient == one.recipient and row.show_on == due.show_on:
            return
        values: dict[str, Any] = {**OPEN_AGAIN, "show_on": due.show_on, "recipient": one.recipient}
        if row.is_open or not row.shown_count:
            values |= self._due(_put_off(due, row), one.recipient)
        if row.is_open and row.show_on != due.show_on:
            # It is asked for another reason now: its showings are counted anew.
            values |= {"shown_count": min(row.shown_count, 1)}
        if row.recipient != one.recipient:
            values |= {"shown_in": None, "shown_count": 0}
        self.ledger.write(row, values)

    def _close(self, row: Reminder, one: Wanted) -> None:
        if not row.shown_count and not self.ledger.may_be_on_its_way(row):
            self.ledger.forget(row)
            return
        values = {"closed_at": self.change.now, "closed_on": self.scene.today}
        self.ledger.write(row, {**values, **self._how(row, one)})

    def _how(self, row: Reminder, one: Wanted) -> dict[str, Any]:
        """Why a reminder is over."""
        if done := self._done(one):
            by = {"closed_by": done["by"], "interaction_id": done["id"]}
            return {"closed_how": DONE, "closed_on": done["happened_on"], **by}
        if one.kind == NEXT_STEP and self._is_finished(row.subject):
            return {"closed_how": DONE, "closed_by": self.change.by}
        return {"closed_how": MOVED if one.due else UNTRUE}

    def _is_finished(self, step_id: int) -> bool:
        step = interaction.step(self.change, step_id)
        return step is not None and step.done_on is not None

    def _done(self, one: Wanted) -> dict[str, Any] | None:
        """The interaction of this very change that does what was asked for."""
        images = (image for image in self.change.images if image["table"] == "interactions")
        is_note = interactions.c.kind == THANK_YOU
        query = sa.select(interactions).where(
            self.change.mine(interactions),
            interactions.c.id.in_({image["id"] for image in images if image["after"]}),
            interactions.c.partner_id == self.scene.partner.id,
            interactions.c.is_reached,
            is_note if one.kind == THANK_YOU else sa.not_(is_note),
        )
        row = self.change.row(query.order_by(interactions.c.id.desc()).limit(1))
        return dict(row) if row else None

    def _due(self, due: Due, recipient: str | None) -> dict[str, Any]:
        if due.is_immediate:
            return due_at(self.change.now)
        user = recipient or self.scene.partner.liaison
        return due_at(self.scene.staff.hour_of(user, due.show_on))


def _put_off(due: Due, row: Reminder) -> Due:
    """What was put off is not asked for at once or earlier, whoever it is handed to."""
    if row.back_on is None:
        return due
    return Due(due.occurrence, max(due.show_on, row.back_on), is_immediate=False)
