"""The week ahead, for whoever wants it, on the first working day of their week."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.message import say
from bot.domain.preference import Preferences
from bot.domain.when import WorkCalendar
from bot.reminders.week_ahead import MOST_LINES, Upcoming, is_first_of_week, with_week_ahead
from bot.store import workspace
from tests.jobs.test_messages import tick
from tests.speaker import Team

US = WorkCalendar("US")


@pytest.fixture
def planned(team: Team) -> Team:
    """One step on Monday, March 8, others on Wednesday and Friday and in the week after."""
    team.says("U1", "add Iron Peak CrossFit, gym, every year, <@U1>")
    for what, day in (("call", "3/8"), ("visit", "3/10"), ("email", "3/12"), ("text", "3/15")):
        team.says("U1", f"next iron peak {what} by {day}")
    return team


def wanted(team: Team) -> None:
    with team.store.change("T1", team.now, "preferences", "U1") as change:
        workspace.save_preferences(change, "U1", Preferences(is_week_ahead=True))


def test_it_stands_under_mondays_rows(planned: Team) -> None:
    wanted(planned)
    (post,) = tick(planned, "2027-03-08 09:00")
    assert post.message.text.endswith(
        "*Later this week*\n"
        "Wednesday: Iron Peak CrossFit, next step\nFriday: Iron Peak CrossFit, next step"
    )
    (other,) = tick(planned, "2027-03-09 09:00")
    assert "Later this week" not in other.message.text


def test_only_for_whoever_wants_it(planned: Team) -> None:
    (post,) = tick(planned, "2027-03-08 09:00")
    assert "Later this week" not in post.message.text


@pytest.fixture
def quiet_monday(team: Team) -> Team:
    """Nothing on Monday, March 8; a step on Thursday."""
    team.says("U1", "add Iron Peak CrossFit, gym, every year, <@U1>")
    team.says("U1", "next iron peak visit by 3/11")
    wanted(team)
    return team


def test_it_comes_also_on_a_first_morning_with_nothing_else(quiet_monday: Team) -> None:
    assert tick(quiet_monday, "2027-03-08 08:59") == []
    (post,) = tick(quiet_monday, "2027-03-08 09:00")
    assert post.message.text == (
        "1 later this week\nGood morning, Ana. Nothing for today.\n"
        "*Later this week*\nThursday: Iron Peak CrossFit, next step"
    )
    for hour in ("09:01", "16:59"):
        assert tick(quiet_monday, f"2027-03-08 {hour}") == []
    assert tick(quiet_monday, "2027-03-09 09:00") == []


def test_after_a_holiday_it_comes_on_tuesday_and_away_it_does_not(team: Team) -> None:
    team.says("U1", "add Iron Peak CrossFit, gym, every year, <@U1>")
    wanted(team)
    team.says("U1", "next iron peak visit by 6/3")
    team.says("U1", "next iron peak email by 6/11")
    assert tick(team, "2027-05-31 10:00") == []
    (post,) = tick(team, "2027-06-01 09:00")
    assert "Thursday: Iron Peak CrossFit" in post.message.text
    tick(team, "2027-06-03 09:00")
    with team.store.change("T1", team.now, "preferences", "U1") as change:
        away = Preferences(is_week_ahead=True, away_until=date(2027, 6, 9))
        workspace.save_preferences(change, "U1", away)
    assert tick(team, "2027-06-07 09:00") == []


def test_nothing_comes_when_nothing_comes_up(team: Team) -> None:
    team.says("U1", "add Iron Peak CrossFit, gym, every year, <@U1>")
    team.says("U1", "next iron peak visit by 3/15")
    wanted(team)
    assert tick(team, "2027-03-08 12:00") == []


def test_it_stays_under_rows_that_were_pressed(planned: Team) -> None:
    wanted(planned)
    (post,) = tick(planned, "2027-03-08 09:00")
    planned.presses("U1", post.message, "Done", in_dm=True)
    tick(planned, "2027-03-08 09:05")
    assert post.edits == 1
    assert post.message.text.endswith(
        "call, done today.\n*Later this week*\n"
        "Wednesday: Iron Peak CrossFit, next step\nFriday: Iron Peak CrossFit, next step"
    )
    planned.presses("U1", post.message, "Undo", in_dm=True)
    tick(planned, "2027-03-15 08:00")
    assert "Later this week" not in post.message.text


@given(st.dates(date(2024, 1, 1), date(2029, 12, 31)))
def test_a_week_begins_once(day: date) -> None:
    week = [day - timedelta(days=day.weekday()) + timedelta(days=n) for n in range(7)]
    first = [one for one in week if US.is_working_day(one) and is_first_of_week(one, US)]
    assert first == [one for one in week if US.is_working_day(one)][:1]


def test_many_are_counted() -> None:
    many = [Upcoming(date(2027, 3, 9), f"P<{n}>", "check_in") for n in range(12)]
    said = with_week_ahead(say("Hello"), many).text
    assert said.count("Tuesday: P&lt;") == MOST_LINES
    assert said.endswith("and 5 more")
    assert with_week_ahead(say("Hello"), []) == say("Hello")
