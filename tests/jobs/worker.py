"""A worker that can be held at any point where it asks for the time or talks to Slack."""

import threading
from collections.abc import Callable

# An upper bound only: a worker reaches its next point within milliseconds.
PATIENCE = 60.0


class Killed(BaseException):
    """Raised in a worker whose process ends here."""


class Worker:
    """Runs `work` in a thread of its own, in turns with whoever calls `resume`."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.at = "start"
        self.is_over = False
        self.error: BaseException | None = None
        self._is_killed = False
        self._work = work
        self._mine, self._theirs = threading.Semaphore(0), threading.Semaphore(0)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def resume(self) -> None:
        """Go on to the next point, or to the end."""
        self._mine.release()
        assert self._theirs.acquire(timeout=PATIENCE), f"the worker hangs after {self.at}"
        if self.error is not None:
            raise self.error

    def kill(self) -> None:
        """End the process at this point: it forgets everything."""
        self._is_killed = True
        self.resume()

    def pause(self, point: str) -> None:
        """Called by the worker itself when it reaches a point."""
        self.at = point
        self._theirs.release()
        self._mine.acquire()
        if self._is_killed:
            raise Killed

    def _run(self) -> None:
        self._mine.acquire()
        try:
            if not self._is_killed:
                self._work()
        except Killed:
            pass
        except BaseException as error:  # noqa: BLE001 - raised again by `resume`
            self.error = error
        finally:
            self.is_over = True
            self._theirs.release()
