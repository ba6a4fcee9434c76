"""What Prometheus reads: one registry for each running bot."""

from prometheus_client import CONTENT_TYPE_LATEST as CONTENT_TYPE
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    disable_created_metrics,
    generate_latest,
)

from bot.errors import NotSaved
from bot.store import Store, outbox
from bot.store.outbox import AVAILABLE, CANCELLED, DELIVERED, DISCARDED, RUNNING

__all__ = ["CONTENT_TYPE", "Metrics"]

# A gauge of when each counter was made, for every counter.
disable_created_metrics()  # type: ignore[no-untyped-call]

STATES = (AVAILABLE, RUNNING, DELIVERED, CANCELLED, DISCARDED)


class Metrics:
    """Counts calls to Slack and commands as they happen; the rest is looked up when asked for."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._calls = Counter(
            "rapport_slack_calls",
            "Calls to Slack's Web API by how they ended",
            ("method", "result"),
            registry=self.registry,
        )
        self.commands = Counter(
            "rapport_commands", "Slash commands received", registry=self.registry
        )
        self.presses = Counter(
            "rapport_presses", "Buttons and menus pressed", registry=self.registry
        )
        self.forms = Counter("rapport_forms", "Forms sent in", registry=self.registry)
        self._deliveries = Gauge(
            "rapport_deliveries", "Deliveries in the outbox", ("state",), registry=self.registry
        )
        self._is_healthy = Gauge(
            "rapport_healthy", "1 when /healthz answers 200", registry=self.registry
        )

    def heard(self, method: str, result: str) -> None:
        """Count a call to Slack: `result` is ok or the reason of its error."""
        self._calls.labels(method, result).inc()

    def page(self, store: Store, trouble: str | None) -> bytes:
        """Return all figures in Prometheus's text format; `trouble` is what /healthz says."""
        self._is_healthy.set(trouble is None)
        for state, count in _deliveries(store).items():
            self._deliveries.labels(state).set(count)
        return generate_latest(self.registry)


def _deliveries(store: Store) -> dict[str, int]:
    """Deliveries by state; none known while the database is away."""
    try:
        with store.begin() as connection:
            return dict.fromkeys(STATES, 0) | outbox.counts(connection)
    except NotSaved:
        return {}
