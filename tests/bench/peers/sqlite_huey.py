"""huey on SQLite; its consumer's loop without the consumer's waiting."""

import logging
import time
from collections.abc import Sequence

import sqlalchemy as sa
from huey import SqliteHuey

from tests.bench.peers import Send

PAUSE = 0.05


def _huey(url: str, send: Send) -> SqliteHuey:
    logging.getLogger("huey").setLevel(logging.CRITICAL)
    path = sa.make_url(url).database
    huey = SqliteHuey("bench", filename=path, fsync=True, results=False, timeout=30)

    @huey.task(name="tell")
    def tell(person: str) -> None:
        send(person)

    huey.tell = tell
    return huey


def fill(url: str, people: Sequence[str]) -> None:
    huey = _huey(url, print)
    rows = [(huey.name, huey.serialize_task(huey.tell.s(one)), 0) for one in people]
    with huey.storage.db(commit=True) as cursor:
        cursor.executemany("insert into task (queue, data, priority) values (?, ?, ?)", rows)
    huey.storage.close()


def drain(url: str, send: Send, count: int) -> None:
    huey = _huey(url, send)
    for _ in range(count):
        huey.execute(huey.dequeue())
    huey.storage.close()


def serve(url: str, send: Send) -> None:
    huey = _huey(url, send)
    while True:
        if task := huey.dequeue():
            huey.execute(task)
        else:
            time.sleep(PAUSE)


def left(url: str) -> int:
    huey = _huey(url, print)
    found = huey.pending_count()
    huey.storage.close()
    return int(found)
