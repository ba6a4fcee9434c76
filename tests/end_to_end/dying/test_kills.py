"""Several workers, each killed at random points and begun again: none lost, none twice."""

import random
from datetime import timedelta

import pytest

from bot.practice import Person, PracticeSlack
from tests.end_to_end.conftest import Starts
from tests.end_to_end.dying.conftest import Size
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

SEED = 20_270_303
# The sum of all steps stays inside the working day, for what waits would be told the next one.
HOURS = timedelta(hours=7, minutes=30)


def test_workers_killed_again_and_again(
    starts: Starts, slack: PracticeSlack, people: list[Person], database_url: str, size: Size
) -> None:
    chance, now = random.Random(SEED), NINE
    step = min(AFTER_LEASE, HOURS / size.kills)
    count = chance.randint(2, 4) if size.kills > 10 else 2
    share = len(people) // size.kills
    # No kill comes when all is done.
    held = held_after(slack, share - 2 - count)
    workers = [starts(database_url, now, role="JOBS") for _ in range(count)]
    for _ in range(size.kills):
        enough = len(slack.calls) + chance.randint(1, 2 * share)
        slack.wait_for(lambda: held.used or len(slack.calls) >= enough, PATIENCE)  # noqa: B023
        victim = chance.randrange(count)
        workers[victim].kill()
        slack.behave()
        held = held_after(slack, share - 2 - count)
        now += step
        for worker in workers:
            if worker is not workers[victim]:
                worker.set_clock(now)
        workers[victim] = starts(database_url, now, role="JOBS")
    slack.behave()
    _all_have_one(slack, people, database_url, workers)
    print(f"{size.kills} kills of {count} workers: 0 of {len(people)} lost, 0 twice")  # noqa: T201


def _all_have_one(
    slack: PracticeSlack, people: list[Person], database: str, workers: list[Process]
) -> None:
    for worker in workers:
        worker.set_clock(NINE + HOURS)
    eventually(lambda: states(database) == {"delivered": len(people)}, 4 * PATIENCE)
    assert [worker.stop() for worker in workers] == [0] * len(workers)
    assert messages_each(slack, people) == {1: len(people)}
    assert shown_counts(database) == {1: len(people)}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_that_start_together_share_the_work(
    starts: Starts, slack: PracticeSlack, database_url: str, size: Size
) -> None:
    many = fill_many(database_url, slack, size.shared)
    held = slack.misbehave("slow", POST, times=2, seconds=PATIENCE)
    slack.misbehave("slow", POST, times=None, seconds=0.01)
    workers = [starts(database_url, NINE - timedelta(hours=1), role="JOBS") for _ in range(2)]
    for worker in workers:
        worker.set_clock(NINE)
    # Each has a message under way.
    slack.wait_for(lambda: len(slack.calls_of(POST)) == 2, PATIENCE)
    held.stop()
    within = PATIENCE + size.shared / 20
    eventually(lambda: states(database_url) == {"delivered": len(many)}, within)
    assert [worker.stop() for worker in workers] == [0, 0]
    assert messages_each(slack, many) == {1: len(many)}
    shares = [worker.output.count("event=delivered") for worker in workers]
    assert sum(shares) == len(many)
    assert min(shares) >= len(many) / 5, shares
