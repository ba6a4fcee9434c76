"""Reminders a second over HTTP to the practice Slack, and what they cost over a bare loop."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from bot.domain.message import Message
from bot.domain.messenger import Sent
from bot.slack.blocks import rungs
from bot.slack.messenger import SlackMessenger, _mark
from bot.slack.web import web_client
from bot.store import Store, outbox
from tests.bench import seed
from tests.bench.child import Child, running
from tests.bench.engine import drained
from tests.bench.figure import Figure, at_most, percentile
from tests.bench.place import POSTGRESQL, SQLITE, Place
from tests.bench.quiet import Quiet
from tests.bench.setting import Setting
from tests.bench.worker import TOKEN, messenger_of

POLL_SECONDS = 0.02
COST = 1.3


class Keeping(Quiet):
    """Keeps what was said to each."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: dict[str, Message] = {}

    def send(self, workspace: str, member: str, message: Message, delivery_id: str) -> Sent:
        self.messages[member] = message
        return super().send(workspace, member, message, delivery_id)


def measure(place: Place, setting: Setting) -> Iterator[Figure]:
    for kind in place.kinds:
        with _slack(setting.messages) as api:
            yield from _cost(place, kind, setting, api)
    for replicas in setting.replicas if POSTGRESQL in place.kinds else ():
        with _slack(setting.messages) as api, place.store(POSTGRESQL) as store:
            yield _replicas(store, api, replicas, setting.messages)


@contextmanager
def _slack(people: int) -> Iterator[str]:
    """A practice Slack in a process of its own, with so many people."""
    with running("tests.bench.slack", people) as slack:
        yield slack.hear("SLACK_API_URL=")


def _cost(place: Place, kind: str, setting: Setting, api: str) -> Iterator[Figure]:
    messenger, count, where = messenger_of(api), setting.messages, f"{kind}, {setting.messages:,}"
    said = Keeping()
    _ours(place, SQLITE, count, said)
    first = _ours(place, kind, count, messenger)
    bare, warm = [], []
    for _ in range(setting.runs):
        bare.append(_bare(api, messenger, said.messages))
        warm.append(_ours(place, kind, count, messenger))
    loop, ours = percentile(bare, 0.5), percentile(warm, 0.5)
    yield Figure(where, "a bare chat.postMessage loop", count / loop, "messages/s")
    yield Figure(where, "ours, one process", count / ours, "messages/s")
    yield at_most(where, "ours over the bare loop, in time", ours / loop, COST)
    note = "also opens each direct message, once ever"
    yield Figure(where, "the same on the first day", first / loop, "times", note=note)


def _ours(place: Place, kind: str, count: int, messenger: Quiet | SlackMessenger) -> float:
    with place.store(kind) as store:
        seed.practice(store, count, count)
        began = time.perf_counter()
        drained(store, messenger, None)
        return time.perf_counter() - began


def _bare(api: str, messenger: SlackMessenger, messages: dict[str, Message]) -> float:
    """The same messages to the same people, one after the other, and nothing else."""
    client = web_client(TOKEN, api)
    ready = [(messenger._channel(seed.TEAM, one), rungs(said)[0]) for one, said in messages.items()]
    began = time.perf_counter()
    for number, (channel, rung) in enumerate(ready):
        body = {**rung, "metadata": _mark(f"{number:024x}")}
        client.api_call(
            "chat.postMessage",
            json={"channel": channel, "unfurl_links": False, "unfurl_media": False, **body},
        )
    return time.perf_counter() - began


def _replicas(store: Store, api: str, replicas: int, count: int) -> Figure:
    seed.practice(store, count, count)
    url = store.engine.url.render_as_string(hide_password=False)
    with ExitStack() as stack:
        crew: list[Child] = []
        for _ in range(replicas):
            facts = "ours", url, api, 0, time.time()
            crew.append(stack.enter_context(running("tests.bench.worker", *facts)))
        for one in crew:
            one.hear("ready")
        began = time.perf_counter()
        for one in crew:
            one.tell("go")
        while _delivered(store) < count:
            time.sleep(POLL_SECONDS)
        took = time.perf_counter() - began
    where = f"{POSTGRESQL}, {count:,}, first day"
    return Figure(where, f"{replicas} replicas", count / took, "messages/s")


def _delivered(store: Store) -> int:
    with store.peek() as connection:
        return outbox.counts(connection).get(outbox.DELIVERED, 0)
