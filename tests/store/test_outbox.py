"""The outbox's own rules: order, limit, lease, fence, and what is forgotten."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.member import Workspace
from bot.domain.messenger import Sent
from bot.store import Store, agenda, connect, outbox, workspace
from bot.store.outbox import (
    ALONE,
    AVAILABLE,
    CANCELLED,
    CLOCKS_APART,
    DELIVERED,
    GRACE,
    LEASE,
    MORNING,
    RUNNING,
    Delivery,
    Planned,
)
from bot.store.schema import deliveries
from tests.conftest import NOW, TEAM
from tests.speaker import Team

SECOND = timedelta(seconds=1)
# SQLite has one writer at a time.
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def connection(store: Store) -> Iterator[sa.Connection]:
    with store.begin() as connection:
        yield connection


def plan(connection: sa.Connection, key: str, at: datetime = NOW, user: str = "U1") -> bool:
    return bool(outbox.plan(connection, TEAM, [Planned(key, ALONE, user)], at))


def claim_one(connection: sa.Connection, at: datetime = NOW) -> Delivery:
    (taken,) = outbox.claim(connection, TEAM, at, 5)
    return taken


def row(connection: sa.Connection, key: str) -> sa.RowMapping:
    query = sa.select(deliveries).where(deliveries.c.key == key)
    return connection.execute(query).mappings().one()


def test_a_key_is_planned_once(connection: sa.Connection) -> None:
    assert [plan(connection, "a"), plan(connection, "a")] == [True, False]
    assert outbox.planned_of(connection, TEAM, ["a", "b"]) == {"a"}


@on_postgresql
def test_no_more_than_the_limit_is_taken_by_whatever_plan(connection: sa.Connection) -> None:
    for way in ("hashagg", "hashjoin", "mergejoin", "sort", "material", "bitmapscan"):
        connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
    for number in range(7):
        plan(connection, f"{number}", user=f"U{number}")
    assert len(outbox.claim(connection, TEAM, NOW, 5)) == 5
    assert len(outbox.claim(connection, TEAM, NOW, 5)) == 2


def test_the_oldest_is_claimed_first_and_no_more_than_the_limit(connection: sa.Connection) -> None:
    for key, age in (("young", 1), ("old", 3), ("middle", 2)):
        plan(connection, key, NOW - age * SECOND)
    assert [one.key for one in outbox.claim(connection, TEAM, NOW, 2)] == ["old", "middle"]
    assert [one.key for one in outbox.claim(connection, TEAM, NOW, 2)] == ["young"]
    assert outbox.claim(connection, TEAM, NOW, 2) == []


def test_what_runs_later_waits(connection: sa.Connection) -> None:
    plan(connection, "a", NOW + SECOND)
    assert outbox.claim(connection, TEAM, NOW, 5) == []
    assert claim_one(connection, NOW + SECOND).attempt == 1


def test_others_wait_for_the_morning_of_the_same_person_only(connection: sa.Connection) -> None:
    outbox.plan(connection, TEAM, [Planned("morning", MORNING, "U1")], NOW)
    plan(connection, "behind", NOW - SECOND)
    plan(connection, "somebody else", NOW + SECOND, "U2")
    later = NOW + SECOND
    morning, other = outbox.claim(connection, TEAM, later, 5)
    assert (morning.key, other.key) == ("morning", "somebody else")
    outbox.settle(connection, [morning], CANCELLED, later)
    assert claim_one(connection, later).key == "behind"


@pytest.mark.parametrize("passed", [LEASE, -CLOCKS_APART - SECOND, -timedelta(days=1)])
def test_an_orphan_is_taken_up_when_its_call_has_ended(
    connection: sa.Connection, passed: timedelta
) -> None:
    """A lease that ran out, or that a clock set back has made too long."""
    plan(connection, "a")
    first = claim_one(connection)
    assert outbox.claim(connection, TEAM, NOW + passed, 5) == []
    assert not outbox.renew(connection, [first], NOW + passed)
    assert outbox.claim(connection, TEAM, NOW + passed + GRACE - SECOND, 5) == []
    assert claim_one(connection, NOW + passed + GRACE).attempt > first.attempt


def test_a_lease_that_is_not_over_is_respected(connection: sa.Connection) -> None:
    plan(connection, "a")
    taken = claim_one(connection)
    assert outbox.claim(connection, TEAM, NOW + LEASE - SECOND, 5) == []
    assert row(connection, "a")["state"] == RUNNING
    assert outbox.renew(connection, [taken], NOW + LEASE - SECOND)
    assert outbox.claim(connection, TEAM, NOW + LEASE + SECOND, 5) == []
    assert row(connection, "a")["state"] == RUNNING


@pytest.mark.parametrize("apart", [-CLOCKS_APART, -SECOND, SECOND])
def test_a_worker_whose_clock_is_a_little_off_takes_nothing_over(
    connection: sa.Connection, apart: timedelta
) -> None:
    plan(connection, "a")
    claim_one(connection)
    assert outbox.claim(connection, TEAM, NOW + apart, 5) == []
    assert row(connection, "a")["state"] == RUNNING


def test_an_older_attempt_settles_and_releases_nothing(connection: sa.Connection) -> None:
    plan(connection, "a")
    old = claim_one(connection)
    outbox.claim(connection, TEAM, NOW + LEASE, 5)
    new = claim_one(connection, NOW + LEASE + GRACE)
    assert not outbox.settle(connection, [old], DELIVERED, NOW)
    outbox.release(connection, [old], NOW, "late", failures=1)
    assert row(connection, "a")["failures"] == 0
    assert outbox.settle(connection, [new], DELIVERED, NOW)
    assert not outbox.settle(connection, [new], CANCELLED, NOW)
    assert row(connection, "a")["state"] == DELIVERED


def test_what_is_released_waits_until_its_time(connection: sa.Connection) -> None:
    plan(connection, "a")
    taken = [claim_one(connection)]
    outbox.release(connection, taken, NOW + 30 * SECOND, "ratelimited", failures=2)
    assert outbox.claim(connection, TEAM, NOW + 29 * SECOND, 5) == []
    again = claim_one(connection, NOW + 30 * SECOND)
    assert (again.attempt, again.failures) == (2, 2)
    assert row(connection, "a")["reason"] == "ratelimited"


@pytest.fixture
def sent(connection: sa.Connection) -> int:
    """A message that was sent."""
    plan(connection, "sent")
    taken = claim_one(connection)
    outbox.settle(connection, [taken], DELIVERED, NOW, channel="D1", ts="1.0")
    return taken.id


def test_one_row_serves_all_edits_of_a_message(connection: sa.Connection, sent: int) -> None:
    for _ in range(3):
        outbox.arm_edit(connection, TEAM, sent, NOW)
    edit = claim_one(connection)
    assert (edit.edits, edit.recipient) == (sent, "U1")
    outbox.settle(connection, [edit], DELIVERED, NOW)
    outbox.arm_edit(connection, TEAM, sent, NOW)
    assert claim_one(connection).id == edit.id


def test_an_edit_armed_while_it_is_drawn_is_drawn_again_after_that(
    connection: sa.Connection, sent: int
) -> None:
    outbox.arm_edit(connection, TEAM, sent, NOW)
    older = claim_one(connection)
    outbox.arm_edit(connection, TEAM, sent, NOW)
    outbox.arm_edit(connection, TEAM, sent, NOW)
    assert not outbox.settle(connection, [older], DELIVERED, NOW)
    assert outbox.claim(connection, TEAM, NOW + GRACE - SECOND, 5) == []
    assert claim_one(connection, NOW + GRACE).attempt > older.attempt


def test_an_edit_need_not_wait_for_a_call_that_has_ended(
    connection: sa.Connection, sent: int
) -> None:
    outbox.arm_edit(connection, TEAM, sent, NOW)
    older = claim_one(connection)
    outbox.arm_edit(connection, TEAM, sent, NOW)
    outbox.hurry(connection, older, NOW)
    assert claim_one(connection, NOW).id == older.id


def test_an_armed_edit_forgets_its_failures(connection: sa.Connection, sent: int) -> None:
    outbox.arm_edit(connection, TEAM, sent, NOW)
    outbox.release(connection, [claim_one(connection)], NOW, "invalid_blocks", failures=2)
    outbox.arm_edit(connection, TEAM, sent, NOW)
    assert claim_one(connection).failures == 0


def test_states_are_counted(connection: sa.Connection) -> None:
    for key in ("a", "b", "c"):
        plan(connection, key)
    outbox.claim(connection, TEAM, NOW, 1)
    assert outbox.counts(connection) == {AVAILABLE: 2, RUNNING: 1}


@on_postgresql
def test_two_who_claim_at_once_take_different_rows(database_url: str, store: Store) -> None:
    with store.begin() as connection:
        for key in ("a", "b", "c"):
            plan(connection, key)
    engine = connect(database_url)
    other = Store(engine)
    with store.begin() as one, other.begin() as two:
        first, second = outbox.claim(one, TEAM, NOW, 2), outbox.claim(two, TEAM, NOW, 2)
    engine.dispose()
    assert [[row.key for row in taken] for taken in (first, second)] == [["a", "b"], ["c"]]


@on_postgresql
def test_two_who_free_orphans_at_once_do_not_wait_for_each_other(
    database_url: str, store: Store
) -> None:
    with store.begin() as connection:
        plan(connection, "a")
        outbox.claim(connection, TEAM, NOW, 1)
    engine = connect(database_url)
    other = Store(engine)
    with store.begin() as one, other.begin() as two:
        assert (
            outbox.claim(one, TEAM, NOW + LEASE, 2) == outbox.claim(two, TEAM, NOW + LEASE, 2) == []
        )
    engine.dispose()
    with store.begin() as connection:
        assert claim_one(connection, NOW + LEASE + GRACE).attempt == 3


def test_a_postponed_reminder_keeps_its_due_time(team: Team) -> None:
    team.says("U1", "add Alpha Gym, gym, every 2 weeks, <@U1>")
    at = datetime(2027, 3, 17, 13, 0, tzinfo=UTC)
    with team.store.begin() as connection:
        (due,) = agenda.due(connection, TEAM, at, 5)
        agenda.postpone(connection, "T2", [due.id], at, at + timedelta(days=1))
        assert agenda.due(connection, TEAM, at, 5) == [due]
        tomorrow = at + timedelta(days=1)
        agenda.postpone(connection, TEAM, [due.id], at, tomorrow)
        assert agenda.due(connection, TEAM, at, 5) == []
        (again,) = agenda.due(connection, TEAM, tomorrow, 5)
        assert (again.due_at, again.look_at) == (due.due_at, tomorrow)


def test_only_workspaces_with_work_are_looked_into(team: Team) -> None:
    team.says("U1", "add Alpha Gym, gym, every 2 weeks, <@U1>")
    at = datetime(2027, 3, 17, 13, 0, tzinfo=UTC)
    with team.store.begin() as connection:
        workspace.found(connection, Workspace("T2"), at)
        assert agenda.with_work(connection, at - timedelta(days=1)) == []
        assert agenda.with_work(connection, at) == [TEAM]
        outbox.plan(connection, "T2", [Planned("a", ALONE, "U1")], at)
        assert agenda.with_work(connection, at) == ["T1", "T2"]
        outbox.claim(connection, "T2", at, 5)
        assert agenda.with_work(connection, at) == [TEAM]
        assert agenda.with_work(connection, at + LEASE) == ["T1", "T2"]


def test_what_slack_may_have_is_marked_before_it_is_sent(connection: sa.Connection) -> None:
    plan(connection, "a")
    taken = claim_one(connection)
    outbox.renew(connection, [taken], NOW)
    outbox.claim(connection, TEAM, NOW + LEASE, 5)
    assert claim_one(connection, NOW + LEASE + GRACE).is_tried
    assert not taken.is_tried


def test_of_what_was_sent_only_what_nobody_took_over_is_settled(
    connection: sa.Connection,
) -> None:
    for key in ("a", "b", "c"):
        plan(connection, key)
    first = outbox.claim(connection, TEAM, NOW, 5)
    outbox.release(connection, first[1:2], NOW, "told to wait")
    (again,) = outbox.claim(connection, TEAM, NOW, 5)
    sent = [(one, Sent("D1", f"{one.id}.0", (one.id,))) for one in first]
    assert outbox.settle_sent(connection, sent, NOW) == [sent[0], sent[2]]
    states = [row(connection, key)["state"] for key in ("a", "b", "c")]
    assert states == [DELIVERED, RUNNING, DELIVERED]
    assert outbox.settle_sent(connection, [(again, sent[1][1])], NOW) == [(again, sent[1][1])]
    assert row(connection, "b")["shows"] == [again.id]


@on_postgresql
def test_a_claim_looks_at_what_waits_a_few_times(connection: sa.Connection) -> None:
    many = [Planned(f"m:{n}", MORNING, f"U{n}") for n in range(300)]
    outbox.plan(connection, TEAM, many, NOW)
    looked = sa.text(
        "SELECT idx_tup_fetch + seq_tup_read FROM pg_stat_xact_user_tables "
        "WHERE relname = 'deliveries'"
    )
    before = connection.execute(looked).scalar_one()
    assert len(outbox.claim(connection, TEAM, NOW, 500)) == 300
    # Each is found, locked and changed; to look through all for each would be 90,000.
    assert connection.execute(looked).scalar_one() - before < 10 * 300


def test_a_list_may_hold_any_number_of_values(store: Store) -> None:
    for users in ([], ["U1"], ["U1", "U2", "O'Neill", '"', "U99"], [f"U{n}" for n in range(5000)]):
        with store.read(TEAM) as tx:
            found = workspace.some(tx, users)
        assert found.keys() == set(users)
        assert {one for one in users if found[one].name} == set(users) & {"U1", "U2", "U3", "U4"}
