"""Socket Mode: Slack speaks to the bot over a web socket that the bot opens.

The client takes a line that was cut for a silent one, and would notice after 15 to 18 seconds
(five pings that could not be sent). So a watch looks every second whether the other side has hung
up, and has the client connect anew: commands work again 2 seconds after a cut, and at most 5 after
Slack is back. A line that dies without a word is noticed after 8 to 10, by its unanswered pings.
"""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPException
from socket import AF_INET, MSG_DONTWAIT, MSG_PEEK, SHUT_RDWR, SOCK_STREAM, fromfd
from threading import Event, Thread
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackClientError

from bot.slack import busy
from bot.slack.web import Web, web_client

# As many as there are threads for anything else that listens.
CONCURRENCY = 20
# Whoever is behind so many would have heard from Slack by then that it took too long.
MOST_WAITING = 200
# A line that died without a word is noticed only when four pings went unanswered.
PING_SECONDS = 2
# How often the watch looks, and how long it waits between tries while Slack is away.
LOOK_SECONDS, LONGEST_WAIT = 1.0, 4.0
# `is_connected` stays true on a line that died quietly: only an answered ping is proof.
SILENT_SECONDS = 30

NOT_RECONNECTED = (SlackClientError, OSError, HTTPException, ValueError)

# The client writes whole frames into its warnings.
_socket_log = logging.getLogger("rapport.socket")
_socket_log.setLevel(logging.ERROR)


def nobody() -> None:
    """Until somebody counts who was turned away."""


class Socket:
    """The web socket of one app."""

    def __init__(
        self, app: App, app_token: str, api_url: str, turned_away: Callable[[], None] = nobody
    ) -> None:
        self._web = Web(web_client(app_token, api_url))
        self._handler: Any = SocketModeHandler(
            app,
            app_token,
            logger=_socket_log,
            web_client=self._web.client,
            ping_interval=PING_SECONDS,
            concurrency=CONCURRENCY,
        )
        self._bound_queue()
        self._turned_away = turned_away
        self._opened_at = time.time()
        self._session: Any = None
        self._stopping = Event()
        self._watch = Thread(target=self._watch_line, name="socket-watch", daemon=True)

    def _bound_queue(self) -> None:
        client = self._handler.client
        self._enqueue: Callable[[str], None] = client.enqueue_message
        client.enqueue_message = self._take

    def start(self) -> None:
        """Open the socket; raises SlackError when Slack does not say where."""
        client = self._handler.client
        client.wss_uri = self._web.write("apps.connections.open")["url"]
        self._handler.connect()
        self._watch.start()

    def trouble(self) -> str | None:
        """Return why nothing can come in, or None."""
        if self._current() is None or not self._handler.client.is_connected():
            return "the socket to Slack is not connected"
        silent_for = self.silent()
        return (
            f"Slack was last heard {silent_for:.0f} s ago" if silent_for > SILENT_SECONDS else None
        )

    def age(self) -> float:
        """Return how many seconds ago the socket was opened."""
        self._current()
        return time.time() - self._opened_at

    def silent(self) -> float:
        """Return how many seconds ago Slack was last heard."""
        session = self._current()
        heard_at = session.last_ping_pong_time if session else None
        return time.time() - (heard_at or self._opened_at)

    def waiting(self) -> int:
        """Return how much has come in that no thread works on yet."""
        client = self._handler.client
        return int(client.message_queue.qsize() + client.message_workers._work_queue.qsize())

    def _current(self) -> Any:
        """Return the session, and notice when the client has opened another by itself."""
        session = self._handler.client.current_session
        if session is not self._session:
            self._session, self._opened_at = session, time.time()
        return session

    def stop(self) -> None:
        """Let what has come in be answered, then close."""
        client = self._handler.client
        self._stopping.set()
        client.closed = True
        client.message_workers.shutdown()
        client.auto_reconnect_enabled = False
        _wake_reader(client.current_session)
        self._handler.close()

    def _take(self, frame: str) -> None:
        """Queue what came in; where too much waits already, turn it away at once."""
        if self.waiting() < MOST_WAITING or not busy.is_work(frame):
            self._enqueue(frame)
            return
        self._turned_away()
        if answer := busy.refusal(frame):
            self._handler.client.send_socket_mode_response(answer)

    def _watch_line(self) -> None:
        wait = LOOK_SECONDS
        while not self._stopping.wait(wait):
            client = self._handler.client
            session = client.current_session
            if session and session.is_active() and not _is_cut(session):
                wait = LOOK_SECONDS
                continue
            with suppress(*NOT_RECONNECTED):
                session.disconnect()
                client.connect_to_new_endpoint()
            wait = min(2 * wait, LONGEST_WAIT)


def _is_cut(session: Any) -> bool:
    """Whether the other side has hung up; nothing is read that belongs to the client."""
    try:
        with fromfd(session.sock.fileno(), AF_INET, SOCK_STREAM) as line:
            return not line.recv(1, MSG_PEEK | MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except (OSError, ValueError, AttributeError):
        return True


def _wake_reader(session: Any) -> None:
    """End the wait for the next frame, which would hold up closing for three seconds."""
    if session and session.sock:
        with suppress(OSError):
            session.sock.shutdown(SHUT_RDWR)
