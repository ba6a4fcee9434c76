"""Hours without Slack: owners are told once, and only of time in which people were at work."""

from datetime import datetime, timedelta

import pytest

from bot.run.line import Line
from bot.slack.tokens import Tokens
from jobs import silence
from tests.conftest import TEAM
from tests.jobs.test_messages import Fixed, at, tick
from tests.speaker import Post, Team


def hear(team: Team, when: str, is_unbroken: bool = False) -> int:
    return silence.heard(team.store, [TEAM], at(when), is_unbroken)


def told(team: Team, when: str) -> list[Post]:
    return [post for post in tick(team, when) if "couldn't reach" in post.message.text]


def test_owners_are_told_once_from_when_to_when(team: Team) -> None:
    assert hear(team, "2027-03-03 09:10") == 0
    assert [hear(team, "2027-03-03 10:40"), hear(team, "2027-03-03 10:41")] == [1, 0]
    (post,) = told(team, "2027-03-03 10:41")
    assert post.member == "U3"
    assert post.message.text.startswith(
        "Slack and I couldn't reach each other from 9:10 am to 10:40 am. "
        "Anything typed with `/partner` then was not recorded."
    )
    assert told(team, "2027-03-03 10:45") == []


@pytest.mark.parametrize(
    ("since", "until", "count"),
    [
        ("2027-03-03 09:10", "2027-03-03 10:10", 0),  # an hour, not over one
        ("2027-03-03 09:10", "2027-03-03 10:11", 1),
        ("2027-03-03 17:00", "2027-03-04 09:00", 0),  # a night
        ("2027-03-03 16:50", "2027-03-04 09:40", 0),  # a night, and less than an hour of work
        ("2027-03-05 17:00", "2027-03-08 09:30", 0),  # a weekend
        ("2027-03-03 15:30", "2027-03-04 08:00", 1),
        ("2025-03-03 15:30", "2027-03-03 08:00", 1),  # a bot that was put away for years
    ],
)
def test_only_time_at_work_counts(team: Team, since: str, until: str, count: int) -> None:
    hear(team, since)
    assert hear(team, until) == count


def test_of_another_day_the_day_is_said(team: Team) -> None:
    hear(team, "2027-03-03 15:30")
    hear(team, "2027-03-04 08:00")
    (post,) = told(team, "2027-03-04 09:00")
    assert "from Wed, Mar 3, 3:30 pm, to Thu, Mar 4, 8:00 am." in post.message.text


def test_a_workspace_that_was_never_heard_missed_nothing(team: Team) -> None:
    assert hear(team, "2027-03-03 15:30") == 0


def test_a_clock_that_is_set_back_is_no_silence(team: Team) -> None:
    hear(team, "2027-03-04 15:30")
    assert [hear(team, "2027-03-03 09:00"), hear(team, "2027-03-03 09:05")] == [0, 0]


def test_a_clock_that_is_set_forward_while_slack_is_heard_is_no_silence(team: Team) -> None:
    clock, tokens = Fixed(at("2027-03-03 09:00")), Tokens()
    tokens.add(TEAM, "xoxb-1")
    line = Line(team.store, clock, tokens, lambda: True)
    line.look()
    clock.at = at("2027-03-04 15:00")
    line.look()
    assert told(team, "2027-03-04 15:00") == []


def test_a_line_that_was_bad_for_hours_is_told_of(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, tokens, good, seconds = Fixed(at("2027-03-03 09:00")), Tokens(), [True], [0.0]
    monkeypatch.setattr("bot.run.line.awake_seconds", lambda: seconds[0])
    tokens.add(TEAM, "xoxb-1")
    line = Line(team.store, clock, tokens, lambda: good[0])
    line.look()
    for is_good in (False, True, True):
        clock.at += timedelta(hours=1)
        good[0], seconds[0] = is_good, seconds[0] + 3600
        line.look()
    assert len(told(team, "2027-03-03 12:00")) == 1


def test_what_a_key_says_is_when_it_began() -> None:
    began = at("2027-03-03 09:10")
    assert silence.since_when(f"silence:U3:{began.isoformat()}") == began
    assert isinstance(began, datetime)
