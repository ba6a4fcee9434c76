"""Killed, stopped and let down by Slack in the middle of sending: none lost, none twice."""

import random
from datetime import timedelta

import pytest

from bot.practice import Person, PracticeSlack
from tests.end_to_end.conftest import Starts
from tests.end_to_end.filled import (
    AFTER_LEASE,
    NINE,
    POST,
    fill_many,
    held_after,
    messages_each,
    shown_counts,
    states,
)
from tests.end_to_end.process import PATIENCE, Process, eventually

PEOPLE, ROUNDS, SEED = 60, 6, 20_270_303
LATER = timedelta(hours=1)

# What Slack does to two messages in a row.
FAULTS = (
    ({"kind": "http_error", "status": 500}, {"kind": "rate_limited", "retry_after": 1}),
    (
        {"kind": "http_error", "status": 503, "accepted": True},
        {"kind": "error", "error": "internal_error", "accepted": True},
    ),
    ({"kind": "cut", "accepted": False}, {"kind": "cut", "accepted": True}),
    ({"kind": "half"}, {"kind": "slow", "seconds": 0.3}),
)
SILENT = {"kind": "silent", "accepted": True}


@pytest.fixture
def people(slack: PracticeSlack, database_url: str) -> list[Person]:
    """Everybody is to check in with somebody this morning."""
    return fill_many(database_url, slack, PEOPLE)


def everybody_has_one(
    bot: Process, slack: PracticeSlack, people: list[Person], database: str
) -> None:
    """The proof, once all is settled: asked of Slack, and of the database."""
    # What a killed process had begun is freed, and soon taken up again: now.
    eventually(lambda: states(database)["running"] == 0)
    bot.set_clock(NINE + LATER)
    slack.wait_for(lambda: messages_each(slack, people)[0] == 0, PATIENCE)
    eventually(lambda: states(database)["delivered"] == len(people))
    assert bot.stop() == 0
    assert messages_each(slack, people) == {1: len(people)}
    assert states(database) == {"delivered": len(people)}
    assert shown_counts(database) == {1: len(people)}


def test_killed_again_and_again(
    starts: Starts, slack: PracticeSlack, people: list[Person], database_url: str
) -> None:
    chance, now = random.Random(SEED), NINE
    for number in range(ROUNDS):
        # No kill comes too late, and the first comes in the middle of a message.
        held = held_after(slack, PEOPLE // ROUNDS - 2)
        bot = starts(database_url, now)
        enough = len(slack.calls) + chance.randint(1, 2 * PEOPLE // ROUNDS)
        slack.wait_for(lambda: held.used or (number and len(slack.calls) >= enough), PATIENCE)  # noqa: B023
        bot.kill()
        slack.behave()
        now += AFTER_LEASE
    assert messages_each(slack, people)[0] > 0, "nothing was left to do: the kills came too late"
    bot = starts(database_url, now)
    everybody_has_one(bot, slack, people, database_url)
    assert slack.calls_of("conversations.history"), "no kill hit a delivery under way"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_killed_whatever_slack_was_doing(
    starts: Starts, slack: PracticeSlack, people: list[Person], database_url: str
) -> None:
    now, struck = NINE, 0
    for strikes in (*FAULTS, (SILENT,)):
        bot = starts(database_url, now)
        for facts in strikes:
            slack.misbehave(**facts, method=POST)
        struck += len(strikes)
        slack.wait_for(lambda: sum(bool(call.fault) for call in slack.calls) == struck, PATIENCE)  # noqa: B023
        bot.kill()
        slack.behave()
        now += AFTER_LEASE
    bot = starts(database_url, now)
    everybody_has_one(bot, slack, people, database_url)


def test_whatever_slack_does(
    starts: Starts, slack: PracticeSlack, people: list[Person], database_url: str
) -> None:
    strikes = [facts for both in FAULTS for facts in both]
    faults = [slack.misbehave(**facts, method=POST, times=2) for facts in strikes]
    faults.append(slack.misbehave("cut", "conversations.open", times=3))
    bot = starts(database_url, NINE)
    slack.wait_for(lambda: all(fault.is_spent for fault in faults), PATIENCE)
    everybody_has_one(bot, slack, people, database_url)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_stopped_in_the_middle_nothing_is_half_done(
    starts: Starts, slack: PracticeSlack, people: list[Person], database_url: str
) -> None:
    slack.misbehave("slow", POST, times=None, seconds=0.1)
    bot = starts(database_url, NINE)
    slack.wait_for(lambda: len(slack.calls_of(POST)) >= 8, PATIENCE)
    assert bot.stop() == 0
    sent = messages_each(slack, people)[1]
    assert 0 < sent < len(people)
    found = states(database_url)
    assert (found["running"], found["delivered"]) == (0, sent)
    slack.behave()
    bot = starts(database_url, NINE)
    everybody_has_one(bot, slack, people, database_url)


def test_stopped_in_time_while_slack_says_nothing(
    starts: Starts, slack: PracticeSlack, sqlite_url: str
) -> None:
    people = fill_many(sqlite_url, slack, 5)
    slack.misbehave(**SILENT, method=POST, times=None)
    bot = starts(sqlite_url, NINE)
    slack.wait_for(lambda: slack.calls_of(POST), PATIENCE)
    assert bot.stop() == 0
    slack.behave()
    bot = starts(sqlite_url, NINE + AFTER_LEASE)
    everybody_has_one(bot, slack, people, sqlite_url)
