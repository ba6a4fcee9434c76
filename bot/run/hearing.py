"""What people say: Bolt behind a web socket, or behind the web server by signed HTTP."""

import logging
from collections.abc import Callable
from functools import partial
from threading import Event

from bot.domain.clock import Clock
from bot.errors import SlackError
from bot.run.ends import Unusable, patiently
from bot.run.line import Line
from bot.settings import Settings
from bot.slack.app import make_app
from bot.slack.front import Front, in_background
from bot.slack.home import Homes
from bot.slack.later import Later
from bot.slack.messenger import SlackMessenger
from bot.slack.metrics import Metrics
from bot.slack.pace import Pace
from bot.slack.socket import Socket
from bot.slack.tokens import Tokens
from bot.slack.web import REQUEST_TIMEOUT, TOKEN_ERRORS, Web, web_client
from bot.store import Store

log = logging.getLogger(__name__)

APP_TOKEN = "SLACK_APP_TOKEN"  # noqa: S105 - a name


class Hearing:
    """The way in; nothing is heard before `start`."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        clock: Clock,
        tokens: Tokens,
        metrics: Metrics,
        pace: Pace,
    ) -> None:
        self.later = Later()
        messenger = SlackMessenger(
            tokens, settings.api_url, REQUEST_TIMEOUT, metrics.heard, pace, store
        )
        homes = Homes(store, messenger, clock, in_background(self.later))
        store.on_change = homes.changed
        self.app = make_app(Front(tokens, store, messenger, clock, metrics, self.later, homes))
        token = settings.app_token
        self.socket = (
            Socket(self.app, token, settings.api_url, metrics.turned_away.inc) if token else None
        )
        if self.socket:
            metrics.look("rapport_socket_age_seconds", "Since the socket opened", self.socket.age)
            metrics.look("rapport_socket_waiting", "What waits for a thread", self.socket.waiting)
            metrics.look("rapport_socket_silent_seconds", "Since its last pong", self.socket.silent)
        self.line = Line(store, clock, tokens, self._is_good)
        self._ask = partial(_is_there, settings, tokens)
        metrics.look("rapport_later_waiting", "Answers that wait for a thread", self.later.waiting)

    @property
    def way(self) -> str:
        """By which way Slack speaks to the bot."""
        return "socket" if self.socket else "http"

    def start(self, stop: Event) -> None:
        """Open the socket, if it is one; raises Unusable and Stopped."""
        if self.socket:
            patiently(partial(_opened, self.socket), stop)
        self.line.start()

    def trouble(self) -> str | None:
        """Return why nothing can come in, or None."""
        return self.socket.trouble() if self.socket else None

    def stops(self) -> list[Callable[[], None]]:
        """Return what has to be stopped before `later` is."""
        return [self.line.stop, *([self.socket.stop] if self.socket else [])]

    def _is_good(self) -> bool:
        """Whether what is typed can be heard; without a socket, whether Slack can be reached."""
        return self.socket.trouble() is None if self.socket else self._ask()


def _is_there(settings: Settings, tokens: Tokens) -> bool:
    """Whether Slack answers, whatever it thinks of a token."""
    try:
        Web(web_client(tokens.of(next(iter(tokens))), settings.api_url)).write("auth.test")
    except SlackError as error:
        return error.reason in TOKEN_ERRORS
    return True


def _opened(socket: Socket, wait: float) -> bool | None:
    """Open the socket; None when Slack cannot be reached."""
    try:
        socket.start()
    except SlackError as error:
        if error.reason in TOKEN_ERRORS:
            raise Unusable(f"Slack refuses {APP_TOKEN}: {error.reason}.") from None
        log.warning("Slack cannot be reached (%s); again in %.0f s", error.reason, wait)
        return None
    return True
