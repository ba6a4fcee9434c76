"""Lanes: one for each workspace, so that a slow one holds up nobody else."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

import jobs.lane
from jobs.deliver import GROUP
from jobs.lane import FIRST_GROUP, LANES, Lanes
from tests.conftest import NOW
from tests.jobs.test_messages import Fixed
from tests.speaker import Inbox

# An upper bound for what takes milliseconds.
LONG = 30.0


class Work:
    """Stands for planning and delivering: what was worked on, and what is held up."""

    def __init__(self) -> None:
        self.done: list[tuple[str, int]] = []
        self.changed = threading.Condition()
        self.waiting: dict[str, int] = {}
        self.held: dict[str, threading.Event] = {}
        self.reached = threading.Event()

    def __call__(self, *args: Any) -> tuple[int, int]:
        team, size = args[3:5]
        if team in self.held:
            self.reached.set()
            self.held[team].wait(LONG)
        with self.changed:
            self.done.append((team, size))
            self.changed.notify_all()
        self.waiting[team] = max(0, self.waiting.get(team, 0) - size)
        return self.waiting[team], 2 * size

    def wait_for(self, count: int) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: len(self.done) >= count, LONG)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    made = Work()
    monkeypatch.setattr(jobs.lane, "work", made)
    return made


@pytest.fixture
def lanes(work: Work) -> Iterator[Lanes]:
    made = Lanes(None, None, Fixed(NOW))  # type: ignore[arg-type]
    yield made
    for held in work.held.values():
        held.set()
    made.stop(LONG)


def test_a_lane_goes_on_until_nothing_is_left_in_growing_groups(lanes: Lanes, work: Work) -> None:
    work.waiting["T1"] = 30
    lanes.start("T1")
    assert lanes.rest(LONG)
    assert work.done == [("T1", FIRST_GROUP * 2**n) for n in range(3)]


def test_a_slow_workspace_holds_up_nobody_else(lanes: Lanes, work: Work) -> None:
    work.held["slow"] = threading.Event()
    lanes.start("slow")
    assert work.reached.wait(LONG)
    others = [f"T{n}" for n in range(3 * LANES)]
    for team in others:
        lanes.start(team)
    assert work.wait_for(len(others))
    assert not lanes.rest(0)
    work.held["slow"].set()
    assert lanes.rest(LONG)
    assert sorted(team for team, _ in work.done) == sorted(["slow", *others])
    assert work.done[-1][0] == "slow"


def test_started_while_at_work_it_goes_round_once_more(lanes: Lanes, work: Work) -> None:
    work.held["T1"] = threading.Event()
    lanes.start("T1")
    assert work.reached.wait(LONG)
    for _ in range(5):
        lanes.start("T1")
    work.held["T1"].set()
    assert lanes.rest(LONG)
    assert [team for team, _ in work.done] == ["T1", "T1"]


def test_whoever_has_much_to_do_lets_others_pass(
    lanes: Lanes, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs.lane, "TURN_SECONDS", 0.0)
    monkeypatch.setattr(lanes, "_pool", jobs.lane.ThreadPoolExecutor(1))
    work.waiting["big"], work.held["big"] = 3 * FIRST_GROUP, threading.Event()
    lanes.start("big")
    assert work.reached.wait(LONG)
    lanes.start("small")
    work.held["big"].set()
    assert lanes.rest(LONG)
    assert [team for team, _ in work.done][:2] == ["big", "small"]
    assert work.waiting["big"] == 0


def test_work_that_fails_frees_its_lane(
    lanes: Lanes, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> tuple[int, int]:
        raise KeyError("on purpose")

    monkeypatch.setattr(jobs.lane, "work", fail)
    lanes.start("T1")
    assert lanes.rest(LONG)
    monkeypatch.setattr(jobs.lane, "work", work)
    lanes.start("T1")
    assert lanes.rest(LONG)
    assert work.done == [("T1", FIRST_GROUP)]


def test_stopping_lets_what_is_under_way_end(lanes: Lanes, work: Work) -> None:
    work.held["T1"] = threading.Event()
    lanes.start("T1")
    assert work.reached.wait(LONG)
    stopping = threading.Thread(target=lanes.stop, args=(LONG,))
    stopping.start()
    work.held["T1"].set()
    stopping.join(LONG)
    assert [team for team, _ in work.done] == ["T1"]
    lanes.start("T2")
    assert lanes.rest(LONG)
    assert [team for team, _ in work.done] == ["T1"]


def test_stopping_waits_no_longer_than_it_was_told(lanes: Lanes, work: Work) -> None:
    work.held["T1"] = threading.Event()
    lanes.start("T1")
    assert work.reached.wait(LONG)
    lanes.stop(0.05)
    assert work.done == []


@pytest.mark.parametrize(("seconds", "following"), [(0.0, 10), (2.0, FIRST_GROUP)])
def test_a_slow_group_is_followed_by_a_small_one(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch, seconds: float, following: int
) -> None:
    times = iter((0.0, seconds))
    clock = type("clock", (), {"monotonic": staticmethod(lambda: next(times))})
    monkeypatch.setattr(jobs.lane, "time", clock)
    monkeypatch.setattr(jobs.lane, "plan", lambda *_: 0)
    monkeypatch.setattr(jobs.lane, "deliver", lambda *_: 1)
    assert jobs.lane.work(None, inbox, Fixed(NOW), "T1", 5) == (1, following)  # type: ignore[arg-type]
    assert following <= GROUP
