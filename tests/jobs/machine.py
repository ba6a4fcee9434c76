"""The outbox under everything that can happen to it: a state machine and what must always hold.

Two workers plan and deliver, held and let go at the points between claim, look, send and settle;
they crash, Slack refuses, loses and cuts, the clock leaps and is set back, and people work on.
"""

from collections.abc import Callable, Collection
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from bot.domain.message import Button, Menu, Message, Row
from bot.store.outbox import CLOCKS_APART, EDIT, RUNNING
from jobs.letters import redraw
from jobs.plan import plan
from tests.conftest import TEAM
from tests.jobs.always import WORK, Always, is_working_day
from tests.jobs.world import Rows, World
from tests.speaker import Post

WORKERS = st.sampled_from([0, 1])
# A point by its name, or so many points after the start.
HOLDS = st.sampled_from(
    [
        "looked",
        "sending",
        "accepted",
        "editing",
        "profile",
        4,
        5,
        *range(8, 20, 2),
        *range(9, 19, 2),
    ]
)
POINTS = st.sampled_from(["end", "end", "end", "time", "sending", "accepted", "editing"])
BUSY = st.sampled_from(["sending", "accepted", "editing"])
FAULTS = st.sampled_from(
    [["limited"], ["lost"], ["cut"], ["limited", "lost", "limited", "cut"], ["refused"] * 3]
)
STEPS = st.sampled_from(
    [
        *(timedelta(seconds=1), timedelta(seconds=61), timedelta(minutes=10)),
        *(timedelta(hours=1), timedelta(hours=5), timedelta(hours=9)),
        *(timedelta(days=1), timedelta(days=7), timedelta(weeks=2)),
    ]
)
# None: it goes on, and a lease runs out.
SET_BACKS = st.sampled_from(
    [None, None, timedelta(seconds=2), timedelta(minutes=2), timedelta(hours=24)]
)
MOST_PROMISES = 4
A_MOMENT = timedelta(milliseconds=1)
SAYINGS = st.sampled_from(
    [
        ("U1", "called alpha gym"),
        ("U2", "had lunch with dr beta"),
        ("U2", "sent dr beta a thank you note"),
        ("U4", "evals dr beta"),
        ("U4", "evals dr beta"),
        ("U1", "next alpha gym bring flyers by today"),
        ("U2", "next dr beta send the protocol by today"),
        ("U3", "assign dr beta <@U1>"),
        ("U3", "assign dr beta <@U2>"),
        ("U3", "assign alpha gym <@U2>"),
        ("U1", "undo"),
        ("U2", "undo"),
    ]
)


def _may(name: str) -> Callable[[Any], Any]:
    """Let a rule run unless the search is for something else."""
    return precondition(lambda machine: not machine.only or name in machine.only)


