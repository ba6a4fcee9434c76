"""Several workspaces in one process: each by its own token, and nothing of one in another."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from bot.practice import Message, Person, PracticeSlack
from bot.settings import Settings
from tests.slack.conftest import Bot, Start

SAME = "U0SAMEPERSON"
WRONG = "xoxb-wrong"


@pytest.fixture
def south(slack: PracticeSlack) -> PracticeSlack:
    """A second workspace of the same app."""
    return slack.another("T0SOUTH", "South", "xoxb-south")


@pytest.fixture
def ana(slack: PracticeSlack) -> Person:
    """Owner in the first workspace; the second has somebody by the same id."""
    return slack.add_user("ana", "Ana North", id=SAME, tz="America/Chicago")


@pytest.fixture
def bea(south: PracticeSlack) -> Person:
    return south.add_user("bea", "Bea South", id=SAME, tz="America/Denver")


@pytest.fixture
def both(start: Start, settings: Settings, ana: Person, bea: Person) -> Bot:
    tokens = ("xoxb-practice", "xoxb-south")
    return start(replace(settings, bot_tokens=tokens, owners=(SAME,)))


def says(slack: PracticeSlack, person: Person, text: str) -> Message:
    return slack.slash(person, None, text).wait()[-1]


def test_each_has_its_own_partners_under_the_same_names(
    both: Bot, slack: PracticeSlack, south: PracticeSlack, ana: Person, bea: Person
) -> None:
    says(slack, ana, "add Riverside, physician")
    assert "don't know" in says(south, bea, "show riverside").text
    says(south, bea, "add Riverside, gym")
    says(slack, ana, "called riverside")
    southern = says(south, bea, "show riverside").text
    assert southern.startswith("Riverside\nGym")
    assert "Call" not in southern
    assert "Call" in says(slack, ana, "show riverside").text


def test_a_button_of_the_one_does_nothing_in_the_other(
    both: Bot, slack: PracticeSlack, south: PracticeSlack, ana: Person, bea: Person
) -> None:
    says(slack, ana, "add Riverside")
    says(south, bea, "add Lakeside")
    logged, other = says(slack, ana, "called riverside"), says(south, bea, "called lakeside")
    # The same button, but with the id of what happened in the other workspace.
    other.blocks = logged.blocks
    assert "Undone" not in south.press(bea, other, label="Undo").wait()[-1].text
    assert "Interactions: *1*" in says(slack, ana, "stats riverside").text
    assert "Interactions: *1*" in says(south, bea, "stats lakeside").text


def test_people_of_one_may_not_press_what_was_said_in_the_other(
    both: Bot, slack: PracticeSlack, south: PracticeSlack, ana: Person
) -> None:
    team = slack.add_channel("shared", [ana])
    says(slack, ana, "add Riverside")
    says(slack, ana, "called riverside")
    report = slack.slash(ana, team, "stats").wait()[0]
    visitor = slack.add_user("visitor", team_id=south.workspace.team_id)
    (word,) = slack.press(visitor, report, index=0).wait()
    assert "for the practice's own team" in word.text


def test_a_workspace_that_is_not_known_is_answered(both: Bot) -> None:
    form = {"command": "/partner", "text": "help", "team_id": "T0NOBODY", "user_id": SAME}
    rest = {"trigger_id": "1.2", "response_url": "http://127.0.0.1:1/", "channel_id": "D1"}
    status, answer = both.post(urlencode({**form, **rest}).encode())
    assert status == 200
    assert "isn't connected to this workspace" in answer


def test_a_token_that_is_refused_holds_up_no_other(
    start: Start,
    settings: Settings,
    slack: PracticeSlack,
    south: PracticeSlack,
    ana: Person,
    bea: Person,
    caplog: pytest.LogCaptureFixture,
) -> None:
    tokens = (WRONG, slack.bot_token, south.bot_token)
    fault = slack.misbehave(
        "error", "auth.test", times=None, error="account_inactive", team="T0SOUTH"
    )
    start(replace(settings, bot_tokens=tokens, owners=(SAME,)))
    assert "What you can say" in says(slack, ana, "help").text
    assert "isn't connected" in says(south, bea, "help").text
    fault.stop()
    while "isn't connected" in (said := says(south, bea, "help").text):
        pass
    assert "What you can say" in said
    assert "Slack refuses SLACK_BOT_TOKEN (1 of 3): invalid_auth" in caplog.text
    assert "Slack refuses SLACK_BOT_TOKEN (3 of 3): account_inactive" in caplog.text
    assert "xoxb" not in caplog.text


@pytest.mark.parametrize(
    "trouble",
    [{"kind": "rate_limited", "retry_after": 60}, {"kind": "http_error"}, {"kind": "silent"}],
)
def test_one_whose_slack_fails_holds_up_no_other(
    both: Bot,
    slack: PracticeSlack,
    south: PracticeSlack,
    ana: Person,
    trouble: dict[str, object],
) -> None:
    says(slack, ana, "add Riverside")
    slack.misbehave(**trouble, times=None, team="T0SOUTH")
    strangers = [south.add_user(f"new{number}") for number in range(5)]
    with ThreadPoolExecutor(len(strangers)) as pool:
        asked = [pool.submit(south.slash, one, None, "help") for one in strangers]
        answer = slack.slash(slack.add_user("colleague"), None, "show riverside")
        assert answer.error is None
        assert answer.text.startswith("Riverside")
    assert all("didn't tell me who you are" in one.result().text for one in asked)
