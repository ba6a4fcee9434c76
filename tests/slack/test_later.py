"""Answers that take longer never pile up, and nobody is left without a word."""

import json
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from threading import Event

import pytest

from bot.practice import Channel, Person, PracticeSlack
from bot.slack import later
from bot.slack import socket as socket_mode
from bot.slack.busy import BUSY, is_work, refusal
from bot.slack.later import Later
from tests.end_to_end.process import eventually
from tests.slack.conftest import STARTS_WITHIN, Bot, Settings, Start

# An upper bound for what takes milliseconds.
LONG = 30.0


def test_what_finds_no_place_is_refused_and_the_next_is_taken() -> None:
    begun, going, pool, done = Event(), Event(), Later(threads=1, most_waiting=1), []
    assert pool.do(lambda: (begun.set(), going.wait()))
    assert begun.wait(STARTS_WITHIN)
    taken = [pool.do(lambda: done.append(1)), pool.do(lambda: done.append(2))]
    assert (taken, pool.waiting()) == ([True, False], 1)
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
    slow = slack.misbehave("slow", "conversations.info", seconds=LONG)
    slack.slash(maya, team, "stats")
    assert "that was NOT saved. Please try again" in slack.slash(maya, team, "stats").text
    added = slack.slash(maya, team, "add Riverside").messages[0]
    slack.press(maya, added, index=0).wait()
    slow.stop()
    assert bot.stop() == 0


def test_more_than_the_socket_takes_is_turned_away_at_once(
    start: Start,
    socket_settings: Settings,
    slack: PracticeSlack,
    maya: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket_mode, "CONCURRENCY", 1)
    monkeypatch.setattr(socket_mode, "MOST_WAITING", 2)
    bot = start(socket_settings)
    assert "What you can say" in slack.slash(maya, None, "help").text
    first, *others = [slack.add_user(f"new{number}") for number in range(4)]
    known = len(slack.calls_of("users.info"))
    slow = slack.misbehave("slow", "users.info", seconds=LONG, times=None)
    with ThreadPoolExecutor(4) as people:
        asked = [people.submit(slack.slash, first, None, "help")]
        slack.wait_for(lambda: len(slack.calls_of("users.info")) > known)
        # One is worked on and two wait; the last is answered while Slack is slow.
        for waiting, one in enumerate(others, 1):
            asked.append(people.submit(slack.slash, one, None, "help"))
            if waiting <= 2:
                at_work = f"rapport_socket_waiting {waiting}.0"
                eventually(lambda at_work=at_work: at_work in bot.get("/metrics")[1])
        wait(asked, LONG, FIRST_COMPLETED)
        slow.stop()
        said = [each.result().text for each in asked]
    assert sum("that was NOT saved. Please try again" in one for one in said) == 1
    assert sum("What you can say" in one for one in said) == 3
    assert "rapport_turned_away_total 1.0" in bot.get("/metrics")[1]


def test_a_form_that_finds_no_place_stays_open_and_a_press_is_shown_as_failed() -> None:
    view = {"blocks": [{"type": "input", "block_id": "what"}]}
    envelope = {"envelope_id": "e1", "type": "interactive"}
    form = {**envelope, "payload": {"type": "view_submission", "view": view}}
    press = {**envelope, "payload": {"type": "block_actions"}}
    answer = refusal(json.dumps(form)) or {}
    assert answer["payload"] == {"response_action": "errors", "errors": {"what": BUSY}}
    assert [refusal(frame) for frame in (json.dumps(press), "{", "[]")] == [None] * 3
    assert [is_work(frame) for frame in (json.dumps(press), '{"type": "hello"}')] == [True, False]
