"""The page's routes: the page, its two files, and the web socket that keeps it alive."""

import asyncio
from contextlib import suppress
from importlib.resources import files

from aiohttp import WSMsgType, web

from bot.practice.page import render
from bot.practice.page.acts import ACTS, toast
from bot.practice.page.moves import WORDS
from bot.practice.page.session import Op, Session
from bot.practice.page.show import Show

STATIC = {"page.css": "text/css", "page.js": "text/javascript"}
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; "
    "img-src data: http://127.0.0.1:* http://localhost:*"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
MISTAKES = (LookupError, ValueError, TypeError, PermissionError, TimeoutError)
# The clock on the page is told at least this often.
REFRESH_SECONDS = 5.0


def mount(app: web.Application, show: Show) -> None:
    """Add the page to the server's application; before it starts."""

    async def index(_request: web.Request) -> web.Response:
        start = "/".join(show.start)
        values = {"start": start, "moves": WORDS, "commands": show.commands, "has_tour": show.tour}
        values |= {"shortcuts": show.shortcuts}
        text = render.page("page.html", title=show.workspace.name, **values)
        return web.Response(text=text, content_type="text/html", headers=HEADERS)

    async def socket(request: web.Request) -> web.WebSocketResponse:
        return await _Line(show, request).serve()

    async def end(_app: web.Application) -> None:
        if show.playing:
            show.playing.cancel()

    app.on_shutdown.append(end)
    app.router.add_get("/", index)
    app.router.add_get("/page/socket", socket)
    app.router.add_get("/page/{name}", _static)


async def _static(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if name not in STATIC:
        raise web.HTTPNotFound
    text = (files(__package__) / "static" / name).read_text("utf-8")
    return web.Response(text=text, content_type=STATIC[name], headers=HEADERS)


class _Line:
    """The web socket of one open page."""

    def __init__(self, show: Show, request: web.Request) -> None:
        self.show, self.request = show, request
        self.session = Session(show)
        self.socket = web.WebSocketResponse(heartbeat=30)
        self.changed = asyncio.Event()
        self.loop = asyncio.get_running_loop()

    async def serve(self) -> web.WebSocketResponse:
        await self.socket.prepare(self.request)
        telling = asyncio.create_task(self._tell())
        self.show.workspace.listeners.add(self._wake)
        work: set[asyncio.Task[None]] = set()
        try:
            async for message in self.socket:
                if message.type == WSMsgType.TEXT:
                    task = asyncio.create_task(self._act(message.json()))
                    work.add(task)
                    task.add_done_callback(work.discard)
        finally:
            self.show.workspace.listeners.discard(self._wake)
            for task in (telling, *work):
                task.cancel()
        return self.socket

    def _wake(self) -> None:
        # The loop may be gone when somebody else's thread still has news.
        with suppress(RuntimeError):
            self.loop.call_soon_threadsafe(self.changed.set)

    async def _tell(self) -> None:
        """Send what changed, whenever something did."""
        try:
            while not self.socket.closed:
                self.changed.clear()
                await self._send(self.session.update())
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.changed.wait(), REFRESH_SECONDS)
        finally:
            # A page that is told nothing any more had better connect again.
            await self.socket.close()

    async def _act(self, given: dict[str, object]) -> None:
        name = str(given.pop("do", ""))
        if name == "play":
            self._play()
            return
        try:
            ops = await asyncio.to_thread(ACTS[name], self.session, given)
        except MISTAKES as mistake:
            ops = toast(f"That did not work: {mistake}")
        self.changed.set()
        await self._send(ops)

    def _play(self) -> None:
        if self.show.is_playing:
            self.show.stop_playing()
        else:
            self.show.playing = self.loop.create_task(self.show.play())

    async def _send(self, ops: list[Op]) -> None:
        if ops and not self.socket.closed:
            with suppress(ConnectionError):
                await self.socket.send_json(ops)
