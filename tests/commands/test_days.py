"""A day that somebody types is a day in their own zone."""

from datetime import UTC, datetime

import pytest

from bot.domain.member import Profile
from tests.commands.looking import ONE_DATABASE
from tests.speaker import Team

pytestmark = ONE_DATABASE


@pytest.fixture
def far(clinic: Team) -> Team:
    """Luis is in Honolulu; it is past midnight in New York and the evening before there."""
    clinic.inbox.profiles["U5"] = Profile("Kai", "Pacific/Honolulu")
    clinic.now = datetime(2027, 3, 4, 6, 0, tzinfo=UTC)
    return clinic


@pytest.mark.parametrize(("user", "day"), [("U1", "Thu, Mar 4"), ("U5", "Wed, Mar 3")])
def test_today_is_a_persons_own(far: Team, user: str, day: str) -> None:
    assert "today" in far.says(user, "called harbor").text
    assert f"• {day}: Call by <@{user}>" in far.says(user, "harbor").text


@pytest.mark.parametrize(("user", "day"), [("U1", "2027-03-03"), ("U5", "2027-03-02")])
def test_yesterday_too(far: Team, user: str, day: str) -> None:
    far.says(user, "refer harbor yesterday")
    with far.store.peek() as connection:
        rows = connection.exec_driver_sql("SELECT received_on FROM referrals").all()
    assert [str(row[0]) for row in rows] == [day]


@pytest.mark.parametrize(("user", "said"), [("U1", "by Thu, Mar 11"), ("U5", "by Thu, Mar 4")])
def test_next_thursday_is_counted_from_there(far: Team, user: str, said: str) -> None:
    assert said in far.says(user, "next harbor call by Thursday").text


def test_a_day_that_has_come_for_one_has_not_for_the_other(far: Team) -> None:
    assert "✓" in far.says("U1", "refer harbor 3/4").text
    later = far.says("U5", "harbor came in")
    assert "R-1001 was received later, tomorrow. Nothing was changed." in later.text
