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
