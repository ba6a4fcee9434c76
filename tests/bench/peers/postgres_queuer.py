"""pgqueuer over asyncpg, the driver it recommends."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import asyncpg
from pgqueuer import PgQueuer
from pgqueuer.domain.types import QueueExecutionMode
from pgqueuer.models import Job

from tests.bench.peers import Send
from tests.bench.place import plain

NAME = "tell"
# A worker's jobs are taken over when it was silent this long; 30 s unless one says otherwise.
SILENT = timedelta(seconds=4)


async def _with(url: str, work: Callable[[PgQueuer], Awaitable[object]]) -> object:
    connection = await asyncpg.connect(plain(url))
    try:
        return await work(PgQueuer.from_asyncpg_connection(connection))
    finally:
        await connection.close()


def fill(url: str, people: Sequence[str]) -> None:
    async def put(queue: PgQueuer) -> None:
        queries = queue.qm.queries
        await queries.install()
        names, bodies = [NAME] * len(people), [one.encode() for one in people]
        await queries.enqueue(names, bodies, [0] * len(people))

    asyncio.run(_with(url, put))


def _run(url: str, send: Send, mode: QueueExecutionMode, batch: int, silent: timedelta) -> None:
    is_quick = mode is QueueExecutionMode.drain

    async def tell_one(person: str) -> None:
        # What takes time must not hold up the loop, which says that the worker lives.
        send(person) if is_quick else await asyncio.to_thread(send, person)

    async def work(queue: PgQueuer) -> None:
        @queue.entrypoint(NAME)
        async def tell(job: Job) -> None:
            await tell_one((job.payload or b"").decode())

        await queue.run(
            batch_size=batch,
            mode=mode,
            heartbeat_timeout=silent,
            dequeue_timeout=timedelta(seconds=1),
        )

    asyncio.run(_with(url, work))


def drain(url: str, send: Send, count: int, batch: int) -> None:
    _run(url, send, QueueExecutionMode.drain, batch, timedelta(seconds=30))


def serve(url: str, send: Send) -> None:
    _run(url, send, QueueExecutionMode.continuous, 100, SILENT)


def left(url: str) -> int:
    async def count(queue: PgQueuer) -> int:
        sizes = await queue.qm.queries.queue_size()
        return sum(one.count for one in sizes)

    return int(asyncio.run(_with(url, count)))  # type: ignore[call-overload]
