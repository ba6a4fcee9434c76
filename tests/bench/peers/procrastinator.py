"""procrastinate; killed workers' jobs are put back as its handbook says."""

import asyncio
import logging
from collections.abc import Sequence

from procrastinate import App, PsycopgConnector

from tests.bench.peers import Send
from tests.bench.place import plain

# A worker's jobs are put back when it was silent this long; 30 s unless one says otherwise.
SILENT = 4.0
CONNECTIONS = 10


def _app(url: str, send: Send, is_quick: bool = True) -> App:
    logging.getLogger("procrastinate").setLevel(logging.CRITICAL)
    app = App(connector=PsycopgConnector(conninfo=plain(url), max_size=CONNECTIONS))

    @app.task(name="tell")
    async def tell(person: str) -> None:
        # What takes time must not hold up the loop, which says that the worker lives.
        send(person) if is_quick else await asyncio.to_thread(send, person)

    return app


def fill(url: str, people: Sequence[str]) -> None:
    async def put() -> None:
        app = _app(url, print)
        async with app.open_async():
            await app.schema_manager.apply_schema_async()
            await app.tasks["tell"].batch_defer_async(*[{"person": one} for one in people])

    asyncio.run(put())


def drain(url: str, send: Send, count: int, at_once: int) -> None:
    async def work() -> None:
        app = _app(url, send)
        async with app.open_async():
            await app.run_worker_async(
                wait=False, concurrency=at_once, delete_jobs="always", listen_notify=False
            )

    asyncio.run(work())


def serve(url: str, send: Send) -> None:
    async def work() -> None:
        app = _app(url, send, is_quick=False)
        async with app.open_async():
            await asyncio.gather(
                app.run_worker_async(
                    concurrency=20,
                    delete_jobs="always",
                    fetch_job_polling_interval=0.5,
                    update_heartbeat_interval=1.0,
                    stalled_worker_timeout=SILENT,
                ),
                _put_back(app),
            )

    asyncio.run(work())


async def _put_back(app: App) -> None:
    while True:
        await asyncio.sleep(1)
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT):
            await app.job_manager.retry_job(job)


def left(url: str) -> int:
    async def count() -> int:
        app = _app(url, print)
        async with app.open_async():
            found = await app.job_manager.list_jobs_async()
        return len(list(found))

    return asyncio.run(count())
