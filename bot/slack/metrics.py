"""What Prometheus reads: one registry for each running bot.

Labels are from short lists of our own: never a text, a person or a workspace.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from prometheus_client import CONTENT_TYPE_LATEST as CONTENT_TYPE
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)

from bot import __version__
from bot.errors import NotSaved
from bot.store import Store, figures, outbox
from bot.store.outbox import AVAILABLE, CANCELLED, DELIVERED, DISCARDED, RUNNING

__all__ = ["CONTENT_TYPE", "Metrics"]

# A gauge of when each counter was made, for every counter.
disable_created_metrics()  # type: ignore[no-untyped-call]

STATES = (AVAILABLE, RUNNING, DELIVERED, CANCELLED, DISCARDED)
CALL_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8)
WORK_SECONDS = (0.001, 0.005, 0.025, 0.1, 0.5, 1, 2, 5, 10, 30)
LATENESS_SECONDS = (1, 2, 5, 10, 30, 60, 300, 900, 3600, 14400, 86400)
# Counting a million rows takes a moment, and who looks may look every few seconds: at most this
# share of the time is spent on it.
COUNTING_SHARE = 0.05
# Slack's codes are a few dozen; whatever else stands in an answer shall not grow the memory.
MOST_RESULTS, OTHER = 200, "other"


class Metrics:
    """Counts as things happen; the rest is looked up when asked for. It is a Watch of the jobs."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.commands = self._counter("rapport_commands", "Slash commands received")
        self.presses = self._counter("rapport_presses", "Buttons and menus pressed")
        self.messages = self._counter("rapport_messages", "Messages written to the bot")
        self.shortcuts = self._counter("rapport_shortcuts", "Shortcuts used")
        self.forms = self._counter("rapport_forms", "Forms sent in")
        self.turned_away = self._counter("rapport_turned_away", "Requests that found no place")
        self._calls = self._counter(
            "rapport_slack_calls", "Calls to Slack by how they ended", ("method", "result")
        )
        self._call_seconds = self._histogram(
            "rapport_slack_call_seconds", "How long Slack took", CALL_SECONDS, ("method",)
        )
        self._tick_seconds = self._histogram("rapport_tick_seconds", "Ticks", WORK_SECONDS)
        self._claim_seconds = self._histogram("rapport_claim_seconds", "Claims", WORK_SECONDS)
        self._claimed = self._counter("rapport_claimed", "Deliveries claimed")
        self._lateness = self._histogram(
            "rapport_lateness_seconds", "Reminders: from planned to delivered", LATENESS_SECONDS
        )
        self._deliveries = self._gauge("rapport_deliveries", "Deliveries in the outbox", ("state",))
        self._reminders = self._gauge(
            "rapport_reminders", "Reminders, open and closed", ("kind", "state")
        )
        self._oldest = self._gauge(
            "rapport_oldest_waiting_seconds", "Age of the oldest delivery that waits"
        )
        self._unplanned = self._gauge(
            "rapport_oldest_unplanned_seconds", "Age of the oldest reminder that is due, unplanned"
        )
        self._is_healthy = self._gauge("rapport_healthy", "1 when /healthz answers 200")
        self._gauge("rapport_build_info", "The version", ("version",)).labels(__version__).set(1)
        self._results: set[tuple[str, str]] = set()
        self._ticked_at: float | None = None
        self._count_at = 0.0

    def heard(self, method: str, result: str, seconds: float) -> None:
        """Count a call to Slack: `result` is ok or the reason of its error."""
        if len(self._results) < MOST_RESULTS:
            self._results.add((method, result))
        known = result if (method, result) in self._results else OTHER
        self._calls.labels(method, known).inc()
        self._call_seconds.labels(method).observe(seconds)

    def ticked(self, seconds: float) -> None:
        """Count a tick, and note when it was."""
        if self._ticked_at is None:
            self.look("rapport_last_tick_seconds", "Since the last tick ended", self._since_tick)
        self._ticked_at = time.monotonic()
        self._tick_seconds.observe(seconds)

    def claimed(self, seconds: float, count: int) -> None:
        """Count a claim and what it brought."""
        self._claim_seconds.observe(seconds)
        self._claimed.inc(count)

    def delivered(self, lateness: float) -> None:
        """Count a delivery by how late it was."""
        self._lateness.observe(max(0.0, lateness))

    def look(self, name: str, about: str, read: Callable[[], float]) -> None:
        """Show what `read` returns whenever somebody looks."""
        self._gauge(name, about).set_function(read)

    def page(self, store: Store, trouble: str | None, now: datetime) -> bytes:
        """Return all figures in Prometheus's text format; `trouble` is what /healthz says."""
        self._is_healthy.set(trouble is None)
        # What was counted before the database went away still stands.
        with suppress(NotSaved):
            self._count(store, now)
        return generate_latest(self.registry)

    def _count(self, store: Store, now: datetime) -> None:
        with store.peek() as connection:
            self._oldest.set(_age(figures.waiting_since(connection, now), now))
            self._unplanned.set(_age(figures.unplanned_since(connection, now), now))
            if (started := time.monotonic()) < self._count_at:
                return
            for state, count in (dict.fromkeys(STATES, 0) | outbox.counts(connection)).items():
                self._deliveries.labels(state).set(count)
            for labels, count in figures.reminders_by_kind(connection).items():
                self._reminders.labels(*labels).set(count)
        ended = time.monotonic()
        self._count_at = ended + (ended - started) / COUNTING_SHARE

    def _since_tick(self) -> float:
        return time.monotonic() - (self._ticked_at or 0)

    def _counter(self, name: str, about: str, labels: tuple[str, ...] = ()) -> Counter:
        return Counter(name, about, labels, registry=self.registry)

    def _gauge(self, name: str, about: str, labels: tuple[str, ...] = ()) -> Gauge:
        return Gauge(name, about, labels, registry=self.registry)

    def _histogram(
        self, name: str, about: str, buckets: tuple[float, ...], labels: tuple[str, ...] = ()
    ) -> Histogram:
        return Histogram(name, about, labels, buckets=buckets, registry=self.registry)


def _age(since: datetime | None, now: datetime) -> float:
    return (now - since).total_seconds() if since else 0.0
