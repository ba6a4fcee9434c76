"""Starting, waiting for Slack, health, and stopping with nothing half done."""

import logging
import socket
import threading
from dataclasses import replace
from threading import Event, Thread

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from bot import run
from bot.domain.clock import SystemClock
from bot.practice import Channel, Person, PracticeSlack
from bot.settings import Settings
from bot.slack import socket as socket_mode
from bot.store import Store, connect, workspace
from tests.slack.conftest import Bot, Start

# An upper bound for what takes milliseconds.
LONG = 30.0


def test_socket_mode_answers_and_stops(
    start: Start, socket_settings: Settings, slack: PracticeSlack, maya: Person, team: Channel
) -> None:
    bot = start(socket_settings)
    assert "*Riverside*" in slack.slash(maya, team, "add Riverside").text
    (message,) = slack.slash(maya, team, "stats").wait()
    assert message.visible_to is None
    assert bot.get("/healthz") == (200, "ok\n")
    assert bot.post(b"x=1")[0] == 404
    assert bot.stop() == 0


def test_a_socket_that_is_gone_shows_in_health_and_comes_back(
    start: Start,
    socket_settings: Settings,
    slack: PracticeSlack,
    maya: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket_mode, "PING_SECONDS", 0.5)
    bot = start(socket_settings)
    slack.vanish()
    while (health := bot.get("/healthz"))[0] == 200:
        pass
    assert health == (503, "the socket to Slack is not connected\n")
    slack.come_back()
    slack.wait_connected()
    assert slack.slash(maya, None, "help").error is None
    assert bot.get("/healthz") == (200, "ok\n")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_timers_that_died_show_in_health(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(_: BackgroundScheduler) -> None:
        raise SystemExit

    assert bot.get("/healthz") == (200, "ok\n")
    (timers,) = (one for one in threading.enumerate() if one.name == "APScheduler")
    monkeypatch.setattr(BackgroundScheduler, "_process_jobs", die)
    bot.running.store.on_commit()
    timers.join(LONG)
    assert bot.get("/healthz") == (503, "the timers have died\n")
    assert "rapport_healthy 0.0" in bot.get("/metrics")[1]


def test_the_workspace_takes_its_defaults_and_owners_from_the_environment(
    start: Start, settings: Settings, slack: PracticeSlack, maya: Person
) -> None:
    bot = start(replace(settings, zone="America/Denver", country="CA", channel="C0TEAM"))
    with bot.running.store.read(slack.workspace.team_id) as tx:
        found = workspace.get(tx)
        assert workspace.member(tx, maya.id).is_owner
    assert (found.name, found.zone, found.country, found.channel) == (
        *("Practice", "America/Denver", "CA", "C0TEAM"),
    )
    assert found.bot_user == slack.bot.id


def test_a_refused_token_is_for_somebody_to_mend(
    settings: Settings, socket_settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    wrong_bot = replace(settings, bot_tokens=("xoxb-wrong",))
    wrong_app = replace(socket_settings, app_token="xapp-wrong")
    assert [run.serve(wrong_bot), run.serve(wrong_app)] == [2, 2]
    assert "Slack refuses SLACK_BOT_TOKEN: invalid_auth." in caplog.text
    assert "Slack refuses SLACK_APP_TOKEN: invalid_auth." in caplog.text
    assert "wrong" not in caplog.text


def test_a_database_that_cannot_be_opened_is_for_somebody_to_mend(settings: Settings) -> None:
    nowhere = settings.database_url.replace("rapport.db", "no/such/folder/rapport.db")
    assert run.serve(replace(settings, database_url=nowhere)) == 2


def test_a_port_that_is_taken_is_for_somebody_to_mend(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert run.serve(replace(settings, port=taken.getsockname()[1])) == 2


def test_it_waits_for_slack(
    settings: Settings, slack: PracticeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    slack.misbehave("http_error", "auth.test", status=503)
    up, stop = Event(), Event()
    codes: list[int] = []

    def serve() -> None:
        codes.append(run.serve(settings, ready=lambda _: up.set(), stop=stop))

    with caplog.at_level(logging.INFO):
        thread = Thread(target=serve)
        thread.start()
        assert up.wait(10)
        stop.set()
        thread.join(10)
    assert codes == [0]
    assert "Slack cannot be reached (http_503); again in 1 s" in caplog.text


def test_it_can_be_stopped_while_it_waits(settings: Settings, slack: PracticeSlack) -> None:
    slack.vanish()
    stop = Event()
    stop.set()
    assert run.serve(settings, stop=stop) == 0


def test_what_was_begun_is_ended(
    bot: Bot, slack: PracticeSlack, maya: Person, team: Channel
) -> None:
    slack.misbehave("slow", "conversations.info", seconds=0.5)
    answer = slack.slash(maya, team, "stats")
    assert bot.stop() == 0
    assert len(answer.messages) == 1


def test_whose_token_it_is(settings: Settings, slack: PracticeSlack) -> None:
    run.serve(settings, ready=lambda _: stop.set(), stop=(stop := Event()))
    store, now = Store(connect(settings.database_url)), SystemClock().now()
    assert [one.id for one in run.workspaces_of(settings, store, now)] == [slack.workspace.team_id]
    slack.vanish()
    with pytest.raises(run.Unusable):
        run.workspaces_of(settings, store, now)
    store.engine.dispose()
