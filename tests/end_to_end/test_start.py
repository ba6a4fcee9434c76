"""Starting with what the environment says, and saying plainly when that cannot be done."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.practice import Person, PracticeSlack
from tests.end_to_end.conftest import HTTP, NOW, SOCKET, Starts, environment
from tests.end_to_end.process import Process, eventually, http_address

Runs = Callable[..., Process]

UNUSABLE = 2


@pytest.mark.parametrize(
    ("way", "stopped_by"), [(SOCKET, signal.SIGTERM), (HTTP, signal.SIGINT)], ids=[SOCKET, HTTP]
)
def test_it_comes_up_on_an_empty_folder_and_stops_when_told(
    runs: Runs,
    slack: PracticeSlack,
    maya: Person,
    tmp_path: Path,
    way: str,
    stopped_by: signal.Signals,
) -> None:
    made = environment(slack, "", way, maya.id)
    bot = runs({key: value for key, value in made.items() if key != "DATABASE_URL"}).up()
    assert bot.get("/healthz") == (200, "ok\n")
    if way == HTTP:
        http_address(slack, bot)
    assert "What you can say" in slack.slash(maya, None, "help").text
    bot.send(stopped_by)
    assert bot.ends() == 0
    assert bot.lines[-1].endswith("stopped")
    assert (tmp_path / "rapport.db").exists()
    secrets = (slack.bot_token, slack.app_token, slack.signing_secret)
    assert not any(secret in bot.output for secret in secrets)


def test_everything_that_is_missing_is_named_at_once(runs: Runs) -> None:
    bot = runs({})
    assert bot.ends() == UNUSABLE
    assert "SLACK_BOT_TOKEN is missing" in bot.output
    assert "Set SLACK_APP_TOKEN" in bot.output
    assert "Traceback" not in bot.output


def test_everything_that_is_wrong_is_named_at_once_and_no_secret_is_repeated(runs: Runs) -> None:
    wrong = {
        "SLACK_BOT_TOKEN": "marker-bot-token",
        "SLACK_APP_TOKEN": "marker-app-token",
        "SLACK_SIGNING_SECRET": "marker-secret",
        "DATABASE_URL": "mysql://somebody:marker-password@host/db",
        "SLACK_API_URL": "slack",
        "PORT": "many",
        "RAPPORT_TIMEZONE": "Mars/Olympus",
        "RAPPORT_COUNTRY": "Atlantis",
        "RAPPORT_OWNERS": "maya",
        "RAPPORT_CHANNEL": "#team",
    }
    bot = runs(wrong)
    assert bot.ends() == UNUSABLE
    assert [name for name in wrong if name not in bot.output] == []
    assert len(bot.lines) >= len(wrong)
    assert "marker" not in bot.output
    assert "Traceback" not in bot.output


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
def test_a_token_that_slack_refuses_is_named(
    runs: Runs, slack: PracticeSlack, sqlite_url: str, name: str
) -> None:
    wrong = f"{'xoxb' if 'BOT' in name else 'xapp'}-marker"
    bot = runs({**environment(slack, sqlite_url, SOCKET), name: wrong})
    assert bot.ends() == UNUSABLE
    assert f"Slack refuses {name}: invalid_auth." in bot.output
    assert "marker" not in bot.output


def test_a_port_in_use_is_named(runs: Runs, slack: PracticeSlack, sqlite_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        bot = runs({**environment(slack, sqlite_url, HTTP), "PORT": port})
        assert bot.ends() == UNUSABLE
    assert f"127.0.0.1:{port} cannot be used" in bot.output
    assert "Traceback" not in bot.output


@pytest.mark.parametrize(
    ("database", "reason"),
    [
        ("sqlite:////no/such/folder/rapport.db", "unable to open database file"),
        ("postgresql://somebody:marker-password@127.0.0.1:1/rapport", "Connection refused"),
    ],
)
def test_a_database_that_cannot_be_reached_is_named(
    runs: Runs, slack: PracticeSlack, database: str, reason: str
) -> None:
    bot = runs(environment(slack, database, HTTP))
    assert bot.ends() == UNUSABLE
    assert "DATABASE_URL cannot be opened" in bot.output
    assert reason in bot.output
    assert "marker" not in bot.output
    assert "Traceback" not in bot.output


def test_a_file_that_is_no_database_is_named(
    runs: Runs, slack: PracticeSlack, tmp_path: Path
) -> None:
    (tmp_path / "letter.db").write_bytes(b"Dear partner, " * 100)
    bot = runs(environment(slack, f"sqlite:///{tmp_path / 'letter.db'}", HTTP))
    assert bot.ends() == UNUSABLE
    assert "DATABASE_URL cannot be opened: file is not a database" in bot.output
    assert "Traceback" not in bot.output


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A folder in which nobody may write; for root, who may anywhere, that takes a mount."""
    if os.geteuid():
        folder.chmod(0o555)
        yield
        folder.chmod(0o755)
        return
    bound = subprocess.run(["mount", "--bind", folder, folder], capture_output=True)
    if bound.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def test_a_folder_that_may_only_be_read_is_named(
    runs: Runs, slack: PracticeSlack, sqlite_template: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mounted"
    folder.mkdir()
    shutil.copy(sqlite_template, folder / "rapport.db")
    with read_only(folder):
        bot = runs(environment(slack, f"sqlite:///{folder / 'rapport.db'}", HTTP))
        assert bot.ends() == UNUSABLE
    assert "DATABASE_URL cannot be opened" in bot.output
    assert "its file or folder may only be read" in bot.output
    assert "Traceback" not in bot.output


def test_a_database_of_a_newer_version_is_left_alone(
    runs: Runs, slack: PracticeSlack, sqlite_url: str
) -> None:
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as line:
        line.execute("UPDATE alembic_version SET version_num = 'tomorrow'")
    bot = runs(environment(slack, sqlite_url, HTTP))
    assert bot.ends() == UNUSABLE
    assert "DATABASE_URL cannot be opened" in bot.output
    assert "tomorrow" in bot.output
    assert "Traceback" not in bot.output


@pytest.mark.parametrize("way", [SOCKET, HTTP])
def test_it_waits_for_slack_and_then_comes_up(
    runs: Runs, slack: PracticeSlack, maya: Person, sqlite_url: str, way: str
) -> None:
    slack.vanish()
    bot = runs(environment(slack, sqlite_url, way, maya.id))
    bot.says("Slack cannot be reached")
    slack.come_back()
    bot.up()
    assert eventually(lambda: bot.get("/healthz")[0] == 200)
    assert bot.stop() == 0


def test_it_can_be_stopped_while_it_waits_for_slack(
    runs: Runs, slack: PracticeSlack, sqlite_url: str
) -> None:
    slack.vanish()
    bot = runs(environment(slack, sqlite_url, SOCKET))
    bot.says("Slack cannot be reached")
    assert bot.stop() == 0


def test_secrets_may_stand_in_files(
    runs: Runs, slack: PracticeSlack, sqlite_url: str, tmp_path: Path
) -> None:
    environ = environment(slack, sqlite_url, HTTP)
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"):
        (tmp_path / name).write_text(f"{environ.pop(name)}\n")
        environ[f"{name}_FILE"] = str(tmp_path / name)
    assert runs(environ).up().get("/healthz") == (200, "ok\n")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_bots_may_share_a_database(
    starts: Starts, slack: PracticeSlack, maya: Person, database_url: str
) -> None:
    first = starts(database_url, NOW, HTTP, maya.id)
    second = starts(database_url, NOW, HTTP, maya.id)
    assert [bot.get("/healthz")[0] for bot in (first, second)] == [200, 200]
    assert "added" in slack.slash(maya, None, "add Riverside").text
    http_address(slack, first)
    assert "Riverside" in slack.slash(maya, None, "show riverside").text
