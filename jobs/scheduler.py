"""APScheduler as a metronome: it keeps no state of ours, it only ticks.

A clock that is set back would silence its triggers, so a watch compares the wall clock with the
monotonic one and makes the next tick come at once when they part.
"""

import logging
import threading
import time
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from bot.domain.clock import Clock
from bot.domain.messenger import Messenger
from bot.store import Store, outbox
from bot.store.engine import JOB_PATIENCE
from jobs.deliver import deliver
from jobs.guard import attempt
from jobs.plan import plan

log = logging.getLogger(__name__)

TICK_SECONDS = 2
PRUNE_HOURS = 1
KEEP_EDITS = timedelta(days=30)
# The wall clock was moved when it parts from the monotonic one by more than this.
CLOCK_JUMP_SECONDS = 1.0
# A tick that is this late means that the timers have stopped.
OVERDUE_SECONDS = 10.0


class Scheduler:
    """Plans and delivers on every tick, and at once when woken."""

    def __init__(self, store: Store, messenger: Messenger, clock: Clock) -> None:
        self.store, self.messenger, self.clock = store, messenger, clock
        self._timers = BackgroundScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._wanted = threading.Event()
        self._stopping = threading.Event()
        self._watch = threading.Thread(target=self._watch_clock, name="clock-watch", daemon=True)
        self._ticked_at = time.monotonic()

    def start(self) -> None:
        """Start ticking."""
        # It warns whenever a tick outlasts its interval, which is no news here.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._timers.add_job(self.tick, "interval", seconds=TICK_SECONDS, id="tick")
        self._timers.add_job(self._prune, "interval", hours=PRUNE_HOURS, id="prune")
        self._timers.start()
        self._watch.start()
        self.wake()

    def wake(self) -> None:
        """Make the next tick come at once; if one is running, it goes round again."""
        self._wanted.set()
        if self._timers.running and not self._stopping.is_set():
            self._timers.modify_job("tick", next_run_time=datetime.now(UTC))

    def stop(self, timeout: float = 8.0) -> None:
        """Let the delivery that is under way end, and stop; waits at most `timeout` seconds."""
        self._stopping.set()
        if not self._timers.running:
            return
        ending = threading.Thread(target=self._timers.shutdown, daemon=True)
        ending.start()
        ending.join(timeout)

    def overdue(self) -> str | None:
        """Return why the timers are unwell, or None."""
        late = time.monotonic() - self._ticked_at
        return f"the last tick was {late:.0f} s ago" if late > OVERDUE_SECONDS else None

    def tick(self) -> None:
        """Plan and deliver until nothing is left to do."""
        is_busy = True
        while is_busy and not self._stopping.is_set():
            self._wanted.clear()
            self._ticked_at = time.monotonic()
            is_busy = bool(attempt(self._work, "tick")) or self._wanted.is_set()
        self._ticked_at = time.monotonic()

    def _work(self) -> bool:
        planned = plan(self.store, self.messenger, self.clock.now())
        return bool(deliver(self.store, self.messenger, self.clock) + planned)

    def _prune(self) -> None:
        attempt(self._forget_old_edits, "prune")

    def _forget_old_edits(self) -> None:
        with self.store.begin(JOB_PATIENCE) as connection:
            outbox.prune(connection, self.clock.now() - KEEP_EDITS)

    def _watch_clock(self) -> None:
        parted = time.time() - time.monotonic()
        while not self._stopping.wait(CLOCK_JUMP_SECONDS):
            now = time.time() - time.monotonic()
            if abs(now - parted) > CLOCK_JUMP_SECONDS:
                log.warning("the clock was moved by %.0f s", now - parted)
                self.wake()
            parted = now
