"""A worker that stood still past its lease: what it does late changes nothing."""

import signal

import sqlalchemy as sa

from bot.practice import PracticeSlack
from bot.store.schema import deliveries
from tests.end_to_end.conftest import Starts
from tests.end_to_end.filled import AFTER_LEASE, NINE, fill_many, messages_each, opened, states
from tests.end_to_end.process import PATIENCE, eventually


def test_the_late_settle_of_a_stopped_worker_is_refused(
    starts: Starts, slack: PracticeSlack, database_url: str
) -> None:
    people = fill_many(database_url, slack, 1)
    # Slack has the message; the worker is stopped before it hears so.
    slow = slack.misbehave("slow", "chat.postMessage", seconds=PATIENCE)
    first = starts(database_url, NINE, role="JOBS")
    slack.wait_for(lambda: messages_each(slack, people)[1] == 1, PATIENCE)
    first.send(signal.SIGSTOP)
    assert slow.is_spent
    assert states(database_url) == {"running": 1}
    slow.stop()
    second = starts(database_url, NINE + AFTER_LEASE, role="JOBS")
    eventually(lambda: states(database_url)["running"] == 0)
    second.set_clock(NINE + 2 * AFTER_LEASE)
    eventually(lambda: states(database_url) == {"delivered": 1})
    settled = _row(database_url)
    first.send(signal.SIGCONT)
    first.says("event=overtaken")
    assert _row(database_url) == settled
    assert messages_each(slack, people) == {1: 1}


def _row(database: str) -> dict:
    with opened(database) as store, store.peek() as connection:
        return dict(connection.execute(sa.select(deliveries)).mappings().one())
