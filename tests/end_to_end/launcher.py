"""The bot with a clock that tests set.

Another instant on a line of stdin moves the clock there while the bot runs.
"""

import os
from datetime import datetime
from functools import partial
from threading import Thread

from bot import run
from bot.domain.clock import MovableClock
from bot.run import Running, main


def obey(clock: MovableClock, running: Running) -> None:
    # Unbuffered: a thread that waits in Python's own reader cannot be left behind.
    while read := os.read(0, 4096).decode():
        for line in read.split():
            clock.move_to(datetime.fromisoformat(line))
            running.store.on_commit()


def ready(clock: MovableClock, running: Running) -> None:
    Thread(target=obey, args=(clock, running), daemon=True).start()


def live(now: datetime, role: str) -> int:
    """Run it from that instant on, as RUN, BOT or JOBS of bot.run."""
    hand = MovableClock(now)
    return main(os.environ, hand, partial(ready, hand), getattr(run, role))
