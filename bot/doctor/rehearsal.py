"""One of each message, made by a clinic that does not exist, in a database that is thrown away."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from bot.commands.dispatch import answer
from bot.commands.request import Context, Reply, identify
from bot.domain.home import Place
from bot.domain.member import OWNER, Profile, Workspace
from bot.domain.message import Message
from bot.domain.messenger import Sent
from bot.home.view import home
from bot.store import Store, connect, workspace
from bot.store.migrate import migrate
from jobs.deliver import deliver
from jobs.plan import plan

Sample = tuple[str, Message]

TEAM, ANA = "T0REHEARSAL", "U0REHEARSAL"
ZONE = "America/New_York"
# A Wednesday at ten in the clinic; two weeks later the first check-in is due.
NOW = datetime(2027, 3, 3, 15, tzinfo=UTC)
LATER = timedelta(days=14)
SAID = (
    "help",
    f"add Sample Orthopedics, physician, every 2 weeks, <@{ANA}>",
    f"add Sample Oncology, physician, quarterly, <@{ANA}>",
    "called sample orthopedics about the protocol, 20 min",
    "refer sample orthopedics",
    "evals sample oncology 5 yesterday",
    "next sample orthopedics send the handout by Friday",
    "undo",
    "sample orthopedics came in",
    "log sample",
    "show sample orthopedics",
    "list",
    "due",
    "stats year",
    "say what",
)
WORDS, TICKS = 2, 4


@dataclass
class _Outbox:
    """A messenger that keeps what it was given."""

    sent: list[Message] = field(default_factory=list)

    def profile(self, workspace: str, member: str) -> Profile:
        return Profile("Ana Sample", ZONE)

    def undisturbed(self, workspace: str, members: object, now: datetime) -> dict[str, None]:
        return {}

    def send(self, workspace: str, member: str, message: Message, delivery_id: str) -> Sent:
        self.sent.append(message)
        return Sent("D0REHEARSAL", str(len(self.sent)))

    def obstacle(self, workspace: str, channel: str) -> None:
        return None

    def find(self, workspace: str, member: str, delivery_id: str) -> None:
        return None

    def edit(self, workspace: str, sent: Sent, message: Message, delivery_id: str) -> None:
        self.sent.append(message)


@dataclass(frozen=True)
class _At:
    """A clock that stands still."""

    at: datetime

    def now(self) -> datetime:
        return self.at


@cache
def sample_home() -> Message:
    """Return what an owner's Home shows there."""
    with _clinic() as store:
        outbox = _Outbox()
        for number, text in enumerate(SAID):
            _said(store, outbox, text, number)
        with store.read(TEAM) as tx:
            owner, settings = workspace.member(tx, ANA), workspace.get(tx)
            return home(tx, owner, settings, Place(), NOW + LATER)


@cache
def samples() -> tuple[Sample, ...]:
    """Return one of each message, by name: answers to what is typed, and what comes by itself."""
    with _clinic() as store:
        outbox = _Outbox()
        said = [(_name(text), _said(store, outbox, text, n)) for n, text in enumerate(SAID)]
        found = [(name, reply) for name, reply in said if isinstance(reply, Message)]
        for now in (NOW, NOW + LATER):
            _tick(store, outbox, now)
        return (*found, *((f"DM {n}", message) for n, message in enumerate(outbox.sent, 1)))


@contextmanager
def _clinic() -> Iterator[Store]:
    with tempfile.TemporaryDirectory(prefix="rapport-doctor-") as folder:
        engine = connect(f"sqlite:///{Path(folder) / 'rehearsal.db'}")
        try:
            migrate(engine)
            store = Store(engine)
            with store.begin() as connection:
                workspace.found(connection, Workspace(TEAM, "Rehearsal", zone=ZONE), NOW)
                workspace.save(connection, TEAM, ANA, role=OWNER)
            yield store
        finally:
            engine.dispose()


def _said(store: Store, outbox: _Outbox, text: str, number: int) -> Reply:
    context = Context(store, outbox)
    asked = identify(context, TEAM, ANA, NOW, f"rehearsal-{number}")
    return answer(text, asked, context)


def _tick(store: Store, outbox: _Outbox, now: datetime) -> None:
    for _ in range(TICKS):
        plan(store, outbox, TEAM, now)
        deliver(store, outbox, _At(now), TEAM)


def _name(text: str) -> str:
    return " ".join(text.split()[:WORDS])
