"""Starts the clinic: a practice Slack with its page, and the real bot beside it."""

import logging
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from bot.commands import SHORTCUTS
from bot.errors import UserError
from bot.run import Running, log_to_stderr, serve
from bot.signals import told_to_end
from bot.store import Store

try:
    from bot.demo import clinic, tour
    from bot.practice import PracticeSlack
    from bot.practice.control import mount as mount_control
    from bot.practice.page import Show, mount
except ModuleNotFoundError as error:  # pragma: no cover - an installation without the extra
    raise UserError("The practice Slack is missing: pip install 'rapport[practice]'.") from error

OK, FAILED = 0, 1
PORT, PORTS_TRIED = 4040, 20
PATIENCE = 20.0
# How long time that is played waits for the bot.
WORK_SECONDS = 5.0
Remember = Callable[[PracticeSlack, Store, str], None]
COMMANDS = {"/partner": "called riverside about knee protocols, 20 min · or: help"}


def main(port: int = 0, open_browser: bool = True) -> int:
    """Serve the clinic until Ctrl-C; returns 0, or 1 when it could not start."""
    _quietly()
    told = told_to_end()
    try:
        with opened(port or PORT) as slack:
            url = f"http://127.0.0.1:{slack.port}/"
            _say(f"The sample clinic is open at {url}")
            _say("Everything is made up, and gone when you press Ctrl-C.")
            if open_browser:
                webbrowser.open(url)
            told.wait()
    except RuntimeError as error:
        _say(f"The demo could not start: {error}.")
        return FAILED
    return OK


@contextmanager
def opened(port: int, remember: Remember = clinic.remember) -> Iterator[PracticeSlack]:
    """Run the clinic and its bot, on `port` or the next free one; raises RuntimeError.

    `remember` fills its database.
    """
    with ExitStack() as stack:
        slack = _listening(port)
        stack.callback(slack.stop)
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="rapport-demo-"))
        running = stack.enter_context(_bot(slack, Path(folder)))
        remember(slack, running.store, slack.workspace.team_id)
        running.store.on_commit()
        slack.clock.on_move.append(running.store.on_commit)
        slack.clock.let_work = partial(running.catch_up, WORK_SECONDS)
        yield slack


def _listening(port: int) -> PracticeSlack:
    """Return the practice Slack, listening; a port in use gives way to the next."""
    for candidate in range(port, port + PORTS_TRIED) if port else (0,):
        slack = PracticeSlack(candidate, name="Bayside Clinic")
        clinic.open_doors(slack)
        people = clinic.hire(slack)
        roles, start = clinic.roles(people), (people["ana"].id, "dm")
        is_working_day = clinic.CALENDAR.is_working_day
        show = Show(slack, roles, COMMANDS, tour.steps(people), start, is_working_day)
        show.shortcuts, show.message_shortcuts = _shortcuts(False), _shortcuts(True)
        mount(slack.server.app, show)
        mount_control(slack.server.app, slack)
        try:
            return slack.start()
        except OSError:
            _say(f"Port {candidate} is in use; trying {candidate + 1}.")
    raise RuntimeError(f"no port from {port} on is free")


def _shortcuts(is_of_message: bool) -> dict[str, str]:
    found = SHORTCUTS.values()
    return {one.callback_id: one.name for one in found if one.is_of_message is is_of_message}


@contextmanager
def _bot(slack: PracticeSlack, folder: Path) -> Iterator[Running]:
    """Run the real bot on a database of its own, and stop it afterwards."""
    up, stop = threading.Event(), threading.Event()
    found: list[Running] = []

    def ready(running: Running) -> None:
        found.append(running)
        up.set()

    values = clinic.settings(slack, f"sqlite:///{folder / 'rapport.db'}")
    arguments = (values, clinic.PracticeClock(slack), ready, stop)
    bot = threading.Thread(target=serve, args=arguments, name="rapport")
    bot.start()
    try:
        if not up.wait(PATIENCE):
            raise RuntimeError("the bot did not come up")
        yield found[0]
    finally:
        stop.set()
        bot.join(PATIENCE)


def _quietly() -> None:
    """Only what is wrong is said in the terminal; everything else is on the page."""
    log_to_stderr()
    logging.getLogger().setLevel(logging.WARNING)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
