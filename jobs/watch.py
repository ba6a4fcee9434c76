"""Whoever counts what the timers do."""

from typing import Protocol


class Watch(Protocol):
    """Told of what happened, for figures only; it must not fail, and must be quick."""

    def ticked(self, seconds: float) -> None:
        """A tick has ended that took so long."""

    def claimed(self, seconds: float, count: int) -> None:
        """So many deliveries were claimed in one statement that took so long."""

    def delivered(self, lateness: float) -> None:
        """Slack has a message that was planned `lateness` seconds ago."""


class Unwatched:
    """Counts nothing."""

    def ticked(self, seconds: float) -> None:
        """Nobody wants to know."""

    def claimed(self, seconds: float, count: int) -> None:
        """Nobody wants to know."""

    def delivered(self, lateness: float) -> None:
        """Nobody wants to know."""


UNWATCHED: Watch = Unwatched()
