"""Killed at random points, again and again: how many messages are lost, how many come twice."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.practice import PracticeSlack
from tests.bench import seed
from tests.bench.child import Child
from tests.bench.figure import Figure, at_most
from tests.bench.peers import PEERS, Peer
from tests.bench.place import Place
from tests.bench.setting import Setting

PEOPLE_A_KILL, MESSAGES_A_KILL = 40, 5
# Nobody sends anything for this long: what is left hangs on workers that are dead.
AT_REST = 4.0
# Slack accepts a message and answers so much later: most kills come in between.
ANSWERS_AFTER = 0.05
SPARES = 2
# Lease, and the time that a call of the dead one may still take.
AFTER_LEASE = 120.0
# A peer takes over what the dead have left after four seconds, where it does so at all.
PATIENCE = 20.0
# What the dead have left is free after a lease, and once their last call must have ended.
LEASES = 4
SEED = 20_270_303


def measure(place: Place, setting: Setting) -> Iterator[Figure]:
    for kind in place.kinds:
        people = [f"U{n}" for n in range(1, setting.kills * PEOPLE_A_KILL + 1)]
        with place.store(kind) as store:
            seed.practice(store, len(people), len(people))
            url = store.engine.url.render_as_string(hide_password=False)
            yield from _run("ours", "ours", kind, url, people, setting)
        for peer in PEERS if setting.has_peers else ():
            if kind in peer.kinds:
                yield from _peer(place, kind, peer, people, setting)


def _peer(
    place: Place, kind: str, peer: Peer, people: list[str], setting: Setting
) -> Iterator[Figure]:
    with place.empty(kind) as url:
        try:
            peer.load().fill(url, people)
            yield from _run(peer.name, peer.module, kind, url, people, setting)
        except Exception as error:  # noqa: BLE001 - a peer that cannot run is said to be so
            yield Figure(kind, peer.name, None, "lost", note=f"cannot run: {error!r:.120}")


def _run(
    who: str, module: str, kind: str, url: str, people: list[str], setting: Setting
) -> Iterator[Figure]:
    with PracticeSlack(team_id=seed.TEAM) as slack:
        for one in people:
            slack.add_user(one.lower(), id=one)
        slack.misbehave("slow", "chat.postMessage", times=None, seconds=ANSWERS_AFTER)
        crew = _Crew(module, url, slack, setting.workers)
        try:
            crew.work(setting.kills, len(people))
        finally:
            crew.end()
        each = Counter(len(slack.dms(one)) for one in people)
    where = f"{kind}, {len(people):,} due, {crew.kills} kills"
    lost, twice = each[0], sum(count for times, count in each.items() if times > 1)
    if module == "ours":
        yield at_most(where, who, lost, 0, "lost")
        yield at_most(where, who, twice, 0, "twice")
    else:
        yield Figure(where, who, lost, "lost")
        yield Figure(where, who, twice, "twice")


@dataclass
class _Crew:
    """Some workers at the same jobs; whoever is killed is replaced."""

    module: str
    url: str
    slack: PracticeSlack
    size: int
    kills: int = 0
    passed: float = 0.0
    began: float = field(default_factory=time.time)
    workers: list[Child] = field(default_factory=list)
    spares: list[Child] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))

    def work(self, kills: int, people: int) -> None:
        """Let them work, kill so many of them on the way, and wait until nothing comes any more."""
        self._fill_up()
        while self.kills < kills and self._sent() < people:
            if not self._wait(self.chance.randint(1, MESSAGES_A_KILL), AT_REST):
                if self.module != "ours":
                    break
                self._pass_time()
                continue
            # Anywhere between two messages.
            time.sleep(self.chance.uniform(0, 0.02))
            self._kill(self.chance.choice(self.workers))
            self._fill_up()
        for _ in range(LEASES if self.module == "ours" else 1):
            while self._sent() < people and self._wait(1, self.patience):
                pass
            if self._sent() < people and self.module == "ours":
                self._pass_time()

    @property
    def patience(self) -> float:
        return AT_REST if self.module == "ours" else PATIENCE

    def end(self) -> None:
        for one in self.workers + self.spares:
            one.kill()
        self.workers, self.spares = [], []

    def _fill_up(self) -> None:
        while len(self.workers) < self.size:
            one = self.spares.pop(0) if self.spares else self._worker()
            one.hear("ready")
            one.tell("go")
            self.workers.append(one)
        self.spares += [self._worker() for _ in range(SPARES - len(self.spares))]

    def _worker(self) -> Child:
        facts = self.module, self.url, self.slack.api_url, self.passed, self.began
        return Child("tests.bench.worker", *facts)

    def _kill(self, worker: Child) -> None:
        worker.kill()
        self.workers.remove(worker)
        self.kills += 1

    def _pass_time(self) -> None:
        """Let the leases of the dead end; nobody may be left who has an earlier clock."""
        self.end()
        self.passed += AFTER_LEASE
        self._fill_up()

    def _sent(self) -> int:
        return len(self.slack.workspace.messages)

    def _wait(self, more: int, patience: float) -> bool:
        enough = self._sent() + more
        return bool(self.slack.workspace.wait_for(lambda: self._sent() >= enough, patience))
