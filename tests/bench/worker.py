"""One worker of its own process: `worker NAME DATABASE SLACK SECONDS BEGAN`.

It says "ready", begins when it is told "go", and works until it is killed. `ours` is the scheduler
with the real messenger; any other name is a peer, whose jobs post to the same Slack. The clock
stood at `seed.NOW` when the run began, and is moved on by SECONDS.
"""

import logging
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.domain.clock import MovableClock
from bot.slack.messenger import SlackMessenger
from bot.slack.tokens import Tokens
from bot.slack.web import web_client
from bot.store import Store, connect
from jobs.scheduler import Scheduler
from tests.bench import seed

TOKEN = "xoxb-practice"


def main() -> None:
    name, url, api, seconds, began = sys.argv[1:]
    logging.disable(logging.CRITICAL)
    clock = clock_of(float(began), float(seconds))
    work = _ours(url, api, clock) if name == "ours" else _peer(name, url, api)
    say("ready")
    sys.stdin.readline()
    work()


def clock_of(began: float, seconds: float) -> MovableClock:
    """The one clock of a run, read in another process."""
    since = timedelta(seconds=time.time() - began + seconds)
    clock = MovableClock()
    clock.offset = seed.NOW + since - datetime.now(UTC)
    return clock


def messenger_of(api: str, store: Store | None = None) -> SlackMessenger:
    tokens = Tokens()
    tokens.add(seed.TEAM, TOKEN)
    return SlackMessenger(tokens, api, store=store)


def _ours(url: str, api: str, clock: MovableClock) -> Callable[[], None]:
    store = Store(connect(url))
    scheduler = Scheduler(store, messenger_of(api, store), clock)

    def work() -> None:
        scheduler.start()
        say("begun")
        threading.Event().wait()

    return work


def _peer(name: str, url: str, api: str) -> Callable[[], None]:
    from tests.bench.peers import named

    library, client, one_by_one = named(name).load(), web_client(TOKEN, api), threading.Lock()

    def send(person: str) -> None:
        # As ours does in a workspace: whoever is quicker would be killed less often.
        with one_by_one:
            client.chat_postMessage(channel=person, text="A check-in is due.")

    return lambda: library.serve(url, send)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
