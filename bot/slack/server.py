"""The web server under our WSGI layer: waitress, so that it can be stopped without loss."""

from threading import Thread
from typing import TYPE_CHECKING, Any

from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server

from bot.slack.wsgi import MOST_BYTES

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

THREADS = 20
DRAIN_SECONDS = 5
# Slack's headers are about 1 kB. The server's own limits are 256 kB, and two minutes for somebody
# who says nothing, of whom a hundred would lock everybody else out.
MOST_HEADER_BYTES = 32 * 1024
SILENT_SECONDS, LOOK_SECONDS = 20, 5
CONNECTIONS = 500


class WebServer:
    """Serves `site` on a host and port (0: any that is free); OSError when it cannot."""

    def __init__(self, site: "WSGIApplication", host: str, port: int) -> None:
        self._open: dict[int, Any] = {}
        self._server: Any = create_server(
            site,
            map=self._open,
            host=host,
            port=port,
            threads=THREADS,
            # What is a little too long is answered by our own layer; this ends all else early.
            max_request_body_size=2 * MOST_BYTES,
            max_request_header_size=MOST_HEADER_BYTES,
            channel_timeout=SILENT_SECONDS,
            cleanup_interval=LOOK_SECONDS,
            connection_limit=CONNECTIONS,
            # select() knows no descriptor above 1,023.
            asyncore_use_poll=True,
            ident="",
        )
        self._thread = Thread(target=self._server.run, name="web", daemon=True)

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return int(self._listeners[0].effective_port)

    @property
    def _listeners(self) -> list[Any]:
        return [one for one in self._open.values() if isinstance(one, BaseWSGIServer)]

    def start(self) -> None:
        """Serve in a thread."""
        self._thread.start()

    def stop(self) -> None:
        """Let requests that have come in be answered, then close."""
        self._server.task_dispatcher.shutdown(timeout=DRAIN_SECONDS)
        if not self._thread.is_alive():
            self._close_all()
            return
        # Sockets may be closed by the thread that waits for them only.
        self._listeners[0].trigger.pull_trigger(self._close_all)
        self._thread.join(DRAIN_SECONDS)

    def _close_all(self) -> None:
        for one in list(self._open.values()):
            if isinstance(one, HTTPChannel):
                one.close_when_flushed = True
            elif isinstance(one, BaseWSGIServer):
                one.close()
