"""Answers that take longer never pile up, and nobody is left without a word."""

from threading import Event

import pytest

from bot.practice import Channel, Person, PracticeSlack
from bot.slack import later
from bot.slack.later import Later
from tests.slack.conftest import Bot, Settings, Start


def test_what_finds_no_place_is_refused_and_the_next_is_taken() -> None:
    going, pool, done = Event(), Later(threads=1, most_waiting=1), []
    taken = [pool.do(going.wait), pool.do(lambda: done.append(1)), pool.do(lambda: done.append(2))]
    assert (taken, pool.waiting()) == ([True, True, False], 1)
    going.set()
    pool.stop()
    assert done == [1]
    assert not pool.do(going.wait)


def test_a_failure_gives_its_place_back() -> None:
    pool = Later(threads=1, most_waiting=0)
    while not pool.do(lambda: 1 / 0):
        pass
    while not pool.do(Event().is_set):
        pass
    pool.stop()


def test_whoever_finds_no_place_is_told_that_nothing_was_saved(
    start: Start,
    settings: Settings,
    slack: PracticeSlack,
    maya: Person,
    team: Channel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(later.Later.__init__, "__defaults__", (1, 0))
    bot: Bot = start(settings)
    slack.misbehave("slow", "conversations.info", seconds=1)
    slack.slash(maya, team, "stats")
    assert "that was NOT saved. Please try again" in slack.slash(maya, team, "stats").text
    added = slack.slash(maya, team, "add Riverside").messages[0]
    slack.press(maya, added, index=0).wait()
    assert bot.stop() == 0
