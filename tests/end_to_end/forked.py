"""A process forked from one that has the bot's code at hand: there at once, not after a second.

What `rapport run` does from its first line on is tried in test_start.py.
"""

import os
import signal
import sys
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(["bot.run", "psycopg"])

Work = Callable[[], int]


class Fork:
    """Runs `work` in a folder and an environment of its own; used as a subprocess.Popen is."""

    def __init__(self, work: Work, environ: dict[str, str], folder: Path) -> None:
        reads, self_writes = os.pipe()
        self_reads, writes = os.pipe()
        ends = Connection(reads, writable=False), Connection(writes, readable=False)
        self._process = _FORKS.Process(
            target=_begin, args=(work, environ, folder, *ends), daemon=True
        )
        self._process.start()
        for end in ends:
            end.close()
        self.stdin = os.fdopen(self_writes, "w", encoding="utf-8")
        self.stdout = os.fdopen(self_reads, encoding="utf-8", errors="replace")

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        code = self.poll()
        if code is None:
            raise TimeoutError(f"it did not end within {timeout} s")
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _begin(
    work: Work, environ: dict[str, str], folder: Path, stdin: Connection, stdout: Connection
) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    for source, number in ((stdin, 0), (stdout, 1), (stdout, 2)):
        os.dup2(source.fileno(), number)
    for source in (stdin, stdout):
        source.close()
    sys.exit(work())
