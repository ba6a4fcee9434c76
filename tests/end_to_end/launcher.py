"""The bot with a clock that tests set: `launcher.py 2027-03-03T14:00:00+00:00 [RUN|BOT|JOBS]`.

Another instant on a line of stdin moves the clock there while the bot runs.
"""

import os
import sys
from datetime import datetime
from functools import partial
from threading import Thread

from bot import run
from bot.domain.clock import MovableClock
from bot.run import Running, main


def obey(clock: MovableClock, running: Running) -> None:
    # Unbuffered: a thread that waits in Python's own reader cannot be left behind.
    while line := os.read(0, 100).decode().strip():
        clock.move_to(datetime.fromisoformat(line))
        running.store.on_commit()


def ready(clock: MovableClock, running: Running) -> None:
    Thread(target=obey, args=(clock, running), daemon=True).start()


if __name__ == "__main__":
    hand = MovableClock(datetime.fromisoformat(sys.argv[1]))
    role = getattr(run, sys.argv[2]) if sys.argv[2:] else run.RUN
    sys.exit(main(os.environ, hand, partial(ready, hand), role))
