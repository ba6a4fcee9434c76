"""Work that outlasts the acknowledgement, in threads of its own; it never piles up."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import BoundedSemaphore

THREADS = 20
# Beyond this, whoever asks would wait longer than for asking again.
MOST_WAITING = 200


class Later:
    """A bounded pool: what finds no place is refused, for whoever asks to be told."""

    def __init__(self, threads: int = THREADS, most_waiting: int = MOST_WAITING) -> None:
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="later")
        self.is_stopped = False
        self._places = BoundedSemaphore(threads + most_waiting)

    def do(self, work: Callable[[], object]) -> bool:
        """Have `work` done soon; False when there is no place for it, and nothing was done."""
        if not self._places.acquire(blocking=False):
            return False
        try:
            self.pool.submit(copy_context().run, work).add_done_callback(
                lambda _: self._places.release()
            )
        except RuntimeError:
            self._places.release()
            return False
        return True

    def waiting(self) -> int:
        """Return how much waits for a thread."""
        return self.pool._work_queue.qsize()

    def stop(self) -> None:
        """End what was begun, and take nothing more."""
        self.is_stopped = True
        self.pool.shutdown()
