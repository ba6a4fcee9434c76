"""The timer: it wakes, goes round again, stops in time, and says when it is unwell."""

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

import jobs.scheduler
from bot.domain.clock import MovableClock
from bot.store import Store, outbox
from bot.store.outbox import Planned
from bot.store.prune import KEEP_EDITS
from bot.store.schema import deliveries
from jobs.scheduler import OVERDUE_SECONDS, TICK_SECONDS, Scheduler
from tests.conftest import NOW, TEAM
from tests.jobs.test_messages import Fixed, at
from tests.speaker import Inbox, Team

# An upper bound for what takes milliseconds.
LONG = 30.0


class Counting(Scheduler):
    """A scheduler whose work can be watched, held and made to fail."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.rounds = 0
        self.during: Callable[[], object] = lambda: None
        self.changed = threading.Condition()

    def _look(self) -> None:
        with self.changed:
            self.rounds += 1
            self.changed.notify_all()
        self.during()

    def wait_for(self, rounds: int) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: self.rounds >= rounds, LONG)


def tick_and_rest(team: Team) -> None:
    timer = Scheduler(team.store, team.inbox, Fixed(at("2027-03-17 09:00")))
    assert timer.catch_up(LONG)
    timer.stop()


@pytest.fixture
def clock() -> MovableClock:
    return Fixed(NOW)


@pytest.fixture
def timer(
    store: Store, inbox: Inbox, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Counting]:
    """A timer that ticks once an hour by itself, so that only waking makes it tick."""
    monkeypatch.setattr(jobs.scheduler, "TICK_SECONDS", 3600)
    monkeypatch.setattr(jobs.scheduler, "CLOCK_JUMP_SECONDS", 0.02)
    made = Counting(store, inbox, clock)
    yield made
    made.stop(LONG)


def test_it_begins_at_once(timer: Counting) -> None:
    timer.start()
    assert timer.wait_for(1)


def test_waking_makes_it_tick(timer: Counting) -> None:
    timer.start()
    assert timer.wait_for(1)
    before = timer.rounds
    timer.wake()
    assert timer.wait_for(before + 1)


def test_woken_during_a_tick_it_goes_round_again(timer: Counting) -> None:
    def wake_once() -> None:
        timer.during = lambda: None
        timer.wake()

    timer.during = wake_once
    timer.tick()
    assert timer.rounds == 2


def test_it_goes_on_while_there_is_something_to_do(team: Team) -> None:
    for user in ("U1", "U2", "U4"):
        for number in range(3):
            team.says(user, f"add {user} Gym {number}, gym, every 2 weeks, <@{user}>")
    tick_and_rest(team)
    assert len(team.inbox.posts) == 3


def test_what_takes_long_is_not_waited_for_for_ever(team: Team) -> None:
    team.says("U1", "add Iron Peak, gym, every 2 weeks, <@U1>")
    is_over = threading.Event()

    class Slow(type(team.inbox)):
        def send(self, *args: Any) -> Any:
            assert is_over.wait(LONG)
            return team.inbox.send(*args)

    timer = Scheduler(team.store, Slow(team.inbox.profiles), Fixed(at("2027-03-17 09:00")))
    assert not timer.catch_up(0.01)
    is_over.set()
    assert timer.catch_up(LONG)
    assert len(team.inbox.posts) == 1
    timer.stop()


def test_a_tick_that_fails_does_not_stop_the_timer(
    timer: Counting, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise KeyError("on purpose")

    timer.during = fail
    timer.start()
    assert timer.wait_for(1)
    before = timer.rounds
    timer.wake()
    assert timer.wait_for(before + 1)
    assert any(record.exc_info for record in caplog.records)


def test_once_stopped_it_does_nothing_more(timer: Counting) -> None:
    timer.start()
    assert timer.wait_for(1)
    timer.stop(LONG)
    before = timer.rounds
    timer.wake()
    timer.tick()
    assert timer.rounds == before


def test_one_that_never_started_stops(timer: Counting) -> None:
    timer.stop(LONG)


def test_a_stuck_tick_is_overdue(timer: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    assert timer.overdue() is None
    timer._ticked_at -= OVERDUE_SECONDS + 1
    assert "the last tick was" in (timer.overdue() or "")
    timer.tick()
    assert timer.overdue() is None


def test_ticks_come_more_often_than_they_are_overdue() -> None:
    assert TICK_SECONDS * 3 < OVERDUE_SECONDS


def test_a_clock_that_is_moved_wakes_it(timer: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    timer.start()
    assert timer.wait_for(1)
    before = timer.rounds

    class SetBack:
        """The time module of a machine whose wall clock was set back by an hour."""

        time = staticmethod(lambda: jobs_time.time() - 3600)
        monotonic = staticmethod(lambda: jobs_time.monotonic())

    jobs_time = jobs.scheduler.time
    monkeypatch.setattr(jobs.scheduler, "time", SetBack)
    assert timer.wait_for(before + 1)


def test_old_edits_are_forgotten(store: Store, inbox: Inbox) -> None:
    with store.begin() as connection:
        outbox.plan(connection, TEAM, [Planned("a", outbox.ALONE, "U1")], NOW)
        outbox.arm_edit(connection, TEAM, 1, NOW)
        connection.execute(sa.update(deliveries).values(settled_at=NOW, state=outbox.DELIVERED))
    Scheduler(store, inbox, Fixed(NOW + KEEP_EDITS))._prune()
    with store.peek() as connection:
        assert outbox.counts(connection) == {outbox.DELIVERED: 2}
    Scheduler(store, inbox, Fixed(NOW + KEEP_EDITS + timedelta(seconds=1)))._prune()
    with store.peek() as connection:
        assert outbox.counts(connection) == {outbox.DELIVERED: 1}


def test_a_person_whose_planning_fails_does_not_hold_up_the_others(
    team: Team, caplog: pytest.LogCaptureFixture
) -> None:
    for user in ("U1", "U2"):
        team.says(user, f"add {user} Gym, gym, every 2 weeks, <@{user}>")
    profile = team.inbox.profile

    def fail_for_one(workspace: str, member: str) -> Any:
        if member == "U1":
            raise KeyError("poison")
        return profile(workspace, member)

    team.inbox.profile = fail_for_one  # type: ignore[method-assign]
    tick_and_rest(team)
    assert [post.member for post in team.inbox.posts] == ["U2"]
    assert any(record.levelno == logging.ERROR for record in caplog.records)


def test_a_leap_of_the_clock_brings_a_round(
    timer: Counting, clock: Fixed, monkeypatch: pytest.MonkeyPatch
) -> None:
    came = threading.Event()
    monkeypatch.setattr(jobs.scheduler, "ROUNDS", (lambda *_: came.set(),))
    monkeypatch.setattr(timer, "_look", lambda: Scheduler._look(timer))
    timer.start()
    timer.tick()
    assert not came.is_set()
    clock.at += timedelta(minutes=2)
    timer.tick()
    assert came.wait(LONG)
