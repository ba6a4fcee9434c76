"""How many due rows a second go the whole way, beside the others and the least there is to do."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from statistics import median

import jobs.deliver
from bot.store import Store
from jobs.deliver import GROUP
from jobs.lane import FIRST_GROUP, work
from tests.bench import floor, seed
from tests.bench.figure import Figure, at_least
from tests.bench.peers import PEERS, Peer
from tests.bench.place import SQLITE, Place
from tests.bench.quiet import Quiet, Still
from tests.bench.setting import Setting

# One by one takes so much longer that fewer rows tell as much.
ONE_BY_ONE = 2_000
# Seconds by the clock on the wall, and of CPU.
Took = tuple[float, float]
SINGLE, BATCHED = "job by job", "batched"


@dataclass(frozen=True, slots=True)
class Speed:
    """Rows a second by the clock on the wall, and what a row costs this process in CPU time.

    The second says more than the first on a machine that does much else meanwhile.
    """

    rows: float
    cpu_ms: float

    def figure(self, where: str, who: str) -> Figure:
        return Figure(where, who, self.rows, "rows/s", note=f"{self.cpu_ms:.3f} ms of CPU a row")


def measure(place: Place, setting: Setting) -> Iterator[Figure]:
    for kind in place.kinds:
        ours = yield from _ours(place, kind, setting)
        yield from _floors(place, kind, setting)
        if setting.has_peers:
            for peer in PEERS:
                if kind in peer.kinds:
                    yield from _peer(place, kind, setting, peer, ours)


def _ours(place: Place, kind: str, setting: Setting) -> Iterator[Figure]:
    found: dict[str, Speed] = {}
    for rows in setting.sizes:
        where = f"{kind}, {rows:,} due"
        speed = _speed(setting, rows, partial(_our_run, place, kind, rows, None))
        found.setdefault(BATCHED, speed)
        yield speed.figure(where, f"ours, groups of up to {GROUP}")
    few = min(setting.rows, ONE_BY_ONE)
    where = f"{kind}, {few:,} due"
    found[SINGLE] = _speed(setting, few, partial(_our_run, place, kind, few, None, True))
    yield found[SINGLE].figure(where, "ours, each settled by itself")
    alone = _speed(setting, few, partial(_our_run, place, kind, few, 1))
    yield alone.figure(where, "ours, each claimed and settled by itself")
    return found


def _our_run(
    place: Place, kind: str, rows: int, size: int | None, is_each_settled: bool = False
) -> Took:
    with place.store(kind) as store, _each_settled() if is_each_settled else nullcontext():
        seed.practice(store, rows, rows)
        messenger = Quiet()
        took = _timed(partial(drained, store, messenger, size))
        assert messenger.count == rows, f"{messenger.count} of {rows} were delivered"
        return took


@contextmanager
def _each_settled() -> Iterator[None]:
    """Settle each message before the next is sent, as happens when Slack takes its time."""
    usual, jobs.deliver.SETTLED_WITHIN = jobs.deliver.SETTLED_WITHIN, 0.0
    try:
        yield
    finally:
        jobs.deliver.SETTLED_WITHIN = usual


def drained(store: Store, messenger: Quiet, size: int | None) -> None:
    """Plan and deliver until nothing is left, as a lane does; `size` holds groups at that."""
    done, following = 1, size or FIRST_GROUP
    while done:
        done, following = work(store, messenger, Still(), seed.TEAM, size or following)


def _floors(place: Place, kind: str, setting: Setting) -> Iterator[Figure]:
    for label, size in ((f"by the batch of {GROUP}", GROUP), ("row by row", 1)):
        rows = setting.rows if size > 1 else min(setting.rows, ONE_BY_ONE)
        speed = _speed(setting, rows, partial(_floor_run, place, kind, rows, size))
        yield speed.figure(f"{kind}, {rows:,} due", f"a bare table {label}")


def _floor_run(place: Place, kind: str, rows: int, size: int) -> Took:
    with place.store(kind) as store:
        floor.fill(store, rows)
        return _timed(partial(floor.drain, store, size))


def _peer(
    place: Place, kind: str, setting: Setting, peer: Peer, ours: dict[str, Speed]
) -> Iterator[Figure]:
    for label, knobs in ((BATCHED, peer.batched), (SINGLE, peer.single)):
        if knobs is None:
            continue
        rows = min(setting.rows, peer.most if label == BATCHED else ONE_BY_ONE)
        where, who = f"{kind}, {rows:,} due", f"{peer.name}, {label}"
        try:
            speed = _speed(setting, rows, partial(_peer_run, place, kind, peer, rows, knobs))
        except Exception as error:  # noqa: BLE001 - a peer that cannot run is said to be so
            yield Figure(where, who, None, "rows/s", note=f"cannot run: {error!r:.120}")
            continue
        yield speed.figure(where, who)
        ratio = ours[label].rows / speed.rows
        yield at_least(where, f"ours over {peer.name}, {label}", ratio, 1)
        if peer.module == "job_store" and kind == SQLITE:
            ratio = ours[BATCHED].rows / speed.rows
            yield at_least(where, f"ours, in groups, over {peer.name}", ratio, 20)


def _peer_run(place: Place, kind: str, peer: Peer, rows: int, knobs: dict) -> Took:
    library, sent = peer.load(), []
    with place.empty(kind) as url:
        library.fill(url, [f"U{n}" for n in range(rows)])
        took = _timed(partial(library.drain, url, sent.append, rows, **knobs))
    assert len(set(sent)) == rows, f"{len(set(sent))} of {rows} were delivered"
    return took


def _speed(setting: Setting, rows: int, run: Callable[[], Took]) -> Speed:
    """The median speed of some runs, of fewer when they take long."""
    took: list[Took] = []
    while len(took) < setting.runs and sum(wall for wall, _ in took) < setting.seconds:
        took.append(run())
    wall, cpu = (median(column) for column in zip(*took, strict=True))
    return Speed(rows / wall, 1000 * cpu / rows)


def _timed(run: Callable[[], object]) -> Took:
    logging.disable(logging.WARNING)
    began, spent = time.perf_counter(), time.process_time()
    run()
    took = time.perf_counter() - began, time.process_time() - spent
    logging.disable(logging.NOTSET)
    return took
