"""A practice Slack with people in it, and the whole bot running against it."""

import http.client
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import pytest

from bot import run
from bot.practice import Channel, Person, PracticeSlack
from bot.run import Running
from bot.settings import Settings, read
from bot.slack.messenger import SlackMessenger
from bot.slack.signature import signature
from bot.slack.tokens import Tokens

STARTS_WITHIN = 30.0
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def slack() -> Iterator[PracticeSlack]:
    # Patient, for machines that are busy.
    with PracticeSlack(ack_timeout=10) as running:
        yield running


@pytest.fixture
def maya(slack: PracticeSlack) -> Person:
    """The owner."""
    return slack.add_user("maya", "Maya Stone", tz="America/Chicago")


@pytest.fixture
def team(slack: PracticeSlack, maya: Person) -> Channel:
    return slack.add_channel("team", [maya])


@pytest.fixture
def messenger(slack: PracticeSlack) -> SlackMessenger:
    """The messenger alone, soon out of patience."""
    return SlackMessenger(known(slack), slack.api_url, timeout=1)


def known(*slacks: PracticeSlack) -> Tokens:
    """The tokens of these workspaces."""
    tokens = Tokens()
    for slack in slacks:
        tokens.add(slack.workspace.team_id, slack.bot_token)
    return tokens


@dataclass
class Bot:
    """The bot in a thread of its own; `stop` returns its exit code."""

    running: Running
    slack: PracticeSlack
    thread: Thread
    stopping: Event
    codes: list[int]

    def stop(self) -> int:
        self.stopping.set()
        self.thread.join(run.STOP_SECONDS + 1)
        return self.codes[0]

    def get(self, path: str, method: str = "GET") -> tuple[int, str]:
        return self._ask(method, path, b"", {})

    def post(
        self, body: bytes, content_type: str = FORM, skew: float = 0, **headers: str
    ) -> tuple[int, str]:
        """Post to /slack/events, signed `skew` seconds from now; headers replace what was made."""
        timestamp = str(int(time.time() + skew))
        made = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self.slack.signing_secret, timestamp, body),
        }
        renamed = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._ask("POST", "/slack/events", body, {**made, **renamed})

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.running.port, timeout=5)
        line.request(method, path, body, headers)
        answer = line.getresponse()
        found = answer.status, answer.read().decode()
        line.close()
        return found


Start = Callable[..., Bot]


@pytest.fixture
def settings(slack: PracticeSlack, maya: Person, tmp_path: Path) -> Settings:
    """Signed HTTP, an empty database, Maya the owner."""
    return Settings(
        bot_tokens=(slack.bot_token,),
        signing_secret=slack.signing_secret,
        api_url=slack.api_url,
        database_url=f"sqlite:///{tmp_path}/rapport.db",
        port=0,
        owners=(maya.id,),
    )


@pytest.fixture
def start(slack: PracticeSlack) -> Iterator[Start]:
    """Starts the bot and waits until it takes work."""
    bots: list[Bot] = []

    def started(settings: Settings) -> Bot:
        up, stopping, found, codes = Event(), Event(), [], []

        def ready(running: Running) -> None:
            found.append(running)
            up.set()

        def serve() -> None:
            codes.append(run.serve(settings, ready=ready, stop=stopping))
            up.set()

        thread = Thread(target=serve, daemon=True)
        thread.start()
        assert up.wait(STARTS_WITHIN)
        bot = Bot(found[0], slack, thread, stopping, codes)
        bots.append(bot)
        if settings.signing_secret:
            slack.use_http(f"http://127.0.0.1:{bot.running.port}/slack/events")
        else:
            slack.wait_connected()
        return bot

    yield started
    for bot in bots:
        bot.stop()


@pytest.fixture
def bot(start: Start, settings: Settings) -> Bot:
    """The bot by signed HTTP."""
    return start(settings)


@pytest.fixture
def socket_settings(slack: PracticeSlack, settings: Settings) -> Settings:
    found = {**slack.environment, "DATABASE_URL": settings.database_url, "PORT": "0"}
    return read({**found, "RAPPORT_OWNERS": ",".join(settings.owners)})
