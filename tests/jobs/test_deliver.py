"""Claim, look, send, settle: what one delivery goes through, and what it leaves alone."""

import logging
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import jobs.letters
from bot.domain.message import Message
from bot.domain.messenger import Sent
from bot.errors import NotSaved, Permanent, Retryable, Uncertain
from bot.store import Store, connect
from bot.store.backup import backup
from bot.store.schema import deliveries, reminders
from jobs.deliver import GROUP, deliver
from jobs.plan import plan
from tests.conftest import TEAM
from tests.jobs.test_messages import Fixed, at, tick
from tests.speaker import Team

MORNING = "2027-03-17 09:00"


@pytest.fixture
def gym(team: Team) -> Team:
    """Ana's gym, with a check-in due on March 17."""
    team.says("U1", "add Iron Peak CrossFit, gym, every 2 weeks, <@U1>")
    return team


@pytest.fixture
def doctor(team: Team) -> Team:
    """Ana's doctor, whose patients' evaluations ask for thanks at once."""
    team.says("U1", "add Dr. Amy Lee, physician, every 6 months, <@U1>")
    return team


def rows(store: Store, table: sa.Table = deliveries) -> list[Any]:
    with store.peek() as connection:
        return list(connection.execute(sa.select(table).order_by(table.c.id)).mappings())


def plan_at(team: Team, when: str) -> None:
    team.now = at(when)
    assert plan(team.store, team.inbox, TEAM, team.now)


def deliver_at(team: Team, when: datetime | str, limit: int = GROUP) -> int:
    team.now = at(when) if isinstance(when, str) else when
    return deliver(team.store, team.inbox, Fixed(team.now), TEAM, limit)


def test_a_morning_that_could_not_be_sent_in_time_gives_way_to_the_next(gym: Team) -> None:
    plan_at(gym, MORNING)
    assert tick(gym, "2027-03-17 17:00") == []
    assert tick(gym, "2027-03-18 08:59") == []
    (post,) = tick(gym, "2027-03-18 09:00")
    assert post.delivery_id == rows(gym.store)[1]["delivery_id"]
    assert [row["state"] for row in rows(gym.store)] == ["cancelled", "delivered"]


def test_what_is_told_at_once_is_never_told_at_night(doctor: Team) -> None:
    doctor.now = at("2027-03-03 16:59")
    doctor.says("U4", "evals dr amy lee")
    doctor.inbox.failing = [Retryable("ratelimited", 60)]
    assert tick(doctor) == []
    assert tick(doctor, "2027-03-03 17:00") == []
    assert len(tick(doctor, "2027-03-04 09:00")) == 1


def test_a_thank_you_that_slack_refused_stands_in_the_next_morning(doctor: Team) -> None:
    doctor.says("U4", "evals dr amy lee")
    doctor.inbox.failing = [Permanent("invalid_blocks")] * 3
    for _ in range(8):
        tick(doctor, doctor.now + timedelta(minutes=5))
    assert doctor.inbox.to("U1") == []
    tick(doctor, "2027-03-04 09:00")
    assert len(doctor.inbox.to("U1")) == 1


def test_a_thank_you_that_was_handed_over_reaches_the_new_liaison(doctor: Team) -> None:
    doctor.says("U4", "evals dr amy lee")
    tick(doctor)
    doctor.says("U1", "assign dr amy lee <@U2>")
    told = [post.message.text for post in tick(doctor) if post.member == "U2"]
    assert "First referral from Dr. Amy Lee" in "".join(told)


def test_a_thank_you_put_off_before_it_was_asked_comes_back(doctor: Team) -> None:
    doctor.now = at("2027-03-03 18:00")
    doctor.says("U4", "evals dr amy lee")
    doctor.presses("U1", doctor.says("U1", "due"), "Next week")
    assert tick(doctor, "2027-03-05 09:00") == []
    assert len(tick(doctor, "2027-03-08 09:00")) == 1


def test_what_may_have_been_told_alone_stays_out_of_the_morning(doctor: Team) -> None:
    doctor.says("U4", "evals dr amy lee")
    doctor.inbox.cut = [Uncertain("line cut")]
    (alone,) = tick(doctor)
    doctor.says("U1", "next dr amy lee send the protocol by today")
    (morning,) = tick(doctor)
    assert "send the protocol" in morning.message.text
    assert not set(alone.rows) & set(morning.rows)


