"""The least a command can cost: the same server and Bolt, with a listener that says nothing."""

import sys
import threading
from typing import Any

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from bot.slack.app import COMMAND
from bot.slack.server import WebServer
from bot.slack.wsgi import Website


def main() -> None:
    app = App(
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id=None, bot_token=None),
        process_before_response=True,
        request_verification_enabled=False,
    )

    @app.command(COMMAND)
    def hear(ack: Any) -> None:
        ack()

    server = WebServer(Website(lambda: None, bytes, app, sys.argv[1]), "127.0.0.1", 0)
    server.start()
    sys.stdout.write(f"port {server.port}\n")
    sys.stdout.flush()
    threading.Event().wait()


if __name__ == "__main__":
    main()
