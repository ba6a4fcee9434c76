"""`rapport run`, which also says its port to whoever started it."""

import os
import sys

from bot.run import Running, main


def ready(running: Running) -> None:
    sys.stdout.write(f"port {running.port}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(os.environ, ready=ready))