def test_a_message_about_a_forgotten_row_is_drawn_anew(gym: Team) -> None:
    gym.inbox.cut = [Uncertain("line cut")]
    (post,) = tick(gym, MORNING)
    gym.says("U1", "called iron peak")
    tick(gym, "2027-03-17 09:05")
    assert "✓ *Iron Peak" in post.message.text


def test_a_worker_that_lost_its_delivery_while_composing_does_not_send(
    gym: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_at(gym, MORNING)
    drafts = jobs.letters.drafts

    def write_slowly(*args: Any) -> Any:
        monkeypatch.undo()
        made = drafts(*args)
        for seconds in (61, 11):
            deliver_at(gym, gym.now + timedelta(seconds=seconds))
        return made

    monkeypatch.setattr(jobs.letters, "drafts", write_slowly)
    deliver(gym.store, gym.inbox, Fixed(gym.now), TEAM)
    assert len(gym.inbox.posts) == 1


def test_an_orphan_waits_until_the_call_of_its_worker_has_ended(gym: Team) -> None:
    plan_at(gym, MORNING)

    class Slow(type(gym.inbox)):
        """The clock is set back in the middle of a send, and another worker comes by."""

        def send(self, workspace: str, member: str, message: Message, delivery_id: str) -> Sent:
            gym.inbox, inner = self.inner, gym.inbox
            early = at("2027-03-17 09:00") - timedelta(seconds=5)
            deliver_at(gym, early)
            sent = self.inner.send(workspace, member, message, delivery_id)
            deliver_at(gym, early + timedelta(seconds=11))
            gym.inbox = inner
            return sent

    slow = Slow(gym.inbox.profiles)
    slow.inner = gym.inbox
    deliver(gym.store, slow, Fixed(gym.now), TEAM)
    assert len(slow.inner.posts) == 1
    assert rows(gym.store)[0]["state"] == "delivered"


def test_a_refusal_is_discarded_loudly(gym: Team, caplog: pytest.LogCaptureFixture) -> None:
    gym.inbox.failing = [Permanent("channel_not_found")] * 3
    for minute in range(0, 30, 5):
        tick(gym, f"2027-03-17 09:{minute:02}")
    assert rows(gym.store)[0]["state"] == "discarded"
    assert rows(gym.store)[0]["reason"] == "channel_not_found"
    assert any(one.levelno == logging.ERROR for one in caplog.records)


@pytest.mark.parametrize("error", [Uncertain("timeout"), Retryable("internal_error")])
def test_cut_lines_and_refusals_for_now_never_count_as_failures(
    gym: Team, error: Exception
) -> None:
    gym.inbox.failing = [error] * 12
    tick(gym, MORNING)
    for _ in range(20):
        tick(gym, gym.now + timedelta(minutes=5))
    assert rows(gym.store)[0]["failures"] == 0
    assert len(gym.inbox.posts) == 1


def test_slack_says_how_long_to_wait(gym: Team) -> None:
    gym.inbox.failing = [Retryable("ratelimited", 90)]
    tick(gym, MORNING)
    assert tick(gym, gym.now + timedelta(seconds=89)) == []
    assert len(tick(gym, gym.now + timedelta(seconds=1))) == 1


def test_waiting_grows_and_has_an_end(gym: Team) -> None:
    gym.inbox.failing = [Retryable("internal_error")] * 14
    tick(gym, MORNING)
    waits = []
    for _ in range(13):
        before, gym.now = gym.now, rows(gym.store)[0]["run_at"]
        waits.append(gym.now - before)
        deliver_at(gym, gym.now)
    assert timedelta(seconds=1) <= waits[0] <= timedelta(seconds=2)
    assert all(timedelta(minutes=2) <= wait <= timedelta(minutes=5) for wait in waits[-4:])


def test_one_poisoned_delivery_does_not_stop_the_others(team: Team) -> None:
    for user, name in (("U1", "Alpha Gym"), ("U2", "Beta Gym")):
        team.says(user, f"add {name}, gym, every 2 weeks, <@{user}>")
    with team.store.begin() as connection:
        first = sa.select(sa.func.min(reminders.c.id)).scalar_subquery()
        poison = sa.update(reminders).where(reminders.c.id == first).values(kind="no_such_kind")
        connection.execute(poison)
    assert [post.member for post in tick(team, MORNING)] == ["U2"]
    assert tick(team, "2027-03-17 09:05") == []


def test_a_database_that_is_away_at_the_settling_is_looked_up_later(gym: Team) -> None:
    plan_at(gym, MORNING)

    class Away(Store):
        """A database that goes away as soon as the message is sent."""

        def begin(self, *args: Any) -> Any:
            if gym.inbox.posts:
                raise NotSaved("gone")
            return super().begin(*args)

    deliver(Away(gym.store.engine), gym.inbox, Fixed(gym.now), TEAM)
    assert rows(gym.store)[0]["state"] == "running"
    for seconds in (61, 11):
        deliver_at(gym, gym.now + timedelta(seconds=seconds))
    assert rows(gym.store)[0]["state"] == "delivered"
    assert len(gym.inbox.posts) == 1


def test_at_most_a_batch_is_taken_up_at_once(team: Team) -> None:
    team.says("U1", "add Dr. Amy Lee, physician, every 6 months, <@U1>")
    for number in range(7):
        team.says("U1", f"add Dr. {'ABCDEFGHIJ'[number]}. Stone, physician, <@U1>")
        team.says("U4", f"evals dr. {'ABCDEFGHIJ'[number]}. stone")
    plan(team.store, team.inbox, TEAM, team.now)
    assert [deliver_at(team, team.now, limit=5) for _ in range(3)] == [5, 2, 0]


def test_an_edit_that_was_armed_while_it_was_drawn_is_drawn_again_at_once(gym: Team) -> None:
    (post,) = tick(gym, MORNING)
    said = post.message
    gym.presses("U1", said, "Tomorrow", in_dm=True)

    class Busy(type(gym.inbox)):
        """Somebody logs a call while the message is being edited."""

        def edit(self, workspace: str, sent: Sent, message: Message, delivery_id: str) -> None:
            if not self.edited:
                self.edited = True
                gym.says("U1", "called iron peak")
                deliver(gym.store, gym.inbox, Fixed(gym.now), TEAM)
            gym.inbox.edit(workspace, sent, message, delivery_id)

    busy = Busy(gym.inbox.profiles)
    busy.edited = False
    while deliver(gym.store, busy, Fixed(gym.now), TEAM):
        pass
    assert "called today" in post.message.text


def test_a_thank_you_put_off_and_handed_over_comes_back_on_its_day(doctor: Team) -> None:
    doctor.now = at("2027-03-03 18:00")
    doctor.says("U4", "evals dr amy lee")
    doctor.presses("U1", doctor.says("U1", "due"), "Next week")
    doctor.says("U1", "assign dr amy lee <@U2>")
    (thanks,) = [row["id"] for row in rows(doctor.store, reminders) if row["kind"] == "thank_you"]
    assert all(thanks not in post.rows for post in tick(doctor, "2027-03-04 09:00"))
    (post,) = tick(doctor, "2027-03-08 09:00")
    assert (post.member, "First referral" in post.message.text) == ("U2", True)


def test_a_morning_waits_for_its_day_when_the_clock_is_set_back(gym: Team) -> None:
    plan_at(gym, MORNING)
    assert tick(gym, "2027-03-16 10:00") == []
    assert len(tick(gym, "2027-03-17 09:00")) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_restored_database_says_nothing_again(gym: Team, doctor: Team, tmp_path: Path) -> None:
    doctor.now = at("2027-03-17 08:30")
    doctor.says("U4", "evals dr amy lee")
    backup(gym.store.engine, tmp_path / "before.db")
    said = [post.message.text for post in tick(gym, MORNING)]
    assert len(said) == 1
    engine = connect(f"sqlite:///{tmp_path / 'before.db'}")
    gym.store = Store(engine)
    assert tick(gym, "2027-03-17 11:00") == []
    gym.says("U1", "called iron peak")
    tick(gym)
    assert "✓ *Iron Peak" in gym.inbox.posts[0].message.text
    engine.dispose()
