"""Only this machine, and in a browser only the page's own origin, may speak to the server."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

LOCAL = {"127.0.0.1", "localhost", "::1"}
OWN = {"same-origin", "none"}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer 403 to whatever a page of somebody else may have sent."""
    refusal = trouble(request)
    if refusal:
        return web.json_response({"ok": False, "error": refusal}, status=403)
    return await handler(request)


def trouble(request: web.Request) -> str | None:
    """Return why a request is refused, or None."""
    if request.remote not in LOCAL or urlsplit(f"//{request.host}").hostname not in LOCAL:
        return "only from this machine"
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        return "only from the page's own origin"
    if request.headers.get("Sec-Fetch-Site", "none") not in OWN:
        return "only from the page's own origin"
    return None
