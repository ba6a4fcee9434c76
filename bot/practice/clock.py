"""Wall time that tests can push forward."""

import time
from collections.abc import Callable


class MovableClock:
    """Wall time that can be pushed forward, so that nobody waits for an expiry.

    What is in `on_move` is called after each push; `let_work` is what time that is played waits
    for before the next, so that whoever reads this clock is not overtaken by it.
    """

    def __init__(self) -> None:
        self.offset = 0.0
        self.on_move: list[Callable[[], None]] = []
        self.let_work: Callable[[], object] = lambda: None

    def __call__(self) -> float:
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        self.offset += seconds
        for moved in self.on_move:
            moved()
