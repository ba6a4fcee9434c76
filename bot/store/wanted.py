"""What a partner's reminders should be by the facts of this moment; one function a kind."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.partner import Partner
from bot.domain.reminder import (
    CHECK_IN,
    NEXT_STEP,
    THANK_YOU,
    Due,
    Reminder,
    check_in_due,
    next_step_due,
    thank_you_due,
)
from bot.store.grounds import Ground
from bot.store.staff import Staff


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one kind of reminder should be for one subject; without `due` it should not be open."""

    kind: str
    subject: int
    due: Due | None
    recipient: str | None


@dataclass(frozen=True, slots=True)
class Scene:
    """A partner and its facts; `today` is its liaison's day.

    `has_new_ways` says that the practice's own ways were changed just now.
    """

    partner: Partner
    ground: Ground
    staff: Staff
    today: date
    has_new_ways: bool


def wanted(scene: Scene) -> list[Wanted]:
    """Return what a partner's reminders should be, of every kind that follows from facts."""
    return [one for of_kind in _KINDS for one in of_kind(scene)]


def _check_in(scene: Scene) -> Iterator[Wanted]:
    found, ground, settings = scene.partner, scene.ground, scene.staff.settings
    touched_on = ground.touched_on(found.baseline_on)
    due = check_in_due(
        found,
        settings.policy.cadence_of(found),
        touched_on,
        ground.missed_on(touched_on),
        ground.skipped,
        settings.calendar,
        scene.today,
    )
    yield Wanted(CHECK_IN, found.id, due, scene.staff.asked(found.liaison))


def _thank_you(scene: Scene) -> Iterator[Wanted]:
    found, settings = scene.partner, scene.staff.settings
    rhythm = settings.policy.thank_you_rhythm
    due = thank_you_due(found, scene.ground.thanks, settings.calendar, scene.today, rhythm)
    if found.ended_on:
        due = None
    open_rows = (row for row in scene.ground.rows if row.kind == THANK_YOU and row.is_open)
    opened = next(open_rows, None)
    if due and opened:
        due = _as_opened(due, opened, scene.has_new_ways)
    yield Wanted(THANK_YOU, found.id, due, scene.staff.asked(found.liaison))


def _as_opened(due: Due, opened: Reminder, has_new_ways: bool) -> Due:
    """Return the thank-you that is open; a new rhythm moves it unless somebody saw it."""
    if has_new_ways and not opened.shown_count:
        return replace(due, occurrence=opened.occurrence)
    return Due(opened.occurrence, opened.show_on, opened.is_immediate)


def _next_steps(scene: Scene) -> Iterator[Wanted]:
    steps = {} if scene.partner.ended_on else {step.id: step for step in scene.ground.steps}
    known = {row.subject for row in scene.ground.rows if row.kind == NEXT_STEP}
    for step_id in sorted(known - steps.keys()):
        yield Wanted(NEXT_STEP, step_id, None, None)
    for step_id, step in sorted(steps.items()):
        due = next_step_due(step.due_on, scene.staff.settings.calendar)
        yield Wanted(NEXT_STEP, step_id, due, scene.staff.asked(step.owner))


_KINDS: tuple[Callable[[Scene], Iterator[Wanted]], ...] = (_check_in, _thank_you, _next_steps)
