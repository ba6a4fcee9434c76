"""The composition root: settings, database, Slack and jobs; started, kept running, stopped."""

import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Event, Thread, active_count
from typing import Any, TypeVar

from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError

from bot import settings as environment
from bot.domain.clock import Clock, SystemClock
from bot.domain.member import Workspace
from bot.errors import NotSaved, SlackError
from bot.settings import Settings, SettingsError
from bot.slack.app import make_app
from bot.slack.front import Front
from bot.slack.messenger import SlackMessenger
from bot.slack.metrics import Metrics
from bot.slack.mrkdwn import Json
from bot.slack.server import WebServer
from bot.slack.socket import Socket
from bot.slack.web import JOB_TIMEOUT, REQUEST_TIMEOUT, TOKEN_ERRORS, Web, web_client
from bot.slack.wsgi import Website
from bot.store import Store, connect, workspace
from bot.store.engine import JOB_PATIENCE
from bot.store.health import why
from bot.store.migrate import is_current, migrate
from jobs.scheduler import Scheduler
from jobs.welcome import greet

log = logging.getLogger(__name__)

STOPPED, UNUSABLE = 0, 2
POOL_THREADS = 20
STOP_SECONDS = 9.0
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
CHATTY = ("slack_sdk", "slack_bolt", "apscheduler", "alembic", "sqlalchemy", "waitress")
BOT_TOKEN, APP_TOKEN = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"
LOG_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"

Result = TypeVar("Result")


class Unusable(Exception):
    """The bot cannot start until somebody changes a setting; the text says which."""


class Stopped(Exception):
    """The bot was told to stop while it was still waiting for something."""


@dataclass(frozen=True, slots=True)
class Running:
    """What a caller in the same process may want of a bot that is up."""

    workspace: str
    port: int
    store: Store


def main(
    environ: Mapping[str, str],
    clock: Clock | None = None,
    ready: Callable[[Running], None] | None = None,
) -> int:
    """Run until SIGTERM or SIGINT; returns the exit code: 0 stopped, 2 unusable settings."""
    log_to_stderr()
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    try:
        code = serve(environment.read(environ), clock, ready, stop)
    except SettingsError as error:
        for problem in error.problems:
            log.error("%s", problem)
        return UNUSABLE
    if active_count() > 1:
        # Python would wait for what was left behind, and longer than whoever stops us.
        logging.shutdown()
        os._exit(code)
    return code


def serve(
    settings: Settings,
    clock: Clock | None = None,
    ready: Callable[[Running], None] | None = None,
    stop: Event | None = None,
) -> int:
    """Run the bot until `stop` is set; `ready` is called once, when it takes work.

    Returns 0 when it was stopped, 2 when a setting cannot be used (the log says which).
    """
    engine = connect(settings.database_url)
    try:
        _Bot(settings, Store(engine), clock or SystemClock(), stop or Event()).run(ready)
    except Stopped:
        log.info("stopped before it was up")
    except Unusable as error:
        log.error("%s", error)
        return UNUSABLE
    finally:
        engine.dispose()
    return STOPPED