class OutboxMachine(Always, RuleBasedStateMachine):
    """Everything at once; `make_world` returns a fresh world at 08:59 of a busy morning."""

    def __init__(self, make_world: Callable[[], World], only: Collection[str] = ()) -> None:
        super().__init__()
        self.only = only
        self.world = make_world()
        self.set_back = timedelta()
        self.before: Rows = {}
        self.known: Rows = self.world.reminders()
        self.handed_over: set[int] = set()
        self.not_wanted_since: dict[int, int] = {}
        self.put_off_in: dict[int, int] = {}
        self.checked = self.promises = 0

    # What happens.

    @_may("work")
    @rule(number=WORKERS, until=POINTS)
    def work(self, number: int, until: str) -> None:
        self.world.run(number, until)

    @_may("crash")
    @rule(number=WORKERS, until=POINTS, much=SET_BACKS)
    def crash(self, number: int, until: str | int, much: timedelta | None) -> None:
        self.world.run(number, until)
        held = self._running()
        self.set_the_clock_back(much or timedelta())
        self.world.kill(number)
        # Set back by less than clocks may differ, it shows a lease that is longer by as much.
        longer = much if much and much < CLOCKS_APART else timedelta()
        for passed in (timedelta(), timedelta(seconds=61) + longer):
            self.world.pass_time(passed)
            self.world.run(1 - number)
        assert not held & self._running(), "held by a dead worker"

    def _running(self) -> set[tuple[int, int]]:
        rows = self.world.deliveries().values()
        return {(row["id"], row["attempt"]) for row in rows if row["state"] == RUNNING}

    @_may("be_overtaken")
    @rule(number=WORKERS, until=HOLDS, much=SET_BACKS)
    def be_overtaken(self, number: int, until: str | int, much: timedelta | None) -> None:
        """A worker stands still until the other has done its work, and then goes on."""
        self.world.run(number, until)
        if much is None:
            self.world.pass_time(timedelta(seconds=61))
        else:
            self.set_the_clock_back(much)
        self.world.run(1 - number)
        self.world.pass_time(timedelta(seconds=12))
        self.world.run(1 - number)
        self.holds()
        if self.world.workers[number]:
            self.world.run(number)

    @_may("be_busy")
    @rule(number=WORKERS, until=BUSY, act=st.data())
    def be_busy(self, number: int, until: str, act: st.DataObject) -> None:
        """People do something, and the other worker too, while one is in the middle of its work."""
        self.world.run(number, until)
        if act.draw(st.booleans()):
            self.press(act.draw(st.integers(0, 2)), act.draw(st.integers(0, 12)))
        else:
            self.say(act.draw(SAYINGS))
        if act.draw(st.booleans()):
            self.world.run(1 - number)
        if self.world.workers[number]:
            self.world.run(number)

    @_may("fail")
    @rule(number=WORKERS, faults=FAULTS)
    def fail(self, number: int, faults: list[str]) -> None:
        """Slack fails, and is tried again after a while."""
        self.world.inbox.ahead += faults
        for _ in faults:
            self.world.run(number)
            self.world.pass_time(timedelta(minutes=2))

    @_may("let_time_pass")
    @rule(much=STEPS)
    def let_time_pass(self, much: timedelta) -> None:
        self.world.pass_time(much)

    @_may("next_morning")
    @rule(number=WORKERS, until=POINTS, is_off=st.booleans())
    def next_morning(self, number: int, until: str, is_off: bool) -> None:
        """The next working day, or a day off if that is what comes."""
        self._wait_for(WORK[0], self.world.day("U1") + timedelta(days=1), is_off)
        self.world.run(number, until)

    @_may("stay_late")
    @rule(number=WORKERS)
    def stay_late(self, number: int) -> None:
        """Long enough after work for no message to be still on its way."""
        self._wait_for(time(17, 30), self.world.day("U1"))
        self.world.run(number)

    def _wait_for(self, hour: time, day: date, is_off: bool = False) -> None:
        while not (is_off or is_working_day(day)):
            day += timedelta(days=1)
        at = datetime.combine(day, hour, ZoneInfo(self.world.zones["U1"]))
        self.world.pass_time(max(at - self.world.now, timedelta()))

    def set_the_clock_back(self, much: timedelta) -> None:
        if self.set_back + much <= timedelta(hours=26):
            self.set_back += much
            self.world.set_clock(self.world.now - much)

    @_may("say")
    @rule(saying=SAYINGS)
    def say(self, saying: tuple[str, str]) -> None:
        self.world.set_clock(self.world.now + A_MOMENT)
        self.promises += saying[1].startswith("next")
        # With many more than fit into a morning, the last would wait for longer than this looks.
        if self.promises <= MOST_PROMISES or not saying[1].startswith("next"):
            self.world.team.says(*saying)

    @_may("evaluate")
    @rule(number=WORKERS, until=BUSY, is_more=st.booleans())
    def evaluate(self, number: int, until: str, is_more: bool) -> None:
        """A patient comes in: while the thanks are asked for, something else may fall due."""
        self.say(("U4", "evals dr beta"))
        self.world.run(number, until)
        if is_more:
            self.say(("U2", "next dr beta send the protocol by today"))
            self.world.run(1 - number)

    @_may("say_and_take_back")
    @rule(saying=SAYINGS)
    def say_and_take_back(self, saying: tuple[str, str]) -> None:
        self.say(saying)
        self.holds()
        self.say((saying[0], "undo"))

    @_may("press")
    @rule(post=st.integers(0, 2), control=st.integers(0, 12))
    def press(self, post: int, control: int) -> None:
        self.world.set_clock(self.world.now + A_MOMENT)
        newest = self.world.inbox.posts[-3:][::-1]
        if post < len(newest):
            pressed = newest[post]
            choices = _choices(pressed)
            if choices:
                action, value = choices[control % len(choices)]
                self.world.team.press_value(pressed.member, action, value, in_dm=True)

    @_may("plan_twice")
    @rule()
    def plan_twice(self) -> None:
        if any(self.world.workers):
            return
        plan(self.world.store, self.world.inbox, TEAM, self.world.now)
        before = self.world.deliveries(), self.world.reminders()
        assert plan(self.world.store, self.world.inbox, TEAM, self.world.now) == 0
        assert (self.world.deliveries(), self.world.reminders()) == before, "planned twice"

    # What holds once the faults end and time passes.

    def teardown(self) -> None:
        try:
            self._end_well()
        finally:
            for number in (0, 1):
                self.world.kill(number)
            self.world.store.engine.dispose()

    def _end_well(self) -> None:
        world = self.world
        world.inbox.ahead.clear()
        for number in (0, 1):
            world.kill(number)
        for seconds in (61, 12, 0):
            world.pass_time(timedelta(seconds=seconds))
            world.rest()
        running = [row for row in world.deliveries().values() if row["state"] == RUNNING]
        assert not running, "running for ever"
        self.holds()
        world.pass_time(timedelta(days=5) + self.set_back)
        rows_a_morning = 5
        for _ in range(2 + len(self.known) // rows_a_morning):
            self._wait_for(WORK[0], world.day("U1") + timedelta(days=1))
            world.pass_time(timedelta(hours=4))
            world.rest()
            self.holds()
        self._nothing_was_forgotten()
        self._every_message_says_how_things_are()

    def _nothing_was_forgotten(self) -> None:
        for row in self.world.reminders().values():
            if row["closed_at"] is None and row["recipient"]:
                late = self.world.now - row["due_at"]
                assert late < timedelta(hours=20), f"forgotten: {dict(row)}"

    def _every_message_says_how_things_are(self) -> None:
        """What a message shows last can be pressed as if it were drawn anew."""
        for row in self.world.deliveries().values():
            post = self.world.inbox.post(row["delivery_id"])
            if post is None or row["kind"] == EDIT or self.world.inbox.refused[post.delivery_id]:
                continue
            edit = Edit(row["workspace"], row["id"])
            drawn = redraw(self.world.store, edit, self.world.now)
            assert drawn is not None
            mine = {n for n, one in self.known.items() if one["shown_in"] == row["id"]}
            is_now = {one for one in _pressable(post.message) if one[0] in mine}
            should_be = {one for one in _pressable(drawn[1]) if one[0] in mine}
            assert should_be <= is_now, f"no longer asks for {should_be - is_now}"
            # An Undo that was carried out elsewhere may still stand; it says so when pressed.
            asks = {one for one in is_now - should_be if one[1][0] != "undo"}
            assert not asks, f"still asks for {asks}"


class Edit(NamedTuple):
    """As much of an edit as drawing it takes."""

    workspace: str
    edits: int


def _choices(post: Post) -> list[tuple[str, str]]:
    return [choice for _, choice in _pressable(post.message)]


def _pressable(message: Message) -> list[tuple[int, tuple[str, str]]]:
    """What can be pressed in a message: the row's reminder, the action and its value."""
    found: list[tuple[int, tuple[str, str]]] = []
    for part in message.parts:
        for control in part.controls if isinstance(part, Row) else ():
            if isinstance(control, Button):
                found.append((part.id, (control.action, control.value)))
            if isinstance(control, Menu):
                found += [(part.id, (control.action, value)) for _, value in control.options]
    return found
