"""Each workspace has a lane of its own: a slow Slack holds up nobody else."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from bot.domain.clock import Clock
from bot.domain.messenger import Messenger
from bot.store import Store
from jobs.deliver import GROUP, SETTLED_WITHIN, deliver
from jobs.guard import attempt
from jobs.plan import plan
from jobs.watch import UNWATCHED, Watch

LANES = 8
# A group begins this small, because what is in it is looked for in Slack if this process dies.
FIRST_GROUP = 5
# How long a workspace with much to do keeps a lane before the next one gets it.
TURN_SECONDS = 5.0


def work(
    store: Store,
    messenger: Messenger,
    clock: Clock,
    team: str,
    size: int,
    watch: Watch = UNWATCHED,
) -> tuple[int, int]:
    """Plan and deliver once in a workspace; returns how much was done, and the next group's size.

    A group that is done quickly is followed by one twice as large, a slow one by a small one.
    """
    started = time.monotonic()
    done = plan(store, messenger, team, clock.now())
    done += deliver(store, messenger, clock, team, size, watch)
    is_quick = time.monotonic() - started < SETTLED_WITHIN
    return done, min(GROUP, 2 * size) if is_quick else FIRST_GROUP


class Lanes:
    """Works on several workspaces at once, on each in one thread at a time."""

    def __init__(
        self, store: Store, messenger: Messenger, clock: Clock, watch: Watch = UNWATCHED
    ) -> None:
        self.store, self.messenger, self.clock, self.watch = store, messenger, clock, watch
        self._pool = ThreadPoolExecutor(LANES, thread_name_prefix="lane")
        # The workspaces at work or in the queue, each with whether to go round once more.
        self._busy: dict[str, bool] = {}
        self._changed = threading.Condition()
        self._stopping = threading.Event()

    def start(self, team: str) -> None:
        """Work on a workspace, or once more when that is under way."""
        with self._changed:
            if not self._stopping.is_set():
                if team not in self._busy:
                    self._pool.submit(self._take_turn, team)
                self._busy[team] = team in self._busy

    def rest(self, timeout: float) -> bool:
        """Wait until no lane is at work; False when that took too long."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._busy, timeout)

    def stop(self, timeout: float) -> None:
        """Let what is under way end; waits at most `timeout` seconds."""
        with self._changed:
            self._stopping.set()
        self._pool.shutdown(wait=False)
        self.rest(timeout)

    def _take_turn(self, team: str) -> None:
        with self._changed:
            self._busy[team] = False
        has_more = bool(attempt(partial(self._work, team), f"work for {team}"))
        with self._changed:
            if (self._busy[team] or has_more) and not self._stopping.is_set():
                # Behind all others that wait.
                self._pool.submit(self._take_turn, team)
            else:
                del self._busy[team]
                self._changed.notify_all()

    def _work(self, team: str) -> int:
        until, size = time.monotonic() + TURN_SECONDS, FIRST_GROUP
        while True:
            done, size = work(self.store, self.messenger, self.clock, team, size, self.watch)
            if not done or time.monotonic() >= until or self._stopping.is_set():
                return done
