"""The usual way: one APScheduler job for each partner, kept in its SQLAlchemyJobStore."""

import logging
import pickle
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from tests.bench.peers import Send

# How far apart the check-ins with one partner are.
WEEKS = 6
PATIENCE = 90.0
_sends: list[Send] = []


def call(person: str) -> None:
    """What each job does; it is kept in the database by this name."""
    _sends[-1](person)


def fill(url: str, people: Sequence[str]) -> None:
    engine = _engine(url)
    scheduler = _scheduler(engine)
    scheduler.start(paused=True)
    scheduler.add_job(call, "interval", ["?"], weeks=WEEKS, id="pattern")
    scheduler.shutdown()
    jobs = sa.Table("apscheduler_jobs", sa.MetaData(), autoload_with=engine)
    with engine.begin() as connection:
        pattern = connection.execute(sa.select(jobs)).mappings().one()
        connection.execute(sa.delete(jobs))
        connection.execute(sa.insert(jobs), [_copy(dict(pattern), one) for one in people])
    engine.dispose()


def _copy(pattern: dict, person: str) -> dict:
    due = datetime.now(UTC) - timedelta(hours=1)
    new = {"id": person, "args": (person,), "next_run_time": due}
    state = pickle.dumps(pickle.loads(pattern["job_state"]) | new)
    return {"id": person, "job_state": state, "next_run_time": due.timestamp()}


def drain(url: str, send: Send, count: int) -> None:
    done, ended = [0], threading.Event()
    lock = threading.Lock()

    def counted(person: str) -> None:
        send(person)
        with lock:
            done[0] += 1
            if done[0] == count:
                ended.set()

    _sends.append(counted)
    engine = _engine(url)
    scheduler = _scheduler(engine)
    scheduler.start()
    assert ended.wait(PATIENCE), f"{done[0]} of {count} after {PATIENCE:.0f} s"
    # The last one's next date is written after it was started.
    scheduler.shutdown(wait=True)
    engine.dispose()


def serve(url: str, send: Send) -> None:
    _sends.append(send)
    _scheduler(_engine(url)).start()
    threading.Event().wait()


def left(url: str) -> int:
    engine = _engine(url)
    due = sa.text("SELECT count(*) FROM apscheduler_jobs WHERE next_run_time <= :now")
    with engine.begin() as connection:
        found = connection.execute(due, {"now": datetime.now(UTC).timestamp()}).scalar_one()
    engine.dispose()
    return int(found)


def _engine(url: str) -> sa.Engine:
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _durable)
    return engine


def _durable(connection: object, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]


def _scheduler(engine: sa.Engine) -> BackgroundScheduler:
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    return BackgroundScheduler(
        jobstores={"default": SQLAlchemyJobStore(engine=engine)},
        job_defaults={"coalesce": True, "misfire_grace_time": None},
        timezone=UTC,
    )
