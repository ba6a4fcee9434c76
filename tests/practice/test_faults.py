"""Misbehaviour: what the bot's client meets, and what became of the call."""

import http.client
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.error import URLError

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.practice import Person, PracticeSlack

from .apps import connected

CUT = (http.client.HTTPException, URLError, ConnectionError)


def post(web: WebClient, user: Person) -> object:
    return web.chat_postMessage(channel=user.id, text="hi")


def texts(slack: PracticeSlack, user: Person) -> list[str]:
    return [message.text for message in slack.dms(user)]


def test_rate_limited_then_well_again(slack: PracticeSlack, web: WebClient, dana: Person) -> None:
    slack.misbehave("rate_limited", "chat.postMessage", retry_after=7)
    with pytest.raises(SlackApiError) as refused:
        post(web, dana)
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "7"
    assert texts(slack, dana) == []
    post(web, dana)
    assert texts(slack, dana) == ["hi"]


@pytest.mark.parametrize("status", [500, 503])
def test_server_errors(slack: PracticeSlack, web: WebClient, dana: Person, status: int) -> None:
    slack.misbehave("http_error", status=status)
    with pytest.raises(SlackApiError) as refused:
        post(web, dana)
    assert refused.value.response.status_code == status
    assert texts(slack, dana) == []


@pytest.mark.parametrize("accepted", [False, True])
def test_an_error_may_hide_a_post(
    slack: PracticeSlack, web: WebClient, dana: Person, accepted: bool
) -> None:
    slack.misbehave("error", "chat.postMessage", error="fatal_error", accepted=accepted)
    with pytest.raises(SlackApiError) as refused:
        post(web, dana)
    assert refused.value.response["error"] == "fatal_error"
    assert texts(slack, dana) == ["hi"] * accepted


@pytest.mark.parametrize("accepted", [False, True])
def test_the_line_is_cut(
    slack: PracticeSlack, web: WebClient, dana: Person, accepted: bool
) -> None:
    slack.misbehave("cut", "chat.postMessage", accepted=accepted)
    with pytest.raises(CUT):
        post(web, dana)
    assert texts(slack, dana) == ["hi"] * accepted
    [call] = slack.calls_of("chat.postMessage")
    assert (call.fault, call.status, call.answer is not None) == ("cut", 0, accepted)


def test_the_sdk_posts_twice_when_it_may_retry(slack: PracticeSlack, dana: Person) -> None:
    slack.misbehave("cut", "chat.postMessage", accepted=True)
    post(WebClient(token=slack.bot_token, base_url=slack.api_url), dana)
    assert texts(slack, dana) == ["hi", "hi"]


def test_half_an_answer(slack: PracticeSlack, web: WebClient, dana: Person) -> None:
    slack.misbehave("half", "chat.postMessage")
    with pytest.raises(http.client.IncompleteRead):
        post(web, dana)
    assert texts(slack, dana) == ["hi"]


@pytest.mark.parametrize("kind", ["slow", "silent"])
def test_no_answer_in_time(slack: PracticeSlack, dana: Person, kind: str) -> None:
    slack.misbehave(kind, "chat.postMessage", seconds=30, accepted=True)
    web = WebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    web.timeout = 0.5  # type: ignore[assignment]
    with pytest.raises(TimeoutError):
        post(web, dana)
    slack.wait_for(lambda: texts(slack, dana) == ["hi"])


def test_a_slow_answer_is_an_answer(slack: PracticeSlack, web: WebClient, dana: Person) -> None:
    slack.misbehave("slow", "chat.postMessage", seconds=0.05)
    began = time.monotonic()
    post(web, dana)
    assert time.monotonic() - began >= 0.05


def test_a_slow_answer_comes_when_slowness_ends(
    slack: PracticeSlack, web: WebClient, dana: Person
) -> None:
    for end in (lambda fault: fault.stop(), lambda _: slack.behave()):
        count = len(texts(slack, dana))
        slow = slack.misbehave("slow", "chat.postMessage", seconds=3600)
        with ThreadPoolExecutor(1) as pool:
            posting = pool.submit(post, web, dana)
            slack.wait_for(lambda: len(texts(slack, dana)) > count)  # noqa: B023
            end(slow)
            posting.result()


def test_for_so_many_times_or_until_stopped(
    slack: PracticeSlack, web: WebClient, dana: Person
) -> None:
    slack.misbehave("error", "chat.postMessage", times=2)
    other = slack.misbehave("error", "users.info", times=None, error="fatal_error")
    for _ in range(2):
        with pytest.raises(SlackApiError):
            post(web, dana)
    post(web, dana)
    for _ in range(3):
        with pytest.raises(SlackApiError):
            web.users_info(user=dana.id)
    assert other.used == 3
    other.stop()
    assert web.users_info(user=dana.id)["ok"]
    slack.misbehave("cut", times=None)
    slack.behave()
    assert web.auth_test()["ok"]


def test_an_unknown_kind_is_told(slack: PracticeSlack) -> None:
    with pytest.raises(ValueError, match="sulk"):
        slack.misbehave("sulk")


def test_slack_vanishes_and_comes_back(slack: PracticeSlack, web: WebClient, dana: Person) -> None:
    port = slack.port
    slack.vanish()
    with pytest.raises(URLError):
        post(web, dana)
    slack.come_back()
    assert slack.port == port
    post(web, dana)
    assert texts(slack, dana) == ["hi"]


def test_sockets_end_when_slack_vanishes(slack: PracticeSlack, app: App) -> None:
    with connected(slack, app) as handler:
        handler.client.auto_reconnect_enabled = False
        slack.vanish()
        slack.wait_for(lambda: not slack.server.link.connections)
        slack.come_back()


def test_response_urls_misbehave_too(slack: PracticeSlack, app: App, dana: Person) -> None:
    failed = threading.Event()

    @app.command("/partner")
    def on_command(ack: object, respond: object) -> None:
        ack()  # type: ignore[operator]
        if respond("late").status_code == 503:  # type: ignore[operator]
            failed.set()

    slack.misbehave("http_error", "response_url")
    with connected(slack, app):
        assert slack.slash(dana, None, "help").messages == []
    assert failed.is_set()


def test_a_taken_port_is_told(slack: PracticeSlack) -> None:
    with pytest.raises(OSError, match="in use"):
        PracticeSlack(slack.port).start()


def test_stopping_does_not_wait_for_those_who_hang() -> None:
    def hang() -> None:
        with pytest.raises(CUT):
            web.auth_test()

    began = time.monotonic()
    with PracticeSlack() as slack:
        slack.misbehave("silent", "auth.test")
        web = WebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        hanging = threading.Thread(target=hang)
        hanging.start()
        slack.wait_for(lambda: slack.calls_of("auth.test"))
    hanging.join(5)
    assert not hanging.is_alive()
    assert time.monotonic() - began < 5
