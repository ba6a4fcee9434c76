"""Old rows go, in batches, and what was said once is never said again for it."""

import random
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.store import Store, outbox, workspace
from bot.store.outbox import ALONE, DELIVERED, MORNING, WELCOME, Planned
from bot.store.prune import KEEP_AUDIT, KEEP_EDITS, KEEP_INBOUND, KEEP_MESSAGES
from bot.store.schema import audit, deliveries, inbound, reminders
from jobs import prune as job
from jobs.prune import prune
from jobs.welcome import greet
from tests.commands.looking import ONE_DATABASE
from tests.conftest import NOW, TEAM
from tests.jobs.test_messages import at, tick
from tests.speaker import Team

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
SAID_ONCE = {"\nGood ": "morning", "Any first evaluations": "desk", "Hi ": "welcome"}


# Who was told what; of a morning and the desk's question also on which day.
Told = Counter[tuple[str, str, date | None]]


def go_to(team: Team, when: datetime, told: Told) -> None:
    """Let the jobs do all there is, as at a start, and count what there is one of."""
    greet(team.store, TEAM, ("U3",), when)
    for post in tick(team, when):
        for words, kind in SAID_ONCE.items():
            if words in post.message.text:
                told[post.member, kind, None if kind == "welcome" else when.date()] += 1


@ONE_DATABASE
@pytest.mark.parametrize("seed", range(3))
def test_pruned_at_any_time_nothing_is_said_twice(team: Team, seed: int) -> None:
    chance = random.Random(seed)
    told: Told = Counter()
    now = at("2027-03-03 09:00")
    go_to(team, now, told)
    with team.store.begin() as connection:
        workspace.save(connection, TEAM, "U4", role="desk")
    team.says("U1", "add Riverside, physician, every 2 weeks, <@U1>")
    team.says("U2", "add Stride, gym, every week, <@U2>")
    for _ in range(15):
        moved = now + chance.choice((timedelta(minutes=20), timedelta(hours=3), DAY, 30 * DAY))
        now = moved.replace(hour=chance.choice((9, 12, 16)), minute=35)
        go_to(team, now, told)
        for text in ("refer riverside", "riverside came in", "called stride", "next stride post"):
            if chance.random() < 0.4:
                team.says(chance.choice(("U1", "U2", "U3")), text)
        # The clock may be wrong by months in either direction while old rows go.
        prune(team.store, now + chance.randint(-150, 150) * DAY)
        with team.store.begin() as connection:
            # As if planning had been cut off before it noted that it had looked.
            connection.execute(sa.update(reminders).values(look_at=now - SECOND))
        go_to(team, now, told)
    assert {kind for _, kind, _ in told} == {"morning", "desk", "welcome"}
    assert {what: count for what, count in told.items() if count > 1} == {}


def add(store: Store, key: str, kind: str, settled_at: datetime | None, **values: object) -> int:
    with store.begin() as connection:
        outbox.plan(connection, TEAM, [Planned(key, kind, "U1")], NOW)
        here = sa.update(deliveries).where(deliveries.c.key == key)
        ended = {"state": DELIVERED, "settled_at": settled_at, **values}
        return int(connection.execute(here.values(**ended).returning(deliveries.c.id)).scalar_one())


def keys(store: Store) -> set[str]:
    with store.peek() as connection:
        return set(connection.execute(sa.select(deliveries.c.key)).scalars())


def test_what_is_over_goes_and_what_could_come_again_stays(store: Store) -> None:
    for key, kind in (("morning:U1:1", MORNING), ("thanks:7", ALONE), ("welcome", WELCOME)):
        add(store, key, kind, NOW)
    add(store, "running", MORNING, None, state="available")
    assert prune(store, NOW + KEEP_MESSAGES) == 0
    assert prune(store, NOW + KEEP_MESSAGES + SECOND) == 2
    assert keys(store) == {"welcome", "running"}


def test_an_edit_goes_before_the_message_that_it_edits(store: Store) -> None:
    message = add(store, "morning:U1:1", MORNING, NOW)
    with store.begin() as connection:
        outbox.arm_edit(connection, TEAM, message, NOW)
    add(store, f"edit:{message}", outbox.EDIT, NOW)
    assert prune(store, NOW + KEEP_EDITS) == 0
    assert prune(store, NOW + KEEP_EDITS + SECOND) == 1
    assert keys(store) == {"morning:U1:1"}
    assert prune(store, NOW + KEEP_MESSAGES + SECOND) == 1


def test_a_message_in_which_an_open_reminder_stands_stays(team: Team) -> None:
    team.says("U1", "add Riverside, gym, every 2 weeks, <@U1>")
    (_post,) = tick(team, "2027-03-17 09:00")
    later = at("2027-03-17 09:00") + KEEP_MESSAGES + DAY
    assert prune(team.store, later) == 0
    team.says("U1", "called riverside")
    tick(team)
    assert prune(team.store, later) == 2
    with team.store.peek() as connection:
        shown = connection.execute(sa.select(reminders.c.shown_in)).scalars().all()
    assert set(shown) == {None}


def test_events_go_after_days_and_the_audit_after_six_years(team: Team) -> None:
    team.says("U1", "add Riverside")
    with team.store.begin() as connection:
        for number in range(5):
            connection.execute(sa.insert(inbound).values(workspace=TEAM, key=f"Ev{number}", at=NOW))
    assert prune(team.store, NOW + KEEP_INBOUND) == 0
    assert prune(team.store, NOW + KEEP_INBOUND + SECOND) == 5
    assert prune(team.store, NOW + KEEP_AUDIT) == 0
    assert prune(team.store, NOW + KEEP_AUDIT + SECOND) == 1
    with team.store.peek() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(audit)).scalar() == 0


def test_it_goes_in_batches_until_nothing_is_left(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "BATCH", 2)
    for number in range(5):
        add(store, f"morning:U1:{number}", MORNING, NOW)
    with store.peek() as connection:
        assert len(job.old_messages(connection, NOW + 2 * KEEP_MESSAGES, 2)) == 2
    assert prune(store, NOW + 2 * KEEP_MESSAGES) == 5
    assert prune(store, NOW + 2 * KEEP_MESSAGES) == 0
