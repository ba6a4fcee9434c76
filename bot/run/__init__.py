"""The composition root: settings, database, Slack and jobs; started, kept running, stopped."""

import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Event, active_count

from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError

from bot import settings as environment
from bot.domain.clock import Clock, SystemClock
from bot.errors import NotSaved, SlackError
from bot.run.ends import Stopped, Unusable, patiently, within
from bot.run.workspaces import RollCall, find_by_email, workspaces_of
from bot.settings import Settings, SettingsError
from bot.slack.app import make_app
from bot.slack.front import Front, in_background
from bot.slack.home import Homes
from bot.slack.messenger import SlackMessenger
from bot.slack.metrics import Metrics
from bot.slack.server import WebServer
from bot.slack.socket import Socket
from bot.slack.web import JOB_TIMEOUT, REQUEST_TIMEOUT, TOKEN_ERRORS
from bot.slack.wsgi import Website
from bot.store import Store, connect
from bot.store.engine import JOB_PATIENCE
from bot.store.health import why
from bot.store.migrate import is_current, migrate
from jobs.scheduler import Scheduler

__all__ = [
    "Running",
    "Unusable",
    "find_by_email",
    "log_to_stderr",
    "main",
    "serve",
    "workspaces_of",
]

log = logging.getLogger(__name__)

STOPPED, UNUSABLE = 0, 2
POOL_THREADS = 20
STOP_SECONDS = 9.0
CHATTY = ("slack_sdk", "slack_bolt", "apscheduler", "alembic", "sqlalchemy", "waitress")
APP_TOKEN = "SLACK_APP_TOKEN"  # noqa: S105 - a name
LOG_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"


@dataclass(frozen=True, slots=True)
class Running:
    """What a caller in the same process may want of a bot that is up."""

    workspaces: tuple[str, ...]
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
        self.roll = RollCall(settings, store, clock, stop)
        self.roll.begin()
        self.pool = ThreadPoolExecutor(POOL_THREADS, thread_name_prefix="later")
        self.scheduler = Scheduler(store, self._messenger(JOB_TIMEOUT), clock)
        store.on_commit = self.scheduler.wake
        messenger = self._messenger(REQUEST_TIMEOUT)
        homes = Homes(store, messenger, clock, in_background(self.pool))
        store.on_change = homes.changed
        front = Front(self.roll.tokens, store, messenger, clock, self.metrics, self.pool, homes)
        app = make_app(front)
        website = Website(self.trouble, self._figures, app, settings.signing_secret)
        self.web = _listening(website, settings.host, settings.port)
        token = settings.app_token
        self.socket = Socket(app, token, settings.api_url) if token else None

    def run(self, ready: Callable[[Running], None] | None) -> None:
        """Take work until told to stop; what was begun is ended."""
        try:
            self._take_work()
            if ready:
                ready(Running(tuple(self.roll.tokens), self.web.port, self.store))
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
            patiently(partial(_opened, self.socket), self.stop)
        self.scheduler.start()
        way = "Socket Mode" if self.socket else "signed HTTP"
        known = ",".join(self.roll.tokens)
        log.info("up workspace=%s by %s, health on port %s", known, way, self.web.port)

    def _end(self) -> None:
        log.info("stopping")
        deadline = time.monotonic() + STOP_SECONDS
        inbound = [self.web.stop, *([self.socket.stop] if self.socket else [])]
        within(deadline, self.scheduler.stop, *inbound)
        within(deadline, self.pool.shutdown)
        log.info("stopped")

    def _messenger(self, timeout: int) -> SlackMessenger:
        return SlackMessenger(self.roll.tokens, self.settings.api_url, timeout, self.metrics.heard)

    def _figures(self) -> bytes:
        return self.metrics.page(self.store, self.trouble())

    def _database_trouble(self) -> str | None:
        try:
            with self.store.peek() as connection:
                return None if is_current(connection) else "the database is of another version"
        except NotSaved as error:
            return f"the database cannot be reached ({error})"


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
