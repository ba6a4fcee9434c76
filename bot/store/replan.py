"""After every change: the reminders that follow from the facts, in the same transaction."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from bot.domain.member import Member, calendar_of
from bot.domain.partner import Partner
from bot.domain.reminder import (
    CHECK_IN,
    DONE,
    MOVED,
    NEXT_STEP,
    THANK_YOU,
    UNTRUE,
    Due,
    Reminder,
    check_in_due,
    comes_on,
    next_step_due,
    thank_you_due,
)
from bot.domain.respect import asked_instead
from bot.domain.when import WorkCalendar, local_day, morning
from bot.store import interaction, outbox, partner, workspace
from bot.store.grounds import Ground, grounds
from bot.store.ledger import Ledger, write_all
from bot.store.schema import interactions, reminders
from bot.store.transaction import Change, Image, Tx

# So many partners are read at once.
BATCH = 500


def after(change: Change) -> None:
    """Bring the reminders of every partner that `change` touched in line with the facts.

    Runs by itself before each commit; a command that says what comes next calls it earlier. A
    change of the practice's ways touches every partner; one of a person's hours, what waits for
    them.
    """
    if len(change.images) == change.replanned:
        return
    change.replanned = len(change.images)
    shown_before = _shown_in(change, _changed_reminders(change))
    touched = sorted(_changed_partners(change))
    for start in range(0, len(touched), BATCH):
        _replan(change, touched[start : start + BATCH])
    if people := _whose_hours_changed(change):
        move(change, people)
    for delivery in sorted(shown_before):
        outbox.arm_edit(change.connection, change.workspace, delivery, change.now)


def _replan(change: Change, ids: Sequence[int]) -> None:
    found = partner.lock_all(change, ids)
    facts = grounds(change, [one.id for one in found])
    ledger = Ledger(change)
    for one in found:
        _Replan(ledger, one, facts[one.id]).run()
    ledger.carry_out()


def _whose_hours_changed(change: Change) -> set[str]:
    """The people for whom an hour or a day means another instant now."""
    if _has_new_ways(change):
        return workspace.recipients(change)
    ids = {
        image["id"]
        for image in change.images
        if image["table"] == "members" and not _TIMED.isdisjoint(image["after"] or ())
    }
    return workspace.users(change, ids) if ids else set()


def _has_new_ways(change: Change) -> bool:
    """Whether the practice's place, hours or rhythms were changed."""
    return any(_is_new_way(image) for image in change.images if image["table"] == "workspaces")


def _is_new_way(image: Image) -> bool:
    before, after = (
        {**row, **(row.get("settings") or {})} for row in (image["before"], image["after"])
    )
    return any(before.get(name) != after.get(name) for name in _WAYS)


def _changed_reminders(change: Change) -> set[int]:
    return {image["id"] for image in change.images if image["table"] == "reminders"}


def _shown_in(tx: Tx, ids: set[int]) -> set[int]:
    here = sa.and_(tx.mine(reminders), reminders.c.id.in_(ids), reminders.c.shown_in.is_not(None))
    return set(tx.connection.execute(sa.select(reminders.c.shown_in).where(here)).scalars())


def _changed_partners(change: Change) -> set[int]:
    found = partner.all_ids(change) if _has_new_ways(change) else set()
    for image in change.images:
        owners = {
            row["partner_id"]
            for row in (image["before"], image["after"])
            if row and "partner_id" in row
        }
        if image["table"] == "partners":
            found.add(image["id"])
        elif owners:
            found |= owners
        elif image["table"] in _OWNED:
            found |= _owners(change, _OWNED[image["table"]], image["id"])
    return found | _of_people(change)


def _of_people(change: Change) -> set[int]:
    """The partners about which others may be asked, now that somebody's absence changed."""
    ids = {
        image["id"] for image in change.images if image["table"] == "members" and _is_absence(image)
    }
    return partner.ids_of(change, workspace.users(change, ids)) if ids else set()


