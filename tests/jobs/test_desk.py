"""The desk's question of the day: when it comes, what it offers, what its buttons record."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.errors import Uncertain
from bot.store import workspace
from bot.store.schema import deliveries
from tests.invariants import check
from tests.jobs.test_messages import at, labels, tick
from tests.speaker import Team


@pytest.fixture
def desk(team: Team) -> Team:
    """Jo at the front desk, Riverside with two open referrals, Dr. Lee with one."""
    with team.store.begin() as connection:
        workspace.save(connection, "T1", "U4", role="desk")
    for text in ("add Riverside Orthopedics, ortho", "add Dr. Amy Lee, physician"):
        team.says("U3", text)
    for name in ("riverside", "riverside", "dr amy lee"):
        team.says("U3", f"refer {name}")
    tick(team)
    return team


def test_it_comes_once_a_day_at_half_past_four(desk: Team) -> None:
    assert tick(desk, "2027-03-03 16:29") == []
    (post,) = tick(desk, "2027-03-03 16:30")
    assert post.member == "U4"
    assert "Any first evaluations today?" in post.message.text
    assert labels(post.message) == ["Riverside Orthopedics", "Dr. Amy Lee", "Someone else", "None"]
    assert tick(desk, "2027-03-03 16:45") == []
    assert [p.member for p in tick(desk, "2027-03-04 16:31")] == ["U4"]


def test_a_press_records_one_and_can_be_taken_back(desk: Team) -> None:
    (post,) = tick(desk, "2027-03-03 16:30")
    said = desk.presses("U4", post.message, "Riverside Orthopedics")
    assert said is not None
    assert "✓ *R-1001 from Riverside Orthopedics came in*, today" in said.text
    assert labels(said) == ["One more of theirs", "Undo"]
    twice = desk.presses("U4", post.message, "Riverside Orthopedics")
    assert twice is not None
    assert twice.text == "R-1001 from Riverside Orthopedics is closed already."
    more = desk.presses("U4", twice, "One more of theirs")
    assert more is not None
    assert "✓ *R-1002" in more.text
    assert labels(more) == ["Undo"]
    desk.presses("U4", more, "Undo")
    assert "1 came in" in desk.says("U4", "show riverside").text
    check(desk.store, desk.now.date())


def test_pressed_the_next_morning_it_counts_for_its_day(desk: Team) -> None:
    (post,) = tick(desk, "2027-03-03 16:30")
    desk.now = at("2027-03-04 08:30")
    said = desk.presses("U4", post.message, "Dr. Amy Lee")
    assert said is not None
    assert "came in*, yesterday" in said.text


@pytest.mark.parametrize(
    ("label", "says"), [("None", "None today"), ("Someone else", "/partner evals")]
)
def test_the_other_buttons_only_say_something(desk: Team, label: str, says: str) -> None:
    (post,) = tick(desk, "2027-03-03 16:30")
    said = desk.presses("U4", post.message, label)
    assert said is not None
    assert says in said.text


@pytest.mark.parametrize("day", ["2027-03-06 16:30", "2027-03-07 16:30", "2027-05-31 16:30"])
def test_on_days_off_nobody_is_asked(desk: Team, day: str) -> None:
    assert [post for post in tick(desk, day) if post.member == "U4"] == []


def test_after_hours_it_is_left_out(desk: Team) -> None:
    assert tick(desk, "2027-03-03 17:00") == []
    assert tick(desk, "2027-03-04 09:00") == []


def test_with_no_open_referral_nobody_is_nagged(desk: Team) -> None:
    for name in ("riverside 2", "dr amy lee"):
        desk.says("U3", f"evals {name}")
    assert tick(desk, "2027-03-03 16:30") == []
    desk.says("U3", "refer riverside")
    assert [post.member for post in tick(desk, "2027-03-04 16:30")] == ["U4"]


def test_delayed_past_its_day_it_is_not_said(desk: Team) -> None:
    desk.inbox.failing = [Uncertain("timeout")]
    assert tick(desk, "2027-03-03 16:59") == []
    assert tick(desk, "2027-03-04 09:30") == []
    with desk.store.peek() as connection:
        query = sa.select(deliveries.c.state).where(deliveries.c.kind == "desk")
        assert connection.execute(query).scalars().all() == ["cancelled"]


def test_cut_after_slack_took_it_is_not_said_twice(desk: Team) -> None:
    desk.inbox.cut = [Uncertain("line cut")]
    assert len(tick(desk, "2027-03-03 16:30")) == 1
    assert tick(desk, at("2027-03-03 16:30") + timedelta(minutes=10)) == []


def test_where_the_person_lives_it_is_half_past_four(desk: Team) -> None:
    with desk.store.begin() as connection:
        workspace.save(connection, "T1", "U4", zone="America/Chicago")
    assert tick(desk, "2027-03-03 16:30") == []
    assert len(tick(desk, "2027-03-03 17:30")) == 1
