"""The bot as a process of its own: started, watched, asked over HTTP, always ended."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Condition, Event, Thread
from typing import TypeVar

from bot.practice import PracticeSlack
from tests.end_to_end.forked import Fork
from tests.end_to_end.launcher import live

RAPPORT = str(Path(sys.executable).with_name("rapport"))
# Upper bounds for a slow machine; nothing waits longer than it has to.
UP_WITHIN, STOPPED_WITHIN, PATIENCE = 60.0, 10.0, 60.0
UP = re.compile(r"event=up .*port=(\d+)")

Found = TypeVar("Found")


class Process:
    """A bot under watch; `lines` is everything it wrote, to stdout and to stderr."""

    def __init__(self, child: subprocess.Popen[str] | Fork) -> None:
        self.lines: list[str] = []
        self._is_over = False
        self._changed = Condition()
        self._child = child
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self._child.stdout or ():
            self._note(line.rstrip("\n"))
        self._note(None)

    def _note(self, line: str | None) -> None:
        with self._changed:
            if line is None:
                self._is_over = True
            else:
                self.lines.append(line)
            self._changed.notify_all()

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def output(self) -> str:
        return "\n".join(self.lines)

    def says(self, pattern: str, within: float = PATIENCE) -> re.Match[str]:
        """Wait until the bot has written something that fits."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_over or re.search(pattern, self.output), within)
            found = re.search(pattern, self.output)
        assert found, f"never said {pattern!r}:\n{self.output}"
        return found

    def up(self) -> "Process":
        """Wait until the bot takes work."""
        self.port = int(self.says(UP.pattern, UP_WITHIN)[1])
        return self

    def get(self, path: str) -> tuple[int, str]:
        return ask(self.port, "GET", path)

    def post(self, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        return ask(self.port, "POST", "/slack/events", body, headers)

    def set_clock(self, now: datetime) -> None:
        """Move the clock of a bot that the launcher runs."""
        assert self._child.stdin
        self._child.stdin.write(f"{now.isoformat()}\n")
        self._child.stdin.flush()

    def send(self, number: signal.Signals) -> None:
        self._child.send_signal(number)

    def ends(self, within: float = STOPPED_WITHIN) -> int:
        """Return the exit code, once it has ended and all that it wrote was read."""
        code = self._child.wait(within)
        with self._changed:
            assert self._changed.wait_for(lambda: self._is_over, within)
        return code

    def stop(self) -> int:
        self.send(signal.SIGTERM)
        return self.ends()

    def kill(self) -> None:
        self.send(signal.SIGKILL)
        self.ends()

    def clear_away(self) -> None:
        """Whatever happened: leave nothing that runs."""
        if self._child.poll() is None:
            self._child.kill()
        self._child.wait()
        for stream in (self._child.stdin, self._child.stdout):
            if stream:
                stream.close()


def rapport(environ: dict[str, str], folder: Path, *arguments: str) -> Process:
    """Run a subcommand as an operator does."""
    return Process(
        subprocess.Popen(
            [RAPPORT, *(arguments or ["run"])],
            env={"PATH": os.environ["PATH"], **environ},
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    )


def launched(environ: dict[str, str], folder: Path, now: datetime, role: str = "RUN") -> Process:
    """Run the bot with a clock that `set_clock` moves."""
    environ = {"PATH": os.environ["PATH"], **environ}
    return Process(Fork(partial(live, now, role), environ, folder))


def ask(
    port: int, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
) -> tuple[int, str]:
    """Return status and body of one HTTP request."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request(method, path, body, headers or {})
        answer = line.getresponse()
        return answer.status, answer.read().decode()
    finally:
        line.close()


def eventually(look: Callable[[], Found], within: float = PATIENCE) -> Found:
    """Return the first true answer of `look`, asked again and again until time is up."""
    ends, pause = time.monotonic() + within, Event()
    while not (found := look()):
        assert time.monotonic() < ends, f"not within {within} s: {found}"
        pause.wait(0.05)
    return found


def http_address(slack: PracticeSlack, process: Process) -> None:
    """From now on Slack reaches the bot by signed HTTP."""
    slack.use_http(f"http://127.0.0.1:{process.port}/slack/events")
