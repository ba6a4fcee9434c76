"""What a tick costs while nobody is due, beside the cheapest question to the same table."""

import time
from collections.abc import Callable, Iterator

import sqlalchemy as sa

from bot.domain.member import Workspace
from bot.store import Store, agenda, workspace
from tests.bench import seed
from tests.bench.child import resident, running
from tests.bench.figure import Figure, at_most, percentile
from tests.bench.place import Place
from tests.bench.setting import Setting

FIRST = sa.text(
    "SELECT id FROM reminders WHERE workspace = :team AND look_at <= :now "
    "AND closed_at IS NULL AND recipient IS NOT NULL ORDER BY look_at LIMIT 1"
).bindparams(sa.bindparam("now", type_=seed.INSTANT))
# A host of so many practices; each has one partner.
PRACTICES = 1_000


def measure(place: Place, setting: Setting) -> Iterator[Figure]:
    for kind in place.kinds:
        for partners in setting.idle:
            with place.store(kind) as store:
                seed.practice(store, partners, min(partners, 1_000), seed.NOT_DUE)
                yield from _ticks(store, f"{kind}, {partners:,} not due", setting.ticks)
                if partners == max(setting.idle):
                    yield from _memory(store, kind, partners, setting.calm_seconds)
        with place.store(kind) as store:
            _many_workspaces(store, PRACTICES)
            yield from _ticks(store, f"{kind}, {PRACTICES:,} workspaces", setting.ticks)


def _ticks(store: Store, where: str, count: int) -> Iterator[Figure]:
    # By turns, so that whatever else the machine does falls upon both alike.
    ours, bare = [], []
    for _ in range(count):
        ours.append(_milliseconds(lambda: look(store)))
        bare.append(_milliseconds(lambda: _first(store)))
    for who, took in (("a tick", ours), ("a bare SELECT ... LIMIT 1", bare)):
        yield Figure(where, f"{who}, p50", percentile(took, 0.5), "ms")
        yield Figure(where, f"{who}, p99", percentile(took, 0.99), "ms")
    if "due" in where:
        yield at_most(
            where, "a tick over it, p50", percentile(ours, 0.5) / percentile(bare, 0.5), 2
        )
        if store.is_sqlite:
            yield at_most(where, "a tick, p99", percentile(ours, 0.99), 1, "ms")


def look(store: Store) -> list[str]:
    """What the scheduler does on every tick."""
    with store.peek() as connection:
        return agenda.with_work(connection, seed.NOW)


def _first(store: Store) -> None:
    with store.peek() as connection:
        connection.execute(FIRST, {"team": seed.TEAM, "now": seed.NOW}).first()


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def _memory(store: Store, kind: str, partners: int, calm_seconds: float) -> Iterator[Figure]:
    url = store.engine.url.render_as_string(hide_password=False)
    with running(
        "tests.bench.worker", "ours", url, "http://127.0.0.1:9/api/", 0, time.time()
    ) as it:
        it.hear("ready")
        it.tell("go")
        it.hear("begun")
        time.sleep(calm_seconds)
        held = resident(it.process.pid)
    where = f"{kind}, {partners:,} planned"
    yield at_most(where, "resident memory of a process with the engine", held, 100, "MB")
    for who, what in (("all of it on disk", "tables"), ("the indexes of reminders", "indexes")):
        if (size := _disk(store, what)) is not None:
            yield Figure(where, who, size, "MB")


_DISK = {
    ("sqlite", "tables"): "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
    ("sqlite", "indexes"): "SELECT sum(pgsize) FROM dbstat WHERE name GLOB '*reminders_*'",
    ("postgresql", "tables"): "SELECT pg_database_size(current_database())",
    ("postgresql", "indexes"): "SELECT pg_indexes_size('reminders')",
}


def _disk(store: Store, what: str) -> float | None:
    """How much there is in MB; None where SQLite was built without its own account of it."""
    query = sa.text(_DISK[store.engine.dialect.name, what])
    try:
        with store.engine.connect() as connection:
            return float(connection.execute(query).scalar_one()) / 1_000_000
    except sa.exc.OperationalError:
        return None


def _many_workspaces(store: Store, count: int) -> None:
    with store.begin() as connection:
        workspace.found(connection, Workspace(seed.TEAM, "Practice", zone=seed.ZONE), seed.NOW)
    columns = {
        "id": "'W' || n",
        "name": "'Practice'",
        "zone": f"'{seed.ZONE}'",
        "created_at": ":now",
    }
    seed.insert(store, "workspaces", columns, count, now=seed.NOW)
    here = {**seed.PARTNER, "workspace": "'W' || n"}
    facts = {"now": seed.NOW, "day": seed.NOW.date(), "due": seed.NOT_DUE, "people": count}
    seed.insert(store, "partners", here, count, **facts)
    seed.insert(store, "reminders", {**seed.CHECK_IN, "workspace": "'W' || n"}, count, **facts)
    seed.analyze(store)
