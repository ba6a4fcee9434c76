"""When check-ins, thank-yous and next steps fall due, and when they come back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.partner import Partner
from bot.domain.policy import EACH, MONTHLY, TWO_WEEKS, Policy
from bot.domain.reminder import (
    CHECK_IN,
    NEXT_STEP,
    THANK_YOU,
    Due,
    Reminder,
    Thanks,
    check_in_due,
    next_showing,
    next_step_due,
    thank_you_due,
)
from bot.domain.workday import WorkCalendar

TODAY = date(2027, 3, 3)
CALENDAR = WorkCalendar("US", None)
ONE = Partner(1, "T1", "Riverside", "physician", TODAY)
WAITING = Reminder(1, CHECK_IN, 1, 1, "U1", "x", TODAY, datetime(2027, 3, 3, tzinfo=UTC))
days = st.dates(date(2024, 1, 1), date(2029, 12, 31))


def _check_in(one: Partner, touch: date | None = None, **more: object) -> Due | None:
    given = {"last_attempt_on": None, "skipped": (), "calendar": CALENDAR, "today": TODAY} | more
    cadence = Policy().cadence_of(one)
    return check_in_due(one, cadence, touch, **given)  # type: ignore[arg-type]


def test_a_check_in_counts_from_the_last_touch_else_from_the_start() -> None:
    assert _check_in(ONE) == Due("2027-06-03", date(2027, 6, 3))
    assert _check_in(ONE, date(2027, 1, 20)) == Due("2027-04-20", date(2027, 4, 20))
    first = replace(ONE, first_due_on=date(2027, 3, 10))
    assert _check_in(first) == Due("2027-03-10", date(2027, 3, 10))
    assert _check_in(first, TODAY) == Due("2027-06-03", date(2027, 6, 3))


def test_a_day_off_moves_what_is_shown_not_what_is_meant() -> None:
    saturday = replace(ONE, first_due_on=date(2027, 3, 6))
    assert _check_in(saturday) == Due("2027-03-06", date(2027, 3, 8))


def test_skipped_ones_go_on_to_the_next() -> None:
    due = _check_in(ONE, skipped={"2027-06-03", "2027-09-03"})
    assert due == Due("2027-12-03", date(2027, 12, 3))


def test_nobody_reached_brings_it_back_in_three_working_days() -> None:
    due = _check_in(ONE, date(2026, 12, 1), last_attempt_on=TODAY)
    assert due == Due("2027-03-01", date(2027, 3, 8))


def test_a_pause_holds_it_and_an_end_drops_it() -> None:
    assert _check_in(replace(ONE, paused_on=TODAY)) is None
    assert _check_in(replace(ONE, ended_on=TODAY)) is None
    until = replace(ONE, paused_on=TODAY, paused_until=date(2027, 7, 3))
    assert _check_in(until) == Due("2027-06-03", date(2027, 7, 6))  # the 5th is a day off


@given(days, days)
def test_a_check_in_is_shown_on_a_working_day_after_the_touch(touch: date, today: date) -> None:
    due = _check_in(replace(ONE, added_on=touch), touch, today=today)
    assert due
    assert due.show_on > touch
    assert CALENDAR.is_working_day(due.show_on)


def _thanks(one: Partner, *facts: object, rhythm: str = EACH) -> Due | None:
    thanks = Thanks(*facts)  # type: ignore[arg-type]
    return thank_you_due(one, thanks, CALENDAR, TODAY, rhythm)


def test_a_treating_partner_is_thanked_at_once_unless_thanked_lately() -> None:
    assert _thanks(ONE, None, None, None) is None
    assert _thanks(ONE, 1001, None, None) == Due("R-1001", TODAY, is_immediate=True)
    week_ago = TODAY - timedelta(days=7)
    assert _thanks(ONE, 1001, week_ago, None) == Due("R-1001", TODAY, is_immediate=True)
    lately = week_ago + timedelta(days=1)
    assert _thanks(ONE, 1001, lately, None) == Due("R-1001", TODAY + timedelta(days=1))


@given(st.sampled_from([(TWO_WEEKS, 14), (MONTHLY, 28)]), days, days)
def test_with_a_slower_rhythm_notes_keep_their_distance(
    rhythm: tuple[str, int], note: date, today: date
) -> None:
    name, apart = rhythm
    due = thank_you_due(ONE, Thanks(1001, note, None), CALENDAR, today, name)
    assert due
    assert due.show_on >= note + timedelta(days=apart)
    assert due.is_immediate == (due.show_on == today)
    assert _thanks(ONE, 1001, None, None, rhythm=name) == Due("R-1001", TODAY, is_immediate=True)


@given(days | st.none(), days | st.none(), days)
def test_to_others_it_is_a_monday_word_every_four_weeks(
    note: date | None, asked: date | None, today: date
) -> None:
    thanks = Thanks(1001, note, asked)
    due = thank_you_due(replace(ONE, category="gym"), thanks, CALENDAR, today)
    assert due
    assert not due.is_immediate
    assert due.show_on > today or (note or asked)
    for day in (note, asked):
        if day and day <= today:
            assert due.show_on >= day + timedelta(days=28)


def test_a_next_step_comes_on_its_day_or_before_a_day_off() -> None:
    assert next_step_due(date(2027, 3, 5), CALENDAR).show_on == date(2027, 3, 5)
    assert next_step_due(date(2027, 3, 7), CALENDAR).show_on == date(2027, 3, 5)
    assert next_step_due(date(2027, 5, 31), CALENDAR).show_on == date(2027, 5, 28)


@pytest.mark.parametrize(
    ("kind", "count", "back"),
    [
        (CHECK_IN, 1, date(2027, 3, 8)),
        (CHECK_IN, 3, date(2027, 3, 8)),
        (CHECK_IN, 4, date(2027, 3, 31)),
        (THANK_YOU, 1, date(2027, 3, 5)),
        (THANK_YOU, 2, date(2027, 3, 8)),
        (THANK_YOU, 3, date(2027, 3, 8)),
        (THANK_YOU, 4, date(2027, 3, 31)),
        (NEXT_STEP, 1, date(2027, 3, 4)),
        (NEXT_STEP, 2, date(2027, 3, 8)),
        (NEXT_STEP, 9, date(2027, 3, 31)),
    ],
)
def test_untouched_it_comes_back(kind: str, count: int, back: date) -> None:
    assert next_showing(kind, count, TODAY, CALENDAR) == back


@given(
    st.sampled_from([CHECK_IN, THANK_YOU, NEXT_STEP]),
    days,
    st.lists(st.integers(0, 40), max_size=40),
)
def test_nothing_is_said_for_ever(kind: str, day: date, answers: list[int]) -> None:
    """`answers` are the days that each showing is put off by; none where nobody answers."""
    count, questions = 0, list[date]()
    day = CALENDAR.on_or_after(day)
    for wait in answers:
        assert CALENDAR.is_working_day(day)
        if replace(WAITING, kind=kind, shown_count=count).is_question:
            assert not questions or day - questions[-1] >= timedelta(days=28)
            questions.append(day)
        count += 1
        assert len(questions) == max(0, count - 3)
        back = next_showing(kind, count, day, CALENDAR)
        assert back > day
        # An answer counts as the first showing of what comes next.
        if wait:
            back, count, questions = CALENDAR.on_or_after(day + timedelta(days=wait)), 1, []
        day = back
