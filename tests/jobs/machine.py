"""The outbox under everything that can happen to it: a state machine and what must always hold.

Two workers plan and deliver, held and let go at the points between claim, look, send and settle;
they crash, Slack refuses, loses and cuts, the clock leaps and is set back, and people work on.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import holidays
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain.message import Button, Menu, Message, Row
from bot.domain.when import local_day
from bot.store.outbox import ALONE, CANCELLED, DELIVERED, DISCARDED, EDIT, MORNING, RUNNING
from jobs.letters import redraw
from jobs.plan import plan
from tests.conftest import TEAM
from tests.jobs.world import Rows, Sending, World
from tests.speaker import Post

# England, whose Easter holidays are near.
DAYS_OFF = holidays.country_holidays("GB", subdiv="ENG", years=(2027, 2028))
WORK = time(9), time(17)
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
# Between asking what is true and Slack accepting it: a worker held up longer gives up.
ON_ITS_WAY = timedelta(seconds=45)


def _may(name: str) -> Callable[[Any], Any]:
    """Let a rule run unless the search is for something else."""
    return precondition(lambda machine: not machine.only or name in machine.only)


class OutboxMachine(RuleBasedStateMachine):
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
        for seconds in (0, 61):
            self.world.pass_time(timedelta(seconds=seconds))
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
        while not (is_off or _is_working_day(day)):
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

    # What must always hold.

    @invariant()
    def holds(self) -> None:
        deliveries, reminders = self.world.deliveries(), self.world.reminders()
        self._note_changes(reminders)
        self._each_delivery_is_sent_once()
        self._sent_when_people_work()
        self._one_reminder_once_a_day()
        self._sent_what_was_true()
        self._one_row_for_one_occurrence(reminders)
        self._put_off_until_its_day(reminders)
        self._one_morning_a_day(deliveries)
        self._what_is_settled_stays(deliveries)
        self._delivered_means_posted(deliveries)
        self._given_up_for_a_reason(deliveries, reminders)
        self.before, self.known = deliveries, reminders
        self.checked = len(self.world.inbox.posts)

    def _note_changes(self, reminders: Rows) -> None:
        for number, row in self.known.items():
            now = reminders.get(number)
            if now is None or now["closed_at"] or now["recipient"] != row["recipient"]:
                self.not_wanted_since.setdefault(number, self.world.turn)
            else:
                self.not_wanted_since.pop(number, None)
            if now is not None and now["recipient"] != row["recipient"]:
                self.handed_over.add(number)
            if now is not None and now["back_on"] != row["back_on"]:
                self.put_off_in[number] = self.world.turn

    def _new_posts(self) -> list[Post]:
        return self.world.inbox.posts[self.checked :]

    def _sending(self, post: Post) -> Sending:
        return self.world.inbox.sendings[post.delivery_id][-1]

    def _each_delivery_is_sent_once(self) -> None:
        counted = Counter(post.delivery_id for post in self.world.inbox.posts)
        assert not counted or max(counted.values()) == 1, "sent twice"

    def _sent_when_people_work(self) -> None:
        for post in self._new_posts():
            at, zone = self._sending(post).at, self.world.zones[post.member]
            # The clock may have been set back, a little, on the way.
            times = at, at - ON_ITS_WAY, at + ON_ITS_WAY
            is_in_time = any(_are_at_work(one, zone) for one in times)
            assert is_in_time, f"sent at {at.isoformat()}"

    def _one_reminder_once_a_day(self) -> None:
        shown = Counter(
            (post.member, self._sending(post).day, number)
            for post in self.world.inbox.posts
            for number in post.rows
            if number not in self.handed_over
        )
        assert not shown or max(shown.values()) == 1, f"shown twice in a day: {shown}"

    def _sent_what_was_true(self) -> None:
        for post in self._new_posts():
            sending = self._sending(post)
            for number in post.rows:
                row = self.known.get(number)
                since = self.not_wanted_since.get(number)
                assert since is None or since >= sending.began, "shown though it was dealt with"
                is_back = row is None or row["back_on"] is None or row["back_on"] <= sending.day
                put_off = self.put_off_in.get(number, 0)
                assert is_back or put_off >= sending.began, "shown though put off"

    def _one_row_for_one_occurrence(self, reminders: Rows) -> None:
        counted = Counter(
            (row["kind"], row["subject"], row["occurrence"][:10])
            for row in reminders.values()
            if row["kind"] != "handover"
        )
        assert not counted or max(counted.values()) == 1, "two rows for one occurrence"

    def _put_off_until_its_day(self, reminders: Rows) -> None:
        for row in reminders.values():
            who, back_on = row["recipient"], row["back_on"]
            if row["closed_at"] is None and who and back_on and back_on > self.world.day(who):
                due_on = local_day(row["due_at"], self.world.zones[who])
                days = back_on, max(back_on, row["show_on"])
                assert due_on in days, f"put off to {back_on}: {due_on}"

    def _one_morning_a_day(self, deliveries: Rows) -> None:
        days = Counter(
            re.match(r"morning:\w+:[\d-]{10}", row["key"])[0]
            for row in deliveries.values()
            if row["kind"] == MORNING
        )
        assert not days or max(days.values()) == 1, "two mornings of one day"

    def _what_is_settled_stays(self, deliveries: Rows) -> None:
        for number, before in self.before.items():
            now = deliveries[number]
            assert now["attempt"] >= before["attempt"]
            if before["settled_at"] and now["kind"] != EDIT:
                assert now == before, "settled again"

    def _delivered_means_posted(self, deliveries: Rows) -> None:
        for row in deliveries.values():
            if row["state"] == DELIVERED and row["kind"] != EDIT:
                post = self.world.inbox.post(row["delivery_id"])
                assert post is not None, "settled without being sent"
                assert (list(post.rows), post.ts) == (row["shows"], row["ts"])

    def _given_up_for_a_reason(self, deliveries: Rows, reminders: Rows) -> None:
        for number, row in deliveries.items():
            if row["state"] == DISCARDED:
                enough = 1 if row["kind"] == EDIT else 3
                refused = self._refused(deliveries, row)
                assert refused >= enough, "given up without being refused"
            was = self.before.get(number)
            if row["state"] == CANCELLED and (was is None or was["state"] != CANCELLED):
                assert not self._owed(row, reminders), "cancelled though it was owed"

    def _refused(self, deliveries: Rows, row) -> int:
        target = deliveries[row["edits"]] if row["kind"] == EDIT else row
        return self.world.inbox.refused[target["delivery_id"]]

    def _owed(self, delivery, reminders: Rows) -> bool:
        if delivery["kind"] != ALONE:
            planned_on = local_day(delivery["created_at"], self.world.zones[delivery["recipient"]])
            is_over = planned_on < self.world.day(delivery["recipient"])
            return delivery["kind"] == MORNING and not is_over and self._waits(delivery, reminders)
        row = reminders.get(delivery["subject"])
        return (
            row is not None
            and row["closed_at"] is None
            and row["recipient"] == delivery["recipient"]
            and not row["shown_count"]
            and row["back_on"] is None
        )

    def _waits(self, delivery, reminders: Rows) -> bool:
        told_alone = {
            row["subject"]
            for row in self.before.values()
            if row["kind"] == ALONE and row["settled_at"] is None
        }
        return any(
            row["closed_at"] is None
            and row["recipient"] == delivery["recipient"]
            and row["due_at"] < delivery["run_at"]
            and row["id"] not in told_alone
            and row["id"] in self.known
            and self.known[row["id"]]["due_at"] < delivery["run_at"]
            for row in reminders.values()
        )

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


def _is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in DAYS_OFF


def _are_at_work(at: datetime, zone: str) -> bool:
    local = at.astimezone(ZoneInfo(zone))
    return WORK[0] <= local.time() < WORK[1] and _is_working_day(local.date())


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
