"""Twenty people at once, ten things each: all of it lands once, and the audit adds up."""

import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa

from bot.practice import Message, Person, PracticeSlack
from bot.store.schema import audit, interactions, next_steps, partners, referrals
from tests.end_to_end.conftest import NOW, Starts
from tests.end_to_end.filled import opened
from tests.end_to_end.process import Process
from tests.invariants import check

PEOPLE, WITHIN = 20, 20.0
SHARED = ("Riverside", "Oakdale", "Harbor", "Lakeside")
NOT_SAVED, TRIES = "NOT saved", 5
# What each person leaves in the audit, and what all of them do in the tables.
CHANGES = Counter(log=3, add=1, refer=1, convert=1, evals=1, next=1, undo=1)
ROWS = {
    partners: len(SHARED) + PEOPLE,
    interactions: 2 * PEOPLE,
    referrals: 2 * PEOPLE,
    next_steps: PEOPLE,
}


@pytest.fixture
def people(slack: PracticeSlack) -> list[Person]:
    return [slack.add_user(f"person{n}") for n in range(PEOPLE)]


@pytest.fixture
def bot(starts: Starts, slack: PracticeSlack, people: list[Person], database_url: str) -> Process:
    """It runs, knows the partners that all have in common, and has seen everybody."""
    running = starts(database_url)
    for name in SHARED:
        slack.slash(people[0], None, f"add {name}, gym")
    for person in people:
        slack.slash(person, None, "due")
    return running


def test_two_hundred_at_once(
    bot: Process, slack: PracticeSlack, people: list[Person], database_url: str
) -> None:
    start = Barrier(PEOPLE)
    work = [_Day(slack, person, n, start) for n, person in enumerate(people)]
    began = time.monotonic()
    with ThreadPoolExecutor(PEOPLE) as pool:
        said = [
            text for future in [pool.submit(one.live) for one in work] for text in future.result()
        ]
    assert time.monotonic() - began < WITHIN
    assert len(said) == 10 * PEOPLE
    assert bot.stop() == 0
    _adds_up(database_url, slack.workspace.team_id)


class _Day:
    """What one person says and presses, one after the other."""

    def __init__(self, slack: PracticeSlack, person: Person, number: int, start: Barrier) -> None:
        self.slack, self.person, self.start = slack, person, start
        letters = random.Random(number)
        pairs = ("bdfgklmnprstvz", "aeiou") * 5
        self.own = "".join(letters.choice(pair) for pair in pairs).capitalize()
        self.shared = SHARED[number % len(SHARED)]

    def live(self) -> list[str]:
        self.start.wait()
        own, shared = self.own, self.shared
        said = [
            self.says(f"add {own}, gym", "added"),
            self.says(f"called {shared}, 20 min", "✓ *Call with"),
            referred := self.says(f"refer {own}", "✓ *Referral from"),
            self.presses(referred, "Came in", "came in*, today"),
            self.says(f"evals {shared}", "1 first evaluation today"),
            self.says(f"next {shared} call by Friday", "by Fri, Mar 5"),
            self.says(f"show {shared}", shared),
            mistaken := self.says(f"emailed {shared}", "✓ *Email to"),
            self.presses(mistaken, "Undo", "Undone: I took back"),
            self.says(f"log {own} lunch", "✓ *Lunch with"),
        ]
        return [message.text for message in said]

    def says(self, text: str, expected: str) -> Message:
        return _tried(lambda: self.slack.slash(self.person, None, text).wait()[-1], expected)

    def presses(self, message: Message, label: str, expected: str) -> Message:
        return _tried(
            lambda: self.slack.press(self.person, message, label=label).wait()[-1], expected
        )


def _tried(act: Callable[[], Message], expected: str) -> Message:
    """Do as the bot says: what was not saved is tried again."""
    for _ in range(TRIES):
        message = act()
        if NOT_SAVED not in message.text:
            break
    assert expected in message.text, message.text
    return message


def _adds_up(database: str, team: str) -> None:
    with opened(database) as store:
        check(store, (NOW - timedelta(hours=5)).date(), team)
        with store.peek() as connection:
            for table, expected in ROWS.items():
                count = connection.execute(sa.select(sa.func.count()).select_from(table))
                assert count.scalar_one() == expected, table.name
            entries = connection.execute(sa.select(audit.c.by, audit.c.what)).all()
            undone = sa.select(sa.func.count()).where(audit.c.undone_at.is_not(None))
            assert connection.execute(undone).scalar_one() == PEOPLE
    seeded = Counter(add=len(SHARED))
    for person in {entry.by for entry in entries}:
        theirs = Counter(entry.what for entry in entries if entry.by == person)
        assert theirs in (CHANGES, CHANGES + seeded), person
    assert len(entries) == len(SHARED) + PEOPLE * CHANGES.total()
