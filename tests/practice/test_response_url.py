"""Answers sent to a response_url, as slack_sdk's WebhookClient sends them."""

from collections.abc import Iterator

import pytest
from slack_bolt import App
from slack_sdk.webhook import WebhookClient, WebhookResponse

from bot.practice import Channel, Person, PracticeSlack

from .apps import connected
from .shapes import actions, button, section


@pytest.fixture
def hook(slack: PracticeSlack, dana: Person, partners: Channel) -> str:
    """The response_url of a command that dana gave in #partners."""
    return slack.server.response_url(
        slack.workspace, slack.workspace.new_hook(dana.id, partners.id).id
    )


def send(url: str, **body: object) -> WebhookResponse:
    return WebhookClient(url, retry_handlers=[]).send_dict(dict(body))


def test_private_unless_told(
    slack: PracticeSlack, hook: str, dana: Person, partners: Channel
) -> None:
    answer = send(hook, text="for you")
    assert (answer.status_code, answer.body) == (200, "ok")
    send(hook, text="for all", response_type="in_channel", blocks=[section()])
    assert [message.text for message in slack.ephemerals(dana)] == ["for you"]
    assert [message.text for message in slack.messages(partners)] == ["for all"]


def test_five_answers(slack: PracticeSlack, hook: str) -> None:
    assert [send(hook, text="x").status_code for _ in range(5)] == [200] * 5
    answer = send(hook, text="x")
    assert (answer.status_code, "used_url" in answer.body) == (404, True)
    assert slack.calls_of("response_url")[-1].status == 404


def test_half_an_hour(slack: PracticeSlack, hook: str) -> None:
    slack.advance(1799)
    assert send(hook, text="x").status_code == 200
    slack.advance(2)
    answer = send(hook, text="x")
    assert (answer.status_code, "expired_url" in answer.body) == (404, True)


def test_content_is_checked_and_a_refusal_costs_no_use(hook: str) -> None:
    for body, error in (
        ({"text": ""}, "no_text"),
        ({"blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
        ({"blocks": "text"}, "invalid_blocks_format"),
    ):
        answer = send(hook, **body)
        assert (answer.status_code, error in answer.body) == (400, True)
    assert [send(hook, text="x").status_code for _ in range(6)] == [200] * 5 + [404]


def test_unknown(slack: PracticeSlack) -> None:
    assert send(slack.server.response_url(slack.workspace, "R0"), text="x").status_code == 404


@pytest.fixture
def pressed(
    slack: PracticeSlack, app: App, dana: Person, partners: Channel
) -> Iterator[tuple[PracticeSlack, str]]:
    """The response_url of a button that dana pressed on a message only dana sees."""
    app.action("go")(lambda ack: ack())
    blocks = [actions(button("go"))]
    with connected(slack, app):
        app.client.chat_postEphemeral(channel=partners.id, user=dana.id, text="old", blocks=blocks)
        [message] = slack.ephemerals(dana)
        slack.press(dana, message, "go")
        yield slack, slack.deliveries[-1].payload["response_url"]


def test_replace_and_delete_the_original(
    pressed: tuple[PracticeSlack, str], dana: Person, partners: Channel
) -> None:
    slack, url = pressed
    send(url, text="new", replace_original=True)
    [message] = slack.messages(partners, viewer=dana)
    assert (message.text, message.blocks, message.history[0].text) == ("new", [], "old")
    send(url, delete_original=True)
    assert slack.messages(partners, viewer=dana) == []