def _is_absence(image: Image) -> bool:
    before, after = (row.get("preferences") or {} for row in (image["before"], image["after"]))
    return any(before.get(name) != after.get(name) for name in ("away_until", "cover"))


# Columns on which the instant of everything planned depends.
_PLACE, _HOURS = ("country", "state", "zone"), ("work_days", "work_starts", "work_ends")
_WAYS = (*_PLACE, *_HOURS, "thank_you_rhythm", "cadence", "cadences")
_TIMED = {"preferences", "reminder_hour"}
_OWNED = {
    name: table for name, table in reminders.metadata.tables.items() if "partner_id" in table.c
}


def _owners(tx: Tx, table: sa.Table, row_id: int) -> set[int]:
    """The partner of a row; none when it is deleted by now, which has an image of its own."""
    here = sa.and_(tx.mine(table), table.c.id == row_id)
    return set(tx.connection.execute(sa.select(table.c.partner_id).where(here)).scalars())


@dataclass(slots=True)
class _Planned:
    """What one kind of reminder should be for one subject."""

    kind: str
    subject: int
    due: Due | None
    recipient: str | None
    fulfilled_by: str


class _Replan:
    """Works out one partner's reminders."""

    def __init__(self, ledger: Ledger, found: Partner, ground: Ground) -> None:
        self.ledger = ledger
        self.change = change = ledger.change
        self.partner = found
        self.ground = ground
        self.settings = change.once("workspace", lambda: workspace.get(change))
        self.calendar = self.settings.calendar
        self.liaison = self._person(found.liaison) if found.liaison else None
        zone = (self.liaison and self.liaison.zone) or self.settings.zone
        self.today = local_day(change.now, zone)
        self.rows = ground.rows

    def run(self) -> None:
        for planned in (self._check_in(), self._thank_you(), *self._next_steps()):
            self._apply(planned)

    def _check_in(self) -> _Planned:
        touched_on = self.ground.touched_on(self.partner.baseline_on)
        due = check_in_due(
            self.partner,
            self.settings.policy.cadence_of(self.partner),
            touched_on,
            self.ground.missed_on(touched_on),
            self.ground.skipped,
            self.calendar,
            self.today,
        )
        return _Planned(CHECK_IN, self.partner.id, due, self._asked(self.partner.liaison), "touch")

    def _thank_you(self) -> _Planned:
        rhythm = self.settings.policy.thank_you_rhythm
        due = thank_you_due(self.partner, self.ground.thanks, self.calendar, self.today, rhythm)
        if self.partner.ended_on:
            due = None
        opened = next((row for row in self.rows if row.kind == THANK_YOU and row.is_open), None)
        if due and opened:
            due = self._as_opened(due, opened)
        asked = self._asked(self.partner.liaison)
        return _Planned(THANK_YOU, self.partner.id, due, asked, "thank_you")

    def _as_opened(self, due: Due, opened: Reminder) -> Due:
        """Return the thank-you that is open; a new rhythm moves it unless somebody saw it."""
        if _has_new_ways(self.change) and not opened.shown_count:
            return replace(due, occurrence=opened.occurrence)
        return Due(opened.occurrence, opened.show_on, opened.is_immediate)

    def _next_steps(self) -> list[_Planned]:
        is_over = self.partner.ended_on is not None
        steps = {} if is_over else {step.id: step for step in self.ground.steps}
        shown = {row.subject for row in self.rows if row.kind == NEXT_STEP}
        return [
            _Planned(
                NEXT_STEP,
                step_id,
                next_step_due(steps[step_id].due_on, self.calendar) if step_id in steps else None,
                self._asked(steps[step_id].owner) if step_id in steps else None,
                "",
            )
            for step_id in sorted(shown | steps.keys())
        ]

    def _apply(self, planned: _Planned) -> None:
        mine = [
            row for row in self.rows if (row.kind, row.subject) == (planned.kind, planned.subject)
        ]
        for row in mine:
            if row.is_open and (planned.due is None or row.occurrence != planned.due.occurrence):
                self._close(row, planned)
        if planned.due is None:
            return
        wanted = next((row for row in mine if row.occurrence == planned.due.occurrence), None)
        if wanted is None:
            self._open(planned, planned.due)
        else:
            self._keep(wanted, planned, planned.due)

    def _open(self, planned: _Planned, due: Due) -> None:
        self.ledger.open(
            {
                "kind": planned.kind,
                "subject": planned.subject,
                "partner_id": self.partner.id,
                "recipient": planned.recipient,
                "occurrence": due.occurrence,
                "show_on": due.show_on,
                **self._due(due.show_on, planned.recipient, due.is_immediate),
                "is_immediate": due.is_immediate,
            }
        )

    def _keep(self, row: Reminder, planned: _Planned, due: Due) -> None:
        is_same = row.is_open and row.recipient == planned.recipient and row.show_on == due.show_on
        if is_same:
            return
        show_on = max(due.show_on, row.back_on or due.show_on)
        values: dict[str, Any] = {
            "closed_at": None,
            "closed_on": None,
            "closed_how": None,
            "closed_by": None,
            "interaction_id": None,
            "show_on": due.show_on,
            "recipient": planned.recipient,
        }
        if row.is_open or not row.shown_count:
            # What was put off is not asked for at once, whoever it is handed to.
            is_immediate = due.is_immediate and row.back_on is None
            values |= self._due(show_on, planned.recipient, is_immediate)
        if row.is_open and row.show_on != due.show_on:
            # It is asked for another reason now: its showings are counted anew.
            values |= {"shown_count": min(row.shown_count, 1)}
        if row.recipient != planned.recipient:
            values |= {"shown_in": None, "shown_count": 0}
        self.ledger.write(row, values)

    def _close(self, row: Reminder, planned: _Planned) -> None:
        if not row.shown_count and not self.ledger.may_be_on_its_way(row):
            self.ledger.forget(row)
            return
        cause = self._cause(planned.fulfilled_by)
        values = {"closed_at": self.change.now, "closed_on": self.today, "closed_how": UNTRUE}
        if cause:
            values |= {"closed_how": DONE, "closed_by": cause["by"], "interaction_id": cause["id"]}
            values |= {"closed_on": cause["happened_on"]}
        elif planned.kind == NEXT_STEP and self._is_finished(row.subject):
            values |= {"closed_how": DONE, "closed_by": self.change.by}
        elif planned.due:
            values |= {"closed_how": MOVED}
        self.ledger.write(row, values)

    def _is_finished(self, step_id: int) -> bool:
        step = interaction.step(self.change, step_id)
        return step is not None and step.done_on is not None

    def _cause(self, fulfilled_by: str) -> dict[str, Any] | None:
        """The interaction of this very change that fulfils a reminder of some kind."""
        ids = {
            image["id"]
            for image in self.change.images
            if image["table"] == "interactions" and image["after"]
        }
        query = sa.select(interactions).where(
            self.change.mine(interactions),
            interactions.c.id.in_(ids),
            interactions.c.partner_id == self.partner.id,
        )
        for row in self.change.rows(query.order_by(interactions.c.id.desc())):
            is_note = row["kind"] == "thank_you"
            if is_note == (fulfilled_by == "thank_you") and row["is_reached"]:
                return dict(row)
        return None

    def _asked(self, user: str | None) -> str | None:
        """Who is asked in somebody's place while they are away."""
        if user is None:
            return None
        person = self._person(user)
        cover = person.preferences.cover
        today = local_day(self.change.now, person.zone or self.settings.zone)
        return asked_instead(person, self._person(cover) if cover else None, today)

    def _person(self, user: str) -> Member:
        return self.change.once(user, lambda: workspace.member(self.change, user))

    def _due(self, show_on: date, recipient: str | None, is_immediate: bool) -> dict[str, Any]:
        if is_immediate:
            return due_at(self.change.now)
        person = self.liaison
        if recipient and (person is None or person.member != recipient):
            person = self._person(recipient)
        return due_at(first_instant(show_on, person, calendar_of(self.settings, person)))


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
