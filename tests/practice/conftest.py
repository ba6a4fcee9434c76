"""A workspace with two people and a channel, and ways for a bot to reach it."""

from collections.abc import Iterator

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.practice import Channel, Person, PracticeSlack


@pytest.fixture
def slack() -> Iterator[PracticeSlack]:
    with PracticeSlack(event_retries=(0.0, 0.05)) as running:
        yield running


@pytest.fixture
def dana(slack: PracticeSlack) -> Person:
    return slack.add_user("dana", "Dana Reyes", tz="America/Chicago")


@pytest.fixture
def lee(slack: PracticeSlack) -> Person:
    return slack.add_user("lee", "Lee Park")


@pytest.fixture
def partners(slack: PracticeSlack, dana: Person, lee: Person) -> Channel:
    return slack.add_channel("partners", [dana, lee])


@pytest.fixture
def web(slack: PracticeSlack) -> WebClient:
    return WebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
def app(web: WebClient) -> App:
    """A Bolt app that answers before it acknowledges; it is not connected yet."""
    return App(client=web, process_before_response=True)
