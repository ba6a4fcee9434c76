"""The bot with a clock that tests set: `launcher.py 2027-03-03T14:00:00+00:00`.

Another instant on a line of stdin moves the clock there while the bot runs.
"""

import os
import signal
import sys
import threading
from datetime import datetime

from bot.domain.clock import MovableClock
from bot.run import Running, log_to_stderr, serve
from bot.settings import read


def main() -> int:
    log_to_stderr()
    clock, stop = MovableClock(datetime.fromisoformat(sys.argv[1])), threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())

    def obey(running: Running) -> None:
        # Unbuffered: a thread that waits in Python's own reader cannot be left behind.
        while line := os.read(0, 100).decode().strip():
            clock.move_to(datetime.fromisoformat(line))
            running.store.on_commit()

    def ready(running: Running) -> None:
        threading.Thread(target=obey, args=(running,), daemon=True).start()

    return serve(read(os.environ), clock, ready, stop)


if __name__ == "__main__":
    sys.exit(main())
