"""The clock leaps or is set back while the bot runs: nothing twice, and it goes on at once."""

from datetime import timedelta

import pytest

from bot.practice import PracticeSlack
from jobs.scheduler import TICK_SECONDS
from tests.end_to_end.conftest import Starts
from tests.end_to_end.filled import NINE, fill, fill_many, messages_each, states
from tests.end_to_end.process import PATIENCE, eventually

LEAPS = [timedelta(hours=1), timedelta(days=30), -timedelta(hours=1), -timedelta(days=1)]


@pytest.mark.parametrize("leap", LEAPS, ids=str)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_leap_of_the_clock(
    starts: Starts, slack: PracticeSlack, database_url: str, leap: timedelta
) -> None:
    # Ten o'clock, so that an hour back is still in working hours.
    now, people = NINE + timedelta(hours=1), fill_many(database_url, slack, 3)
    bot = starts(database_url, now, role="JOBS")
    eventually(lambda: states(database_url) == {"delivered": len(people)})
    new = slack.add_user("new")
    bot.set_clock(now + leap)
    # Due on any day to which the clock can leap, and known only now.
    due_on = (now + leap - timedelta(days=7)).date()
    fill(database_url, slack, {"Newcomer Clinic": new}, due_on)
    slack.wait_for(lambda: slack.dms(new), 2 * TICK_SECONDS + PATIENCE)
    again = 2 if leap > timedelta(days=1) else 1
    slack.wait_for(lambda: messages_each(slack, people) == {again: len(people)}, PATIENCE)
    assert bot.stop() == 0
    assert messages_each(slack, people) == {again: len(people)}
    assert len(slack.dms(new)) == 1
