"""How a bot ends before it is up, and how its parts are ended together."""

import time
from collections.abc import Callable
from threading import Event, Thread
from typing import TypeVar

FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0

Result = TypeVar("Result")


class Unusable(Exception):
    """The bot cannot start until somebody changes a setting; the text says which."""


class Stopped(Exception):
    """The bot was told to stop while it was still waiting for something."""


def patiently(attempt: Callable[[float], Result | None], stop: Event) -> Result:
    """Return what `attempt` returns once it is not None, asked again and again.

    It is told after how many seconds it will be asked again. Raises Stopped.
    """
    wait = FIRST_WAIT
    while (found := attempt(wait)) is None:
        if stop.wait(wait):
            raise Stopped
        wait = min(2 * wait, LONGEST_WAIT)
    return found


def within(deadline: float, *stops: Callable[[], None]) -> None:
    """End things side by side; whatever has not ended by the deadline is left behind."""
    threads = [Thread(target=stop, daemon=True) for stop in stops]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
