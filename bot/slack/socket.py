"""Socket Mode: Slack speaks to the bot over a web socket that the bot opens.

The client reconnects by itself, within about fifteen seconds of a line that died.
"""

import logging
import time
from contextlib import suppress
from socket import SHUT_RDWR
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.slack.web import Web, web_client

# As many as there are threads for anything else that listens.
CONCURRENCY = 20
# A line that was closed without a word is noticed only when four pings went unanswered.
PING_SECONDS = 3
# `is_connected` stays true on a line that died quietly: only an answered ping is proof.
SILENT_SECONDS = 30

# The client writes whole frames into its warnings.
_socket_log = logging.getLogger("rapport.socket")
_socket_log.setLevel(logging.ERROR)


class Socket:
    """The web socket of one app."""

    def __init__(self, app: App, app_token: str, api_url: str) -> None:
        self._web = Web(web_client(app_token, api_url))
        self._handler: Any = SocketModeHandler(
            app,
            app_token,
            logger=_socket_log,
            web_client=self._web.client,
            ping_interval=PING_SECONDS,
            concurrency=CONCURRENCY,
        )
        self._started_at = time.time()

    def start(self) -> None:
        """Open the socket; raises SlackError when Slack does not say where."""
        client = self._handler.client
        client.wss_uri = self._web.write("apps.connections.open")["url"]
        self._started_at = time.time()
        self._handler.connect()

    def trouble(self) -> str | None:
        """Return why nothing can come in, or None."""
        client = self._handler.client
        session = client.current_session
        if session is None or not client.is_connected():
            return "the socket to Slack is not connected"
        silent_for = time.time() - (session.last_ping_pong_time or self._started_at)
        return (
            f"Slack was last heard {silent_for:.0f} s ago" if silent_for > SILENT_SECONDS else None
        )

    def stop(self) -> None:
        """Let what has come in be answered, then close."""
        client = self._handler.client
        client.closed = True
        client.message_workers.shutdown()
        client.auto_reconnect_enabled = False
        _wake_reader(client.current_session)
        self._handler.close()


def _wake_reader(session: Any) -> None:
    """End the wait for the next frame, which would hold up closing for three seconds."""
    if session and session.sock:
        with suppress(OSError):
            session.sock.shutdown(SHUT_RDWR)