def log_to_stderr() -> None:
    """One line an event; libraries say only what is wrong."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format=LOG_LINE)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


class _Bot:
    """Everything that runs, wired together; threads start in `run` only."""

    def __init__(self, settings: Settings, store: Store, clock: Clock, stop: Event) -> None:
        self.settings, self.store, self.clock, self.stop = settings, store, clock, stop
        self.metrics = Metrics()
        _open_database(store)
        self.home = self._found_workspace()
        self.pool = ThreadPoolExecutor(POOL_THREADS, thread_name_prefix="later")
        self.scheduler = Scheduler(store, self._messenger(JOB_TIMEOUT), clock)
        store.on_commit = self.scheduler.wake
        messenger = self._messenger(REQUEST_TIMEOUT)
        front = Front(self.home.id, store, messenger, clock, self.metrics, self.pool)
        app = make_app(front, web_client(settings.bot_token, settings.api_url))
        website = Website(self.trouble, self._figures, app, settings.signing_secret)
        self.web = _listening(website, settings.host, settings.port)
        token = settings.app_token
        self.socket = Socket(app, token, settings.api_url) if token else None

    def run(self, ready: Callable[[Running], None] | None) -> None:
        """Take work until told to stop; what was begun is ended."""
        try:
            self._take_work()
            if ready:
                ready(Running(self.home.id, self.web.port, self.store))
            self.stop.wait()
        finally:
            self._end()

    def trouble(self) -> str | None:
        """Return why no work can be taken, or None."""
        socket = self.socket.trouble() if self.socket else None
        found = (self._database_trouble(), self.scheduler.overdue(), socket)
        return "; ".join(one for one in found if one) or None

    def _take_work(self) -> None:
        self.web.start()
        if self.socket:
            _patiently(self.socket.start, APP_TOKEN, self.stop)
        self.scheduler.start()
        way = "Socket Mode" if self.socket else "signed HTTP"
        log.info("up workspace=%s by %s, health on port %s", self.home.id, way, self.web.port)

    def _end(self) -> None:
        log.info("stopping")
        deadline = time.monotonic() + STOP_SECONDS
        inbound = [self.web.stop, *([self.socket.stop] if self.socket else [])]
        _within(deadline, self.scheduler.stop, *inbound)
        _within(deadline, self.pool.shutdown)
        log.info("stopped")

    def _messenger(self, timeout: int) -> SlackMessenger:
        client = web_client(self.settings.bot_token, self.settings.api_url, timeout)
        return SlackMessenger(client, self.metrics.heard)

    def _figures(self) -> bytes:
        return self.metrics.page(self.store, self.trouble())

    def _database_trouble(self) -> str | None:
        try:
            with self.store.read(self.home.id) as tx:
                return None if is_current(tx.connection) else "the database is of another version"
        except NotSaved as error:
            return f"the database cannot be reached ({error})"

    def _found_workspace(self) -> Workspace:
        """Ask Slack whose token this is, for as long as Slack cannot be reached."""
        asking = partial(_asked, self.settings)
        found = _found(
            self.settings,
            self.store,
            _patiently(asking, BOT_TOKEN, self.stop),
            self.clock.now(),
        )
        with self.store.begin() as connection:
            workspace.make_owners(connection, found.id, self.settings.owners)
        if not greet(self.store, found.id, self.settings.owners, self.clock.now()):
            log.warning("nobody is an owner yet: set RAPPORT_OWNERS to a Slack member id")
        return found


def workspace_of(settings: Settings, store: Store) -> Workspace:
    """Return the workspace of the bot's token, made when it is new.

    Raises Unusable when Slack refuses the token or cannot be reached.
    """
    try:
        return _found(settings, store, _asked(settings), SystemClock().now())
    except SlackError as error:
        raise Unusable(f"Slack did not say whose {BOT_TOKEN} this is: {error.reason}.") from None


def find_by_email(settings: Settings, workspace: str) -> Callable[[str], str | None]:
    """Return a way to ask Slack for people by their address; it may raise SlackError."""
    client = web_client(settings.bot_token, settings.api_url)
    return partial(SlackMessenger(client).by_email, workspace)


def _asked(settings: Settings) -> Json:
    return Web(web_client(settings.bot_token, settings.api_url)).write("auth.test")


def _found(settings: Settings, store: Store, identity: Json, now: datetime) -> Workspace:
    with store.begin() as connection:
        defaults = _defaults(settings, identity)
        return workspace.found(connection, defaults, now)


def _defaults(settings: Settings, identity: Json) -> Workspace:
    given: dict[str, Any] = {
        "zone": settings.zone,
        "country": settings.country,
        "channel": settings.channel,
    }
    return Workspace(
        id=identity["team_id"],
        name=identity.get("team", ""),
        bot_user=identity.get("user_id"),
        **{name: value for name, value in given.items() if value},
    )


def _listening(website: Website, host: str, port: int) -> WebServer:
    try:
        return WebServer(website, host, port)
    except OSError as error:
        raise Unusable(f"{host}:{port} cannot be used: {error.strerror}.") from None


def _open_database(store: Store) -> None:
    try:
        with store.engine.connect():
            pass
        with store.begin(JOB_PATIENCE):
            pass
        migrate(store.engine)
    except (NotSaved, SQLAlchemyError, CommandError) as error:
        raise Unusable(f"DATABASE_URL cannot be opened: {why(error)}") from None


def _patiently(work: Callable[[], Result], token: str, stop: Event) -> Result:
    """Try until Slack can be reached; a token that it refuses is for somebody to mend."""
    wait = FIRST_WAIT
    while True:
        try:
            return work()
        except SlackError as error:
            if error.reason in TOKEN_ERRORS:
                raise Unusable(f"Slack refuses {token}: {error.reason}.") from None
            log.warning("Slack cannot be reached (%s); again in %.0f s", error.reason, wait)
        if stop.wait(wait):
            raise Stopped
        wait = min(2 * wait, LONGEST_WAIT)


def _within(deadline: float, *stops: Callable[[], None]) -> None:
    """End things side by side; whatever has not ended by the deadline is left behind."""
    threads = [Thread(target=stop, daemon=True) for stop in stops]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
