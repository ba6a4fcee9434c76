"""The aiohttp application and the thread it runs in."""

import asyncio
import json
import threading
from collections.abc import Collection, Coroutine
from typing import Any, TypeVar

from aiohttp import web

from bot.practice import api, response_url
from bot.practice.api.request import RefusalError, Request
from bot.practice.faults import Fault, Faults
from bot.practice.link import Link, Outcome
from bot.practice.origin import guard
from bot.practice.records import Call, Delivery, Json
from bot.practice.signed import SignedHttp
from bot.practice.state import Workspace

HOST = "127.0.0.1"
STOP_WITHIN = 5.0
MOST_BYTES = 4_000_000
# Those that the methods of the table in api/ ask for, and the one for slash commands.
SCOPES: tuple[str, ...] = (
    *("commands", "chat:write", "users:read", "users:read.email", "team:read"),
    *("channels:read", "groups:read", "im:read", "mpim:read"),
    *("channels:history", "groups:history", "im:history", "mpim:history", "im:write"),
    "dnd:read",
)
APP_SCOPE = "connections:write"
T = TypeVar("T")


class Server:
    """Speaks Slack's protocols for an app; starts, vanishes, comes back, stops.

    `workspace` is the first where the app is installed, `installed` all of them by bot token.
    """

    def __init__(
        self,
        workspace: Workspace,
        bot_token: str,
        app_token: str,
        ack_timeout: float,
        event_retries: Collection[float],
    ) -> None:
        self.workspace, self.app_token = workspace, app_token
        self.installed = {bot_token: workspace}
        self.event_retries = tuple(event_retries)
        self.faults = Faults()
        self.unsupported: set[str] = set()
        self.scopes = SCOPES
        self.port = 0
        self.link = Link(workspace.app_id, ack_timeout)
        self.link.on_change = self._tell
        self.signed: SignedHttp | None = None
        self.app = web.Application(client_max_size=MOST_BYTES, middlewares=[guard])
        self.app.router.add_route("*", "/api/{method}", self._api)
        self.app.router.add_get("/link/", self.link.serve)
        self.app.router.add_post("/response/{team}/{hook}", self._response)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopped = threading.Event()

    def start(self, port: int) -> None:
        self._thread.start()
        self.port = port
        try:
            self.run(self._start())
        except OSError:  # the port is taken
            self.stop()
            raise

    def stop(self) -> None:
        if self._stopped.is_set() or not self._thread.is_alive():
            return
        self._stopped.set()
        self.run(self._stop(), STOP_WITHIN)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(STOP_WITHIN)
        self._loop.close()

    def run(self, coroutine: Coroutine[Any, Any, T], timeout: float | None = None) -> T:
        """Run something in the server's loop and wait for it, from any other thread."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(timeout)

    async def _start(self) -> None:
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await self._listen()

    async def _listen(self) -> None:
        self._site = web.TCPSite(self._runner, HOST, self.port, reuse_address=True)
        await self._site.start()
        self.port = self._runner.addresses[0][1]

    async def _stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await self.cut_all()
        await self._runner.cleanup()

    async def cut_all(self) -> None:
        """Cut every open connection without a word."""
        server = self._runner.server
        for handler in list(server.connections) if server else []:
            if handler.transport:
                handler.transport.abort()

    async def vanish(self) -> None:
        await self._site.stop()
        await self.cut_all()

    async def come_back(self) -> None:
        await self._listen()

    async def vanish_for(self, seconds: float) -> None:
        """Vanish in a moment (so that whoever asked hears the answer) and come back later."""
        self._keep(self._absence(seconds))

    async def _absence(self, seconds: float) -> None:
        await asyncio.sleep(0.05)
        await self.vanish()
        await asyncio.sleep(seconds)
        await self.come_back()

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        # The loop holds tasks only weakly.
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def new_link(self) -> str:
        return f"ws://{HOST}:{self.port}/link/?ticket={self.link.new_ticket()}&app_id=practice"

    def response_url(self, workspace: Workspace, hook_id: str) -> str:
        return f"http://{HOST}:{self.port}/response/{workspace.team_id}/{hook_id}"

    def _tell(self) -> None:
        for workspace in self.installed.values():
            workspace.tell()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments, token, error = await _read(request)
        workspace = self.installed.get(token, self.workspace)
        fault = self.faults.take(method, workspace.team_id)
        error = error or api.token_problem(method, token, self.installed, self.app_token)
        answer: Json | None = {"ok": False, "error": error}
        if fault and not fault.accepted:
            answer = None
        elif error is None:
            call = Request(workspace, arguments, self.unsupported, self.new_link)
            answer = api.answer(method, call)
        return await self._reply(request, workspace, method, arguments, answer, fault)

    async def _reply(
        self,
        request: web.Request,
        workspace: Workspace,
        method: str,
        arguments: Json,
        answer: Json | None,
        fault: Fault | None,
    ) -> web.StreamResponse:
        if fault is None:
            _record(workspace, method, arguments, answer, 200, None)
            return web.json_response(answer, headers=self._scopes(method))
        response = spoilt(fault, answer)
        status = response.status if response else 0
        _record(workspace, method, arguments, answer, status, fault.kind)
        if fault.kind == "slow":
            await fault.hold()
        if fault.kind == "silent":
            await asyncio.sleep(3600)
        if response is None or fault.kind == "half":
            await _cut(request, response)
        return response or web.Response()

    def _scopes(self, method: str) -> dict[str, str]:
        """What the token that was used may do, as Slack says it with every answer."""
        granted = (APP_SCOPE,) if method in api.WITH_APP_TOKEN else self.scopes
        return {"X-OAuth-Scopes": ",".join(granted)}

    async def _response(self, request: web.Request) -> web.StreamResponse:
        team = request.match_info["team"]
        named = (one for one in self.installed.values() if one.team_id == team)
        workspace = next(named, self.workspace)
        fault = self.faults.take("response_url", workspace.team_id)
        body = await _json(request)
        answer: Json = {"ok": True}
        if fault and not fault.accepted:
            return await self._reply(request, workspace, "response_url", _dict(body), None, fault)
        hook = request.match_info["hook"]
        try:
            response_url.receive(workspace, hook, body, self.unsupported)
        except RefusalError as refusal:
            answer = refusal.answer
        if fault:
            return await self._reply(request, workspace, "response_url", _dict(body), answer, fault)
        status = 200 if answer["ok"] else response_url.status(answer["error"])
        _record(workspace, "response_url", _dict(body), answer, status, None)
        if answer["ok"]:
            return web.Response(text="ok")
        return web.json_response(answer, status=status)

    async def deliver(
        self, workspace: Workspace, kind: str, payload: Json, attempt: int = 0
    ) -> Outcome:
        """Send something to the bot by the way that is set up, and note how it ended."""
        fault = self.faults.take(kind, workspace.team_id)
        wire = self.signed or self.link
        delivery = Delivery(kind, payload, workspace.clock(), attempt)
        workspace.deliveries.append(delivery)
        outcome = await wire.deliver(kind, payload, attempt, copies=2 if fault else 1)
        with workspace.changed:
            delivery.outcome, delivery.body = outcome.error or "ok", outcome.body
            workspace.tell()
        return outcome

    async def send_event(self, workspace: Workspace, payload: Json) -> None:
        """Send an event now and go on in the background until it is acknowledged."""
        self._keep(self._event(workspace, payload))
        await asyncio.sleep(0)  # so that it counts as under way once this returns

    async def _event(self, workspace: Workspace, payload: Json) -> None:
        for attempt, delay in enumerate((0.0, *self.event_retries)):
            if delay:
                await asyncio.sleep(delay)
            outcome = await self.deliver(workspace, "events_api", payload, attempt)
            if outcome.error is None:
                return


def _record(
    workspace: Workspace,
    method: str,
    arguments: Json,
    answer: Json | None,
    status: int,
    fault: str | None,
) -> None:
    shown = {key: value for key, value in arguments.items() if key != "token"}
    with workspace.changed:
        call = Call(method, shown, workspace.clock(), answer, status, fault)
        workspace.calls.append(call)
        workspace.tell()


def spoilt(fault: Fault, answer: Json | None) -> web.Response | None:
    """The response a fault makes of an answer; None where there is to be none."""
    if fault.kind == "rate_limited":
        limited = {"ok": False, "error": "ratelimited"}
        return web.json_response(
            limited, status=429, headers={"Retry-After": str(fault.retry_after)}
        )
    if fault.kind == "http_error":
        page = f"<html><body><h1>{fault.status} Server Error</h1></body></html>"
        return web.Response(status=fault.status, text=page, content_type="text/html")
    if fault.kind == "error":
        return web.json_response({"ok": False, "error": fault.error})
    if fault.kind in ("slow", "half") and answer is not None:
        return web.json_response(answer)
    return None


async def _cut(request: web.Request, response: web.Response | None) -> None:
    transport = request.transport
    if transport is None:
        return
    if response is not None and isinstance(response.body, bytes):
        body = response.body
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
        transport.write(head.encode() + b"\r\n\r\n" + body[: len(body) // 2])
    transport.close()


async def _read(request: web.Request) -> tuple[Json, str, str | None]:
    """Arguments, token and what is wrong with the body, from JSON, form or query."""
    arguments: Json = dict(request.query)
    error = None
    if request.content_type == "application/json":
        found = await _json(request)
        error = None if isinstance(found, dict) else "invalid_json"
        arguments |= _dict(found)
    else:
        arguments |= dict(await request.post())
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    return arguments, token or str(arguments.get("token", "")), error


async def _json(request: web.Request) -> Any:
    try:
        return json.loads(await request.text() or "{}")
    except ValueError:
        return None


def _dict(found: Any) -> Json:
    return found if isinstance(found, dict) else {}
