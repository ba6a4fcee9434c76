"""The composition root: settings, database, Slack and timers; started, kept running, stopped."""

import logging
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Event, active_count

from sqlalchemy.exc import SQLAlchemyError

from bot import settings as environment
from bot.domain.clock import Clock, SystemClock
from bot.errors import NotSaved
from bot.run.ends import Stopped, Unusable, within
from bot.run.hearing import Hearing
from bot.run.lines import log_to_stderr
from bot.run.memory import keep_what_is_loaded
from bot.run.workspaces import RollCall, find_by_email, workspaces_of
from bot.settings import Settings, SettingsError
from bot.signals import told_to_end
from bot.slack.messenger import SlackMessenger
from bot.slack.metrics import Metrics
from bot.slack.pace import Pace
from bot.slack.server import WebServer
from bot.slack.web import JOB_TIMEOUT
from bot.slack.wsgi import Website
from bot.store import Store, connect, health
from bot.store.engine import JOB_PATIENCE
from bot.store.health import why
from bot.store.migrate import migrate
from bot.store.sqlite_file import is_read_only
from jobs.scheduler import Scheduler

__all__ = [
    "BOT",
    "JOBS",
    "RUN",
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
STOP_SECONDS = 9.0
READ_ONLY = "; its file or folder may only be read, and SQLite writes into both"


@dataclass(frozen=True, slots=True)
class Role:
    """What a process does; any mix of them shares a database."""

    name: str
    hears: bool
    has_timers: bool


RUN = Role("run", hears=True, has_timers=True)
BOT = Role("bot", hears=True, has_timers=False)
JOBS = Role("jobs", hears=False, has_timers=True)


@dataclass(frozen=True, slots=True)
class Running:
    """What a caller in the same process may want of a bot that is up.

    `catch_up` has what is due worked on, waiting some seconds; False when it is not done.
    """

    workspaces: tuple[str, ...]
    port: int
    store: Store
    catch_up: Callable[[float], bool]


Ready = Callable[[Running], None]


def main(
    environ: Mapping[str, str],
    clock: Clock | None = None,
    ready: Ready | None = None,
    role: Role = RUN,
) -> int:
    """Run until SIGTERM or SIGINT; returns the exit code: 0 stopped, 2 unusable settings."""
    log_to_stderr()
    try:
        settings = environment.read(environ, role.hears)
    except SettingsError as error:
        for problem in error.problems:
            log.error("%s", problem)
        return UNUSABLE
    keep_what_is_loaded()
    code = serve(settings, clock, ready, told_to_end(), role)
    if active_count() > 1:
        # Python would wait for what was left behind, and longer than whoever stops us.
        logging.shutdown()
        os._exit(code)
    return code


def serve(
    settings: Settings,
    clock: Clock | None = None,
    ready: Ready | None = None,
    stop: Event | None = None,
    role: Role = RUN,
) -> int:
    """Run the bot until `stop` is set; `ready` is called once, when it takes work.

    Returns 0 when it was stopped, 2 when a setting cannot be used (the log says which).
    """
    engine = connect(settings.database_url)
    try:
        _Process(settings, Store(engine), clock or SystemClock(), stop or Event(), role).run(ready)
    except Stopped:
        log.info("stopped before it was up")
    except Unusable as error:
        log.error("%s", error)
        return UNUSABLE
    finally:
        engine.dispose()
    return STOPPED


class _Process:
    """Everything that runs, wired together; threads start in `run` only."""

    def __init__(
        self, settings: Settings, store: Store, clock: Clock, stop: Event, role: Role
    ) -> None:
        self.store, self.clock, self.stop, self.role = store, clock, stop, role
        self.metrics, self.pace = Metrics(), Pace()
        _open_database(store)
        self.roll = RollCall(settings, store, clock, stop)
        self.roll.begin()
        tokens = self.roll.tokens
        self.timers = self._timers(settings, clock) if role.has_timers else None
        self.hearing = (
            Hearing(settings, store, clock, tokens, self.metrics, self.pace) if role.hears else None
        )
        self.metrics.look("rapport_workspaces", "Workspaces whose token works", tokens.working)
        self.metrics.look("rapport_tokens_unknown", "Tokens not taken yet", self.roll.unknown)
        app = self.hearing.app if self.hearing else None
        site = Website(self.trouble, self._figures, app, settings.signing_secret)
        self.web = _listening(site, settings.host, settings.port)

    def _timers(self, settings: Settings, clock: Clock) -> Scheduler:
        messenger = SlackMessenger(
            self.roll.tokens,
            settings.api_url,
            JOB_TIMEOUT,
            self.metrics.heard,
            self.pace,
            self.store,
        )
        timers = Scheduler(self.store, messenger, clock, self.metrics)
        self.store.on_commit = timers.wake
        return timers

    def run(self, ready: Ready | None) -> None:
        """Take work until told to stop; what was begun is ended."""
        try:
            self._take_work()
            if ready:
                ready(Running(tuple(self.roll.tokens), self.web.port, self.store, self._catch_up))
            self.stop.wait()
        finally:
            self._end()

    def trouble(self) -> str | None:
        """Return why no work can be taken, or None."""
        found = (
            self._database_trouble(),
            self.timers.overdue() if self.timers else None,
            self.hearing.trouble() if self.hearing else None,
            self.roll.trouble(),
        )
        return "; ".join(one for one in found if one) or None

    def _catch_up(self, timeout: float) -> bool:
        return self.timers is None or self.timers.catch_up(timeout)

    def _take_work(self) -> None:
        self.web.start()
        if self.hearing:
            self.hearing.start(self.stop)
        if self.timers:
            self.timers.start()
        way = self.hearing.way if self.hearing else "none"
        known, port = len(self.roll.tokens), self.web.port
        log.info("up role=%s workspaces=%s way=%s port=%s", self.role.name, known, way, port)

    def _end(self) -> None:
        log.info("stopping")
        deadline = time.monotonic() + STOP_SECONDS
        stops = [self.web.stop, *(self.hearing.stops() if self.hearing else ())]
        within(deadline, *stops, *([self.timers.stop] if self.timers else ()))
        if self.hearing:
            within(deadline, self.hearing.later.stop)
        log.info("stopped")

    def _figures(self) -> bytes:
        return self.metrics.page(self.store, self.trouble(), self.clock.now())

    def _database_trouble(self) -> str | None:
        try:
            with self.store.peek() as connection:
                return health.trouble(connection)
        except NotSaved as error:
            return f"the database cannot be reached ({error})"


def _listening(site: Website, host: str, port: int) -> WebServer:
    try:
        return WebServer(site, host, port)
    except OSError as error:
        raise Unusable(f"{host}:{port} cannot be used: {error.strerror}.") from None


def _open_database(store: Store) -> None:
    try:
        with store.engine.connect():
            pass
        with store.begin(JOB_PATIENCE):
            pass
        migrate(store.engine)
    except (NotSaved, SQLAlchemyError) as error:
        hint = READ_ONLY if is_read_only(store.engine) else ""
        raise Unusable(f"DATABASE_URL cannot be opened: {why(error)}{hint}") from None
