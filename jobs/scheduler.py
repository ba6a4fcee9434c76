"""APScheduler as a metronome: it keeps no state of ours, it only ticks.

A clock that is set back would silence its triggers, so a watch compares the wall clock with the
monotonic one and makes the next tick come at once when they part.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from apscheduler.schedulers.background import BackgroundScheduler

from bot.domain.clock import Clock
from bot.domain.messenger import Messenger
from bot.store import Store, agenda
from jobs import back, desk, digest, week_ahead
from jobs.guard import attempt
from jobs.lane import Lanes
from jobs.prune import prune
from jobs.retention import blank_old_notes
from jobs.watch import UNWATCHED, Watch

log = logging.getLogger(__name__)

TICK_SECONDS = 2
ROUND_SECONDS = 60
PRUNE_HOURS = 1
# The wall clock was moved when it parts from the monotonic one by more than this.
CLOCK_JUMP_SECONDS = 1.0
# A tick that is this late means that the timers have stopped.
OVERDUE_SECONDS = 10.0

# Asked once a minute: each plans what an hour of somebody's day brings, and says how many.
ROUNDS: tuple[Callable[[Store, Messenger, datetime], int], ...] = (
    desk.ask,
    digest.ask,
    back.welcome_back,
    week_ahead.ask,
)


class Scheduler:
    """Looks on every tick, and at once when woken, which workspaces have work."""

    def __init__(
        self, store: Store, messenger: Messenger, clock: Clock, watch: Watch = UNWATCHED
    ) -> None:
        self.store, self.messenger, self.clock, self.watch = store, messenger, clock, watch
        self.lanes = Lanes(store, messenger, clock, watch)
        self._timers = BackgroundScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._wanted = threading.Event()
        self._stopping = threading.Event()
        self._clock_watch = threading.Thread(
            target=self._watch_clock, name="clock-watch", daemon=True
        )
        self._ticked_at = time.monotonic()
        self._rounded_at = clock.now()

    def start(self) -> None:
        """Start ticking."""
        # It warns whenever a tick outlasts its interval, which is no news here.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._timers.add_job(self.tick, "interval", seconds=TICK_SECONDS, id="tick")
        self._timers.add_job(self.go_round, "interval", seconds=ROUND_SECONDS, id="round")
        self._timers.add_job(self._prune, "interval", hours=PRUNE_HOURS, id="prune")
        self._timers.start()
        self._clock_watch.start()
        self.wake()

    def wake(self) -> None:
        """Make the next tick come at once; if one is running, it goes round again."""
        self._wanted.set()
        if self._timers.running and not self._stopping.is_set():
            self._timers.modify_job("tick", next_run_time=datetime.now(UTC))

    def stop(self, timeout: float = 8.0) -> None:
        """Let the deliveries under way end, and stop; waits at most `timeout` seconds."""
        self._stopping.set()
        if self._timers.running:
            self._timers.shutdown(wait=False)
        self.lanes.stop(timeout)

    def overdue(self) -> str | None:
        """Return why the timers are unwell, or None."""
        thread: threading.Thread | None = self._timers._thread
        if thread and not thread.is_alive():
            return "the timers have died"
        late = time.monotonic() - self._ticked_at
        return f"the last tick was {late:.0f} s ago" if late > OVERDUE_SECONDS else None

    def tick(self) -> None:
        """Start a lane for every workspace that has work."""
        is_wanted = True
        while is_wanted and not self._stopping.is_set():
            self._wanted.clear()
            self._ticked_at = time.monotonic()
            attempt(self._look, "tick")
            self.watch.ticked(time.monotonic() - self._ticked_at)
            is_wanted = self._wanted.is_set()
        self._ticked_at = time.monotonic()

    def catch_up(self, timeout: float) -> bool:
        """Work on all that is due now; False when that takes longer than `timeout` seconds."""
        self.tick()
        return self.lanes.rest(timeout)

    def go_round(self) -> None:
        """Plan what comes at an hour of the day, and not because of any reminder."""
        self._rounded_at = self.clock.now()
        for ask in ROUNDS:
            if attempt(partial(ask, self.store, self.messenger, self.clock.now()), "round"):
                self.wake()

    def _look(self) -> None:
        now = self.clock.now()
        if abs(now - self._rounded_at) > timedelta(seconds=ROUND_SECONDS) and self._timers.running:
            # Not in this thread: a round asks Slack about people.
            self._rounded_at = now
            self._timers.modify_job("round", next_run_time=datetime.now(UTC))
        with self.store.peek() as connection:
            teams = agenda.with_work(connection, now)
        for team in teams:
            self.lanes.start(team)

    def _prune(self) -> None:
        prune(self.store, self.clock.now())
        attempt(partial(blank_old_notes, self.store, self.clock.now()), "prune")

    def _watch_clock(self) -> None:
        parted = time.time() - time.monotonic()
        while not self._stopping.wait(CLOCK_JUMP_SECONDS):
            now = time.time() - time.monotonic()
            if abs(now - parted) > CLOCK_JUMP_SECONDS:
                log.warning("the clock was moved by %.0f s", now - parted)
                self.wake()
            parted = now
