"""A practice Slack, and the bot as a process beside it, by Socket Mode and by signed HTTP."""

import itertools
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.practice import Answer, Channel, Message, Person, PracticeSlack
from bot.store import Store, connect
from tests.end_to_end.process import Process, http_address, launched, rapport

# A Wednesday, 10:00 in New York.
NOW = datetime(2027, 3, 3, 15, 0, tzinfo=UTC)
SOCKET, HTTP = "socket", "http"

Starts = Callable[..., Process]


@pytest.fixture
def slack() -> Iterator[PracticeSlack]:
    """Patient, for machines that are busy; the Slack of the shared bots waits its 3 seconds."""
    with PracticeSlack(ack_timeout=10) as running:
        yield running


@pytest.fixture
def maya(slack: PracticeSlack) -> Person:
    """The owner."""
    return slack.add_user("maya", "Maya Torres")


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    shutil.copy(sqlite_template, tmp_path / "rapport.db")
    return f"sqlite:///{tmp_path / 'rapport.db'}"


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[list[Process]]:
    """Every process of a test: ended afterwards, and its output shown if the test failed."""
    started: list[Process] = []
    yield started
    for process in started:
        process.clear_away()
        print("the bot wrote:", process.output, sep="\n")  # noqa: T201


@pytest.fixture
def runs(processes: list[Process], tmp_path: Path) -> Callable[..., Process]:
    """Runs `rapport run`, or another subcommand, in an environment."""

    def run(environ: dict[str, str], *arguments: str) -> Process:
        processes.append(rapport({"PORT": "0", **environ}, tmp_path, *arguments))
        return processes[-1]

    return run


@pytest.fixture
def starts(processes: list[Process], slack: PracticeSlack, tmp_path: Path) -> Starts:
    """Starts the bot with a clock of its own, and waits until it takes work."""

    def start(
        database: str, now: datetime = NOW, way: str = HTTP, owner: str = "", role: str = "RUN"
    ) -> Process:
        environ = environment(slack, database, way, owner)
        processes.append(launched(environ, tmp_path, now, role))
        process = processes[-1].up()
        if way == HTTP and role != "JOBS":
            http_address(slack, process)
        return process

    return start


def environment(slack: PracticeSlack, database: str, way: str, owner: str = "") -> dict[str, str]:
    """What the bot needs to find this Slack and this database."""
    secret = ("SLACK_SIGNING_SECRET", slack.signing_secret)
    found = dict([("SLACK_APP_TOKEN", slack.app_token) if way == SOCKET else secret])
    return {
        **found,
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "DATABASE_URL": database,
        "PORT": "0",
        "RAPPORT_OWNERS": owner,
    }


@dataclass(repr=False)
class Clinic:
    """A bot that the tests of a module share: each takes people and partners of its own."""

    slack: PracticeSlack
    bot: Process
    database: str
    owner: Person
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def person(self, **facts: object) -> Person:
        number = next(self.numbers)
        return self.slack.add_user(f"person{number}", f"Person Number{number}", **facts)

    def channel(self, *people: Person, **facts: object) -> Channel:
        return self.slack.add_channel(f"channel{next(self.numbers)}", people, **facts)

    def name(self) -> str:
        """A name like no other: nobody is asked which one was meant."""
        letters = random.Random(next(self.numbers))
        made = ("".join(letters.choice(pair) for pair in ("bdfgklmnprstvz", "aeiou") * 4),)
        return made[0].capitalize()

    def partner(self, person: Person, category: str = "physician") -> str:
        name = self.name()
        assert f"*{name}*" in self.says(person, f"add {name}, {category}").text
        return name

    def says(self, person: Person, text: str, channel: Channel | None = None) -> Message:
        """Return what comes back for a command."""
        answer = self.slack.slash(person, channel, text)
        assert answer.error is None, f"{answer.error} for {text!r}"
        return answer.wait()[-1]

    def presses(self, person: Person, message: Message, label: str, value: object = None) -> Answer:
        answer = self.slack.press(person, message, label=label, value=value)
        assert answer.error is None, f"{answer.error} for {label!r}"
        return answer

    def store(self) -> Store:
        return Store(connect(self.database))


def _clinic(
    way: str, template: Path, factory: pytest.TempPathFactory, started: list[Process]
) -> Iterator[Clinic]:
    folder = factory.mktemp(way)
    shutil.copy(template, folder / "rapport.db")
    database = f"sqlite:///{folder / 'rapport.db'}"
    with PracticeSlack() as slack:
        owner = slack.add_user("owner", "Olive Owner")
        process = launched(environment(slack, database, way, owner.id), folder, NOW)
        started.append(process)
        try:
            process.up()
            if way == HTTP:
                http_address(slack, process)
            yield Clinic(slack, process, database, owner)
        finally:
            process.clear_away()


@pytest.fixture(scope="session")
def shared() -> list[Process]:
    """The processes that tests share."""
    return []


@pytest.fixture(scope="session")
def by_socket(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, shared: list[Process]
) -> Iterator[Clinic]:
    yield from _clinic(SOCKET, sqlite_template, tmp_path_factory, shared)


@pytest.fixture(scope="session")
def by_http(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, shared: list[Process]
) -> Iterator[Clinic]:
    yield from _clinic(HTTP, sqlite_template, tmp_path_factory, shared)


@pytest.fixture(params=["by_socket", "by_http"])
def clinic(request: pytest.FixtureRequest) -> Clinic:
    """The shared bot, by Socket Mode and by signed HTTP."""
    found: Clinic = request.getfixturevalue(request.param)
    return found


@pytest.fixture(autouse=True)
def output_of_shared(shared: list[Process]) -> Iterator[None]:
    """Show what the shared bots wrote during a test, if it failed."""
    before = {id(process): len(process.lines) for process in shared}
    yield
    for process in shared:
        print(*process.lines[before.get(id(process), 0) :], sep="\n")  # noqa: T201
