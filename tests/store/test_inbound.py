"""An event that comes more than once: one works on it at a time, and once is enough."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from bot.store import Store, inbound
from bot.store.inbound import LEASE, Turn
from tests.conftest import NOW

SECOND = timedelta(seconds=1)


def turn(store: Store, after: timedelta = timedelta(), event: str = "event:Ev1") -> Turn:
    return inbound.begin(store, "T1", event, NOW + after)


def test_one_at_a_time_until_it_is_over(store: Store) -> None:
    assert turn(store) is Turn.MINE
    assert turn(store, LEASE) is Turn.ANOTHERS
    assert turn(store, event="event:Ev2") is Turn.MINE
    inbound.end(store, "T1", "event:Ev1", NOW)
    assert turn(store, 10 * LEASE) is Turn.OVER
    inbound.end(store, "T1", "event:Ev1", NOW)


def test_who_was_cut_off_is_followed_by_one(store: Store) -> None:
    assert turn(store) is Turn.MINE
    assert turn(store, LEASE + SECOND) is Turn.MINE_AFTER_ANOTHER
    assert turn(store, LEASE + 2 * SECOND) is Turn.ANOTHERS


def test_a_clock_that_was_set_back_holds_nobody_up(store: Store) -> None:
    assert turn(store) is Turn.MINE
    assert turn(store, -LEASE - SECOND) is Turn.MINE_AFTER_ANOTHER


def test_of_many_at_once_one_gets_it(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: turn(store), range(8)))
    assert sorted(one.name for one in found) == ["ANOTHERS"] * 7 + ["MINE"]
