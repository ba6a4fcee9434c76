"""A workspace, its Slack, its clock and two workers, all of which can be stopped and looked at."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from bot.domain.message import Message
from bot.domain.messenger import Sent
from bot.domain.when import local_day
from bot.errors import Permanent, Retryable, Uncertain
from bot.store import Store
from bot.store.schema import deliveries, reminders
from jobs.deliver import deliver
from jobs.plan import plan
from tests.conftest import TEAM
from tests.jobs.worker import Worker
from tests.speaker import Inbox, Post, Team

# Longer than any call to Slack: its client gives up after eight seconds.
CALL = timedelta(seconds=9)
# Points at which Slack has not yet accepted what is being said to it.
IN_THE_AIR = ("sending", "editing")

Rows = dict[int, sa.RowMapping]


@dataclass
class Sending:
    """What is known of the call that sent a message, from when it began."""

    at: datetime
    day: date
    began: int


@dataclass
class World:
    """Everything that the machine moves."""

    store: Store
    inbox: "Slack"
    now: datetime
    zones: dict[str, str]
    turn: int = 0
    workers: list[Worker | None] = field(default_factory=lambda: [None, None])
    running: Worker | None = None
    air: dict[int, timedelta] = field(default_factory=dict)
    began: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.inbox.world = self
        # The first keys were used up when the place was furnished.
        self.team = Team(self.store, self.inbox, self.now, count=100)

    def clock(self) -> "WorldClock":
        return WorldClock(self)

    def point(self, name: str) -> None:
        """Hand over to the machine, when a worker comes here."""
        if self.running is not None:
            self.running.pause(name)

    def begin(self, number: int) -> Worker:
        worker = self.workers[number]
        if worker is None:
            worker = self.workers[number] = Worker(self._work)
        return worker

    def _work(self) -> None:
        plan(self.store, self.inbox, TEAM, self.clock().now())
        deliver(self.store, self.inbox, self.clock(), TEAM)

    def step(self, number: int) -> str:
        """Let a worker go on to its next point; returns where it is."""
        worker = self.begin(number)
        self._turn(number, worker.resume)
        return "end" if worker.is_over else worker.at

    def kill(self, number: int) -> None:
        worker = self.workers[number]
        if worker is not None:
            self._turn(number, worker.kill)

    def _turn(self, number: int, go: Callable[[], None]) -> None:
        worker = self.workers[number]
        self.turn += 1
        if worker is not None and worker.at == "start":
            self.began[number] = self.turn
        self.air.pop(number, None)
        self.running = worker
        try:
            go()
        finally:
            self.running = None
            if worker is not None and worker.is_over:
                self.workers[number] = None
        if worker is not None and not worker.is_over and worker.at in IN_THE_AIR:
            self.air[number] = timedelta()

    def run(self, number: int, until: str | int = "end") -> None:
        """Let a worker go on until it reaches a point of that name, or so many, or its end."""
        reached, count = self.step(number), 1
        while reached != "end" and until not in (reached, count):
            reached, count = self.step(number), count + 1

    def rest(self) -> None:
        """Let both workers end, and then the jobs run until nothing is left to do."""
        for number, worker in enumerate(self.workers):
            if worker is not None:
                self.run(number)
        for _ in range(40):
            planned = plan(self.store, self.inbox, TEAM, self.now)
            if not deliver(self.store, self.inbox, self.clock(), TEAM) + planned:
                return
        raise AssertionError("the jobs never came to rest")

    def pass_time(self, much: timedelta) -> None:
        """Move the clock on; no call to Slack takes longer than its client waits."""
        if self.air:
            much = min(much, CALL - max(self.air.values()))
        for number in self.air:
            self.air[number] += much
        self.set_clock(self.now + much)

    def set_clock(self, now: datetime) -> None:
        self.now = self.team.now = now

    def day(self, member: str) -> date:
        return local_day(self.now, self.zones[member])

    def deliveries(self) -> Rows:
        return self._rows(deliveries)

    def reminders(self) -> Rows:
        return self._rows(reminders)

    def _rows(self, table: sa.Table) -> Rows:
        with self.store.peek() as connection:
            found = connection.execute(sa.select(table).order_by(table.c.id)).mappings()
            return {row["id"]: row for row in found}


class WorldClock:
    """The clock of the world; asking it is a point at which a worker can be held."""

    def __init__(self, world: World) -> None:
        self.world = world

    def now(self) -> datetime:
        self.world.point("time")
        return self.world.now


class Slack(Inbox):
    """Slack with faults: `ahead` are what the next calls come to."""

    world: World

    def __init__(self, profiles: dict) -> None:
        super().__init__(profiles)
        self.ahead: list[str] = []
        self.refused: Counter[str] = Counter()
        self.sendings: dict[str, list[Sending]] = {}

    def profile(self, workspace: str, member: str):
        self.world.point("profile")
        return super().profile(workspace, member)

    def find(self, workspace: str, member: str, delivery_id: str) -> Sent | None:
        self.world.point("looking")
        found = super().find(workspace, member, delivery_id)
        self.world.point("looked")
        return found

    def send(self, workspace: str, member: str, message: Message, delivery_id: str) -> Sent:
        now = self.world.now
        sending = Sending(now, local_day(now, self.world.zones[member]), self._began())
        self.world.point("sending")
        fault = self._fault(delivery_id)
        sent = super().send(workspace, member, message, delivery_id)
        self.sendings.setdefault(delivery_id, []).append(sending)
        self._accepted(fault)
        return sent

    def edit(self, workspace: str, sent: Sent, message: Message, delivery_id: str) -> None:
        self.world.point("editing")
        fault = self._fault(delivery_id)
        super().edit(workspace, sent, message, delivery_id)
        self._accepted(fault)

    def post(self, delivery_id: str) -> Post | None:
        return next((one for one in self.posts if one.delivery_id == delivery_id), None)

    def _fault(self, delivery_id: str) -> str:
        fault = self.ahead.pop(0) if self.ahead else ""
        if fault == "limited":
            raise Retryable("ratelimited", 30)
        if fault == "lost":
            raise Uncertain("timeout")
        if fault == "refused":
            self.refused[delivery_id] += 1
            raise Permanent("invalid_blocks")
        return fault

    def _accepted(self, fault: str) -> None:
        self.world.point("accepted")
        if fault == "cut":
            raise Uncertain("line cut")

    def _began(self) -> int:
        """The turn in which whoever sends began to work."""
        for number, worker in enumerate(self.world.workers):
            if worker is not None and worker is self.world.running:
                return self.world.began.get(number, self.world.turn)
        return self.world.turn
