"""The socket to Slack: dropped, refreshed, gone for a moment, and working again."""

import re

import pytest

from bot.practice import Person, PracticeSlack
from tests.end_to_end.conftest import SOCKET, Starts
from tests.end_to_end.process import PATIENCE, Process, eventually

NOT_CONNECTED = "the socket to Slack is not connected"
# What is promised; on a machine that has nothing else to do it takes two.
BACK_WITHIN = 15.0


@pytest.fixture
def bot(starts: Starts, slack: PracticeSlack, maya: Person, sqlite_url: str) -> Process:
    return starts(sqlite_url, way=SOCKET, owner=maya.id)


def answers_again(slack: PracticeSlack, maya: Person, bot: Process) -> None:
    slack.wait_connected(timeout=BACK_WITHIN)
    # The line that was dropped may still be taken for one that stands.
    eventually(lambda: slack.slash(maya, None, "help").error is None, BACK_WITHIN)
    assert eventually(lambda: bot.get("/healthz")[0] == 200)


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_it_answers_again_after_slack_renewed_the_line(
    slack: PracticeSlack, maya: Person, bot: Process, reason: str
) -> None:
    before = slack.server.link.connections[0]
    slack.refresh_sockets(reason)
    slack.wait_for(lambda: before not in slack.server.link.connections, PATIENCE)
    answers_again(slack, maya, bot)


def test_it_answers_again_after_the_line_was_cut_without_a_word(
    slack: PracticeSlack, maya: Person, bot: Process
) -> None:
    before = slack.server.link.connections[0]
    slack.cut_sockets()
    slack.wait_for(lambda: before not in slack.server.link.connections, PATIENCE)
    answers_again(slack, maya, bot)


def test_it_answers_again_after_slack_was_gone_for_a_moment(
    slack: PracticeSlack, maya: Person, bot: Process
) -> None:
    """Too short for the line to be missed: it looks as if it stood."""
    slack.vanish()
    slack.come_back()
    answers_again(slack, maya, bot)


def test_two_bots_share_the_work(
    starts: Starts, slack: PracticeSlack, maya: Person, bot: Process, sqlite_url: str
) -> None:
    """Slack gives each socket of an app a share of what comes in."""
    other = starts(sqlite_url, way=SOCKET, owner=maya.id)
    slack.wait_connected(2)
    for number in range(6):
        answer = slack.slash(maya, None, f"add Clinic {number} Street")
        assert "added" in answer.wait()[-1].text
    assert "6 partners" in slack.slash(maya, None, "list").text
    for each in (bot, other):
        assert re.search(r"rapport_commands_total [1-9]", each.get("/metrics")[1])
    # One of them leaves, and all goes to the other.
    assert other.stop() == 0
    assert [slack.slash(maya, None, "help").error for _ in range(4)] == [None] * 4


def test_it_says_that_slack_is_gone_and_works_again_when_it_is_back(
    slack: PracticeSlack, maya: Person, bot: Process
) -> None:
    assert bot.get("/healthz") == (200, "ok\n")
    slack.vanish()
    status, why = eventually(lambda: (got := bot.get("/healthz"))[0] != 200 and got, BACK_WITHIN)
    assert (status, why) == (503, f"{NOT_CONNECTED}\n")
    assert "rapport_healthy 0.0" in bot.get("/metrics")[1]
    slack.come_back()
    answers_again(slack, maya, bot)
    assert bot.stop() == 0
    assert "Traceback" not in bot.output


def test_it_stops_while_slack_is_gone(slack: PracticeSlack, bot: Process) -> None:
    slack.vanish()
    assert bot.stop() == 0
