"""The others, each behind the same four functions, at its best setting and job by job."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from tests.bench.place import POSTGRESQL, SQLITE

Send = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Peer:
    """A library that keeps jobs in a database.

    Its module offers `fill(url, people)`, which puts in one job for each person; `drain(url, send,
    count, **setting)`, which works until all are done; `serve(url, send)`, which works until the
    process is killed; and `left(url)`, how many jobs it still means to do. `batched` is its best
    setting, `single` the one at which every job is acknowledged by itself, None where it has no
    such choice. `most` bounds the jobs of a run, so that a slow one does not take all day.
    """

    name: str
    module: str
    kinds: Sequence[str]
    single: Mapping[str, Any]
    batched: Mapping[str, Any] | None = None
    most: int = 10_000
    note: str = field(default="")

    def load(self) -> Any:
        """Import it; raises ImportError where it is not installed."""
        return import_module(f"tests.bench.peers.{self.module}")


PEERS = (
    Peer("APScheduler job store", "job_store", (SQLITE, POSTGRESQL), {}, most=10_000),
    Peer("huey", "sqlite_huey", (SQLITE,), {}, most=20_000),
    Peer("pgqueuer", "postgres_queuer", (POSTGRESQL,), {"batch": 1}, {"batch": 500}, most=100_000),
    Peer("procrastinate", "procrastinator", (POSTGRESQL,), {"at_once": 1}, {"at_once": 20}, 5_000),
)


def named(module: str) -> Peer:
    """Return the peer whose module has that name."""
    return next(one for one in PEERS if one.module == module)
