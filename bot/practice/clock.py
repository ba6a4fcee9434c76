"""Wall time that tests can push forward."""

import time


class MovableClock:
    """Wall time that can be pushed forward, so that nobody waits for an expiry."""

    def __init__(self) -> None:
        self.offset = 0.0

    def __call__(self) -> float:
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        self.offset += seconds
