"""Watches the line to Slack: each minute it is noted that it is good, and told when it was not."""

import time
from collections.abc import Callable
from functools import partial
from threading import Event, Thread

from bot.domain.clock import Clock
from bot.slack.tokens import Tokens
from bot.store import Store
from jobs import silence
from jobs.guard import attempt

EVERY_SECONDS = 60.0


def awake_seconds() -> float:
    """Return the seconds since the machine started, those that it slept through included.

    Nobody can move this clock. Where a system has none such, sleep is left out.
    """
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Line:
    """Whether Slack can be reached, asked of `is_good` once a minute."""

    def __init__(
        self, store: Store, clock: Clock, tokens: Tokens, is_good: Callable[[], bool]
    ) -> None:
        self.store, self.clock, self.tokens, self.is_good = store, clock, tokens, is_good
        self._good_at: float | None = None
        self._stopping = Event()
        self._thread = Thread(target=self._watch, name="line", daemon=True)

    def start(self) -> None:
        """Look now, and then every minute."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def look(self) -> None:
        """Note it if Slack can be reached."""
        if not self.is_good():
            return
        now, good_at = awake_seconds(), self._good_at
        is_unbroken = good_at is not None and now - good_at < silence.LONG.total_seconds()
        note = partial(silence.heard, self.store, tuple(self.tokens), self.clock.now(), is_unbroken)
        if attempt(note, "noting that Slack is there") is not None:
            self._good_at = now

    def _watch(self) -> None:
        self.look()
        while not self._stopping.wait(EVERY_SECONDS):
            self.look()
