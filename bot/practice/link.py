"""Socket Mode: envelopes out over web sockets, acknowledgements back.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import json
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from bot.practice.records import Json

PING_EVERY = 5.0
CLOSE_WITHIN = 0.5
WITH_RESPONSE = {"slash_commands", "interactive"}


@dataclass(frozen=True)
class Outcome:
    """How a delivery ended: `error` None and the body of the answer, or what the user sees."""

    error: str | None = None
    body: Any = None


DISPATCH_FAILED = Outcome("dispatch_failed")
TIMED_OUT = Outcome("operation_timeout")


@dataclass(eq=False)
class Connection:
    """One web socket and the envelopes it has not acknowledged."""

    socket: web.WebSocketResponse
    waiting: dict[str, asyncio.Future[Outcome]] = field(default_factory=dict)

    def acknowledge(self, text: str) -> None:
        found = json.loads(text)
        future = self.waiting.pop(str(found.get("envelope_id")), None)
        if future and not future.done():
            future.set_result(Outcome(body=found.get("payload")))

    def lose(self) -> None:
        for future in self.waiting.values():
            if not future.done():
                future.set_result(DISPATCH_FAILED)
        self.waiting.clear()


def _nothing() -> None:
    """Until somebody wants to know of sockets that come and go."""


class Link:
    """All sockets of one app. Lives in the event loop; not thread-safe."""

    def __init__(self, app_id: str, ack_timeout: float) -> None:
        self.app_id, self.ack_timeout = app_id, ack_timeout
        self.connections: list[Connection] = []
        self._tickets: set[str] = set()
        self._turn = 0
        self.on_change: Callable[[], None] = _nothing

    def new_ticket(self) -> str:
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPForbidden(text="ticket unknown or used")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(timeout=CLOSE_WITHIN)
        await socket.prepare(request)
        connection = Connection(socket)
        # In this order, or a client that has heard hello could find no connection yet; nothing
        # else runs before hello is written.
        self.connections.append(connection)
        await socket.send_json(self._hello())
        self.on_change()
        pings = asyncio.create_task(self._ping(socket))
        try:
            with suppress(ConnectionError):
                await self._listen(connection)
        finally:
            pings.cancel()
            self._forget(connection)
        return socket

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.connections),
            "debug_info": {
                "host": "practice",
                "build_number": 1,
                "approximate_connection_time": 18060,
            },
            "connection_info": {"app_id": self.app_id},
        }

    async def _listen(self, connection: Connection) -> None:
        async for message in connection.socket:
            if message.type == WSMsgType.TEXT:
                connection.acknowledge(message.data)

    async def _ping(self, socket: web.WebSocketResponse) -> None:
        with suppress(ConnectionError):
            while not socket.closed:
                await asyncio.sleep(PING_EVERY)
                await socket.ping(b"Ping from practice")

    def _forget(self, connection: Connection) -> None:
        connection.lose()
        if connection in self.connections:
            self.connections.remove(connection)
        self.on_change()

    def _next(self) -> Connection | None:
        if not self.connections:
            return None
        self._turn += 1
        return self.connections[self._turn % len(self.connections)]

    async def deliver(self, kind: str, payload: Json, attempt: int, copies: int) -> Outcome:
        """Send an envelope (or several copies) and wait for the first acknowledgement."""
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()),
            "payload": payload,
            "type": kind,
            "accepts_response_payload": kind in WITH_RESPONSE,
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        for _ in range(copies):
            connection = self._next()
            if connection is None:
                return DISPATCH_FAILED
            connection.waiting[envelope["envelope_id"]] = future
            try:
                await connection.socket.send_json(envelope)
            except ConnectionError:
                self._forget(connection)
        try:
            return await asyncio.wait_for(future, self.ack_timeout)
        except TimeoutError:
            return TIMED_OUT
        finally:
            for connection in self.connections:
                connection.waiting.pop(envelope["envelope_id"], None)

    async def disconnect(self, reason: str) -> None:
        """Say goodbye politely on every socket, as Slack does before it refreshes them."""
        for connection in list(self.connections):
            await connection.socket.send_json(
                {"type": "disconnect", "reason": reason, "debug_info": {"host": "practice"}}
            )
            await connection.socket.close()
