"""Bolt apps, connected to the practice Slack for the length of a with block."""

from collections.abc import Iterator
from contextlib import contextmanager

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.practice import PracticeSlack


@contextmanager
def connected(slack: PracticeSlack, app: App) -> Iterator[SocketModeHandler]:
    handler = SocketModeHandler(app, slack.app_token)
    handler.connect()
    slack.wait_connected()
    try:
        yield handler
    finally:
        # Its reader holds a lock for up to three seconds unless the line is cut under it, and its
        # queue is looked at once a second unless something is in it.
        handler.client.auto_reconnect_enabled = False
        slack.cut_sockets()
        handler.client.closed = True
        handler.client.enqueue_message("")
        handler.close()
