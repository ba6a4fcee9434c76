"""What is owed to a person, and when it falls due."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.cadence import Cadence, due_on
from bot.domain.partner import Partner
from bot.domain.policy import EACH, MONTHLY, TWO_WEEKS
from bot.domain.workday import WorkCalendar

CHECK_IN, THANK_YOU, NEXT_STEP = "check_in", "thank_you", "next_step"
HANDOVER, UNREACHABLE = "handover", "unreachable"
# What is news, not a task: once shown it is closed.
TOLD_ONCE = (HANDOVER, UNREACHABLE)

# A row that nobody answers is shown as it is so many times; then it asks something else.
SHOWN_AS_IT_IS = 3
# When nobody answers that question either, it comes back no sooner than after so long.
AFTER_THE_QUESTION = timedelta(days=28)
# A call that reached nobody brings the check-in back.
TRY_AGAIN_AFTER = 3
# A check-in counts as done on time when a touch came by this working day after it was shown.
ON_TIME_WITHIN = 3
# A thank-you counts as prompt when sent by this working day after the conversion.
PROMPT_WITHIN = 2
# Nobody is asked at once to thank a partner that was thanked this lately.
RECENTLY_THANKED = {
    EACH: timedelta(days=7),
    TWO_WEEKS: timedelta(days=14),
    MONTHLY: timedelta(days=28),
}
# A conversion recorded later than this (an import, usually) asks for no thank-you.
TOO_OLD_TO_THANK = timedelta(days=14)
# How often a general word of thanks goes to a partner that does not treat the patient.
GENERAL_THANKS_EVERY = timedelta(days=28)

# How a reminder was closed.
DONE, SKIPPED, WAIVED, MOVED, UNTRUE = "done", "skipped", "waived", "moved", "untrue"

WAIVE_REASONS = {
    "thanked": "already thanked",
    "not_wanted": "they don't want notes",
    "mistake": "recorded by mistake",
}


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing owed to `recipient`; `due_at` is the instant from which it may be shown.

    `show_on` is the day it first falls due, `back_on` the day a person put it off to,
    `good_until_on` the last day on which a touch counts as on time, `shown_in` the delivery that
    shows it now.
    """

    id: int
    kind: str
    subject: int
    partner_id: int
    recipient: str | None
    occurrence: str
    show_on: date
    due_at: datetime
    is_immediate: bool = False
    back_on: date | None = None
    first_shown_at: datetime | None = None
    last_shown_on: date | None = None
    shown_count: int = 0
    shown_in: int | None = None
    good_until_on: date | None = None
    closed_at: datetime | None = None
    closed_on: date | None = None
    closed_how: str | None = None
    closed_by: str | None = None
    interaction_id: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still owed."""
        return self.closed_at is None

    @property
    def is_question(self) -> bool:
        """Whether the next showing asks what is best instead of saying the same again."""
        return self.shown_count >= SHOWN_AS_IT_IS


@dataclass(frozen=True, slots=True)
class Due:
    """What a reminder of this kind should be now: its occurrence and the day to show it."""

    occurrence: str
    show_on: date
    is_immediate: bool = False


def check_in_due(
    partner: Partner,
    cadence: Cadence,
    last_touch_on: date | None,
    last_attempt_on: date | None,
    skipped: Collection[str],
    calendar: WorkCalendar,
    today: date,
) -> Due | None:
    """Return the check-in that is owed next, or None when none is (ended, or paused for good).

    `last_attempt_on` is the day of the last call since then that reached nobody; `skipped` are
    the occurrences that a person chose to skip.
    """
    if partner.ended_on or (partner.is_paused(today) and partner.paused_until is None):
        return None
    due = _first_due(partner, cadence, last_touch_on)
    while due.isoformat() in skipped:
        due = due_on(cadence, due)
    shown = calendar.on_or_after(due)
    if last_attempt_on is not None:
        shown = calendar.add_working_days(last_attempt_on, TRY_AGAIN_AFTER)
    if partner.is_paused(today) and partner.paused_until:
        shown = max(shown, calendar.on_or_after(partner.paused_until))
    return Due(due.isoformat(), shown)


def _first_due(partner: Partner, cadence: Cadence, last_touch_on: date | None) -> date:
    if last_touch_on is None and partner.first_due_on is not None:
        return partner.first_due_on
    return due_on(cadence, last_touch_on or partner.added_on)


@dataclass(frozen=True, slots=True)
class Thanks:
    """Facts of a partner's thanks: the first conversion not thanked for, and the last note."""

    first_unthanked: int | None
    last_note_on: date | None
    last_asked_on: date | None


def thank_you_due(
    partner: Partner, thanks: Thanks, calendar: WorkCalendar, today: date, rhythm: str = EACH
) -> Due | None:
    """Return the thank-you that is owed, or None when every conversion was thanked for.

    After a recent note it waits: with the rhythm `each` for the next morning only, with the others
    until two weeks or a month have passed since.

    To a partner that does not treat the patient neither text nor timing may confirm that anybody
    came: at most a general word, on a Monday, every four weeks.
    """
    if thanks.first_unthanked is None:
        return None
    occurrence = f"R-{thanks.first_unthanked}"
    if not partner.is_treating:
        return Due(occurrence, _general_thanks_on(thanks, calendar, today))
    again_on = (thanks.last_note_on or date.min) + RECENTLY_THANKED[rhythm]
    if again_on <= today:
        return Due(occurrence, today, is_immediate=True)
    if rhythm == EACH:
        return Due(occurrence, calendar.add_working_days(today, 1))
    return Due(occurrence, calendar.on_or_after(again_on))


def _general_thanks_on(thanks: Thanks, calendar: WorkCalendar, today: date) -> date:
    monday = calendar.next_monday(today)
    asked = [day for day in (thanks.last_note_on, thanks.last_asked_on) if day is not None]
    if not asked or max(asked) + GENERAL_THANKS_EVERY <= monday:
        return monday
    return calendar.next_monday(max(asked) + GENERAL_THANKS_EVERY - timedelta(days=1))


def next_step_due(due_on: date, calendar: WorkCalendar) -> Due:
    """Return the reminder of a next step: on its day, or the working day before a day off."""
    day = due_on
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return Due(due_on.isoformat(), day)


def comes_on(reminder: Reminder, calendar: WorkCalendar) -> date:
    """Return the day on which an open reminder is to be shown next."""
    day = max(reminder.show_on, reminder.back_on or reminder.show_on)
    last = reminder.last_shown_on
    if last is None or not reminder.shown_count or day > last:
        return day
    return next_showing(reminder.kind, reminder.shown_count, last, calendar)


def next_showing(kind: str, shown_count: int, day: date, calendar: WorkCalendar) -> date:
    """Return the day on which an untouched reminder comes back after being shown on `day`.

    `shown_count` are the showings since somebody last answered, this one included. Check-ins return
    after three working days; thank-yous on the second and the fifth working day after the first
    showing and then on a Monday; next steps on the next working day, then like check-ins. The
    fourth showing is a question, and after it the row comes back once in 28 days. So without an
    answer nothing is said more than four times in four weeks, and then once in four weeks.
    """
    if shown_count > SHOWN_AS_IT_IS:
        return calendar.on_or_after(day + AFTER_THE_QUESTION)
    if kind == THANK_YOU:
        waits = {1: 2, 2: 3}
        if shown_count not in waits:
            return calendar.next_monday(day)
        return calendar.add_working_days(day, waits[shown_count])
    if kind == NEXT_STEP and shown_count == 1:
        return calendar.add_working_days(day, 1)
    return calendar.add_working_days(day, TRY_AGAIN_AFTER)
