"""A process of this run's own: started, listened to, ended by its id."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


class Child:
    """`python -m module arguments`; reads what it says, a line at a time."""

    def __init__(self, module: str, *arguments: object, environ: Mapping[str, str] = {}) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *map(str, arguments)],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environ},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def hear(self, beginning: str = "") -> str:
        """Return what follows `beginning` in the next line that has it."""
        assert self.process.stdout
        for line in self.process.stdout:
            if line.startswith(beginning):
                return line.removeprefix(beginning).strip()
        raise EOFError(f"{self.process.args} ended with {self.process.wait()}")

    def tell(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                stream.close()


@contextmanager
def running(module: str, *arguments: object, environ: Mapping[str, str] = {}) -> Iterator[Child]:
    child = Child(module, *arguments, environ=environ)
    try:
        yield child
    finally:
        child.kill()


def resident(pid: int) -> float:
    """Return the resident memory of a process in MB; psutil's figure."""
    import psutil

    return float(psutil.Process(pid).memory_info().rss) / 1_000_000
