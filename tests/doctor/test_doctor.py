"""`rapport doctor` against a Slack on this machine: what is wrong is said, with what to do."""

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, reset_tzpath

import pytest
import sqlalchemy as sa
import yaml
from typer.testing import CliRunner

from bot.cli import app
from bot.doctor import Finding, examine
from bot.doctor.rehearsal import sample_home, samples
from bot.doctor.there import SCOPES
from bot.practice import PracticeSlack
from bot.slack import blocks
from bot.slack.forms import FORMS
from bot.slack.trial import with_blocks
from bot.store import Store

ROOT = Path(__file__).parent.parent.parent

sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Office:
    """A Slack with an owner and a channel, and the environment of a bot for it."""

    def __init__(self, slack: PracticeSlack, database: str) -> None:
        self.slack = slack
        self.maya = slack.add_user("maya", "Maya Torres")
        self.channel = slack.add_channel("team", [self.maya])
        self.environ = {
            **slack.environment,
            "DATABASE_URL": database,
            "RAPPORT_OWNERS": self.maya.id,
            "RAPPORT_CHANNEL": self.channel.id,
        }

    def examined(self, **changes: str) -> dict[str, Finding]:
        found = list(examine({**self.environ, **changes}))
        return {finding.name: finding for finding in found}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with PracticeSlack() as slack:
        yield Office(slack, f"sqlite:///{tmp_path / 'rapport.db'}")


def said(finding: Finding) -> str:
    """Mark, words and remedy of one line, with its columns closed up."""
    return " ".join(str(finding).split())


def test_all_is_well_and_nothing_is_left_behind(office: Office, tmp_path: Path) -> None:
    found = office.examined()
    assert [one for one in found.values() if one.is_wrong] == []
    assert said(found["bot token"]).startswith("ok bot token taken by Practice (T0PRACTICE)")
    assert said(found["app token"]) == "ok app token taken"
    assert said(found["socket"]) == "ok socket opens"
    assert said(found["owners"]) == f"ok owners {office.maya.id} known"
    assert said(found["channel"]).startswith(f"ok channel {office.channel.id}")
    assert said(found["messages"]).startswith(f"ok messages {len(samples())} sorts of message")
    assert "rapport run" in found["database"].said
    assert list(tmp_path.iterdir()) == []
    assert office.slack.messages(office.channel) == []
    assert not [call for call in office.slack.calls if call.method.startswith("chat.")]


def test_the_command_says_it_line_by_line(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in [name for name in os.environ if name.startswith(("SLACK_", "RAPPORT_"))]:
        monkeypatch.delenv(name)
    done = CliRunner().invoke(app, ["doctor"], env=office.environ)
    assert done.exit_code == 0, done.stdout
    assert {line.split()[0] for line in done.stdout.splitlines()} == {"ok"}
    ill = CliRunner().invoke(app, ["doctor"], env={**office.environ, "SLACK_BOT_TOKEN": "xoxb-no"})
    assert ill.exit_code == 1
    assert "WRONG  bot token   Slack says invalid_auth To do: Copy the Bot User" in ill.stdout
    assert "-      scopes      not tried" in ill.stdout


def test_scopes_are_those_of_the_manifest() -> None:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text("utf-8"))
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == SCOPES


def test_scopes_that_are_missing(office: Office) -> None:
    office.slack.server.scopes = tuple(sorted(SCOPES - {"im:history", "users:read"}))
    found = office.examined()["scopes"]
    assert found.is_wrong
    assert found.said == "missing: im:history, users:read"
    assert "manifest.yml" in found.remedy


def test_every_problem_of_the_settings_at_once() -> None:
    found = list(examine({"PORT": "x", "RAPPORT_COUNTRY": "Narnia", "DATABASE_URL": "mysql://x"}))
    wrong = [one.said for one in found if one.name == "settings"]
    assert len(wrong) == 5
    assert [one.mark for one in found[5:]] == ["-", "ok", "-"]


@pytest.mark.parametrize(
    ("method", "error", "name", "todo"),
    [
        ("auth.test", "account_inactive", "bot token", "Install the app again"),
        ("auth.test", "weird_new_error", "bot token", "Slack's reference explains"),
        ("apps.connections.open", "missing_scope", "app token", "connections:write"),
        ("apps.connections.open", "not_allowed_token_type", "app token", "begins with xapp-"),
        ("users.info", "user_not_found", "owners", "RAPPORT_OWNERS"),
        ("conversations.info", "channel_not_found", "channel", "/invite"),
        ("conversations.info", "missing_scope", "channel", "manifest.yml"),
    ],
)
def test_each_refusal_has_its_remedy(
    office: Office, method: str, error: str, name: str, todo: str
) -> None:
    office.slack.misbehave("error", method, error=error, times=None)
    found = office.examined()[name]
    assert found.is_wrong
    assert todo in found.remedy


def test_nobody_answers(office: Office) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    found = office.examined(SLACK_API_URL=f"http://127.0.0.1:{port}/api/")
    assert found["bot token"].said == "Slack says unreachable (ConnectionRefusedError)"
    assert "network" in found["bot token"].remedy
    assert found["scopes"].mark == found["socket"].mark == "-"


def test_a_page_of_a_proxy_is_not_shown(office: Office) -> None:
    office.slack.misbehave("http_error", "auth.test", status=503)
    assert office.examined()["bot token"].said == "Slack says http_503"


def test_a_socket_that_does_not_open(office: Office) -> None:
    office.slack.server.new_link = lambda: "ws://127.0.0.1:1/link/?ticket=secret-ticket"  # type: ignore[method-assign]
    found = office.examined()["socket"]
    assert (found.mark, found.said) == ("WRONG", "does not open")
    assert "secret-ticket" not in str(found)


def test_signed_http_only_slack_can_try(office: Office) -> None:
    changes = {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": "0123456789"}
    found = office.examined(**changes)
    assert found["signed HTTP"].mark == "-"
    assert "socket" not in found


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"deleted": True}, "deactivated"),
        ({"is_bot": True}, "a bot"),
        ({"is_restricted": True}, "a guest"),
    ],
)
def test_owners_who_cannot_be_one(office: Office, facts: dict[str, bool], why: str) -> None:
    other = office.slack.add_user("other", "Other Person", **facts)
    found = office.examined(RAPPORT_OWNERS=f"{office.maya.id} {other.id}")["owners"]
    assert (found.mark, found.said) == ("WRONG", f"{other.id} ({why})")


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"with_bot": False}, "the bot is not in"),
        ({"is_archived": True}, "is archived"),
        ({"is_ext_shared": True}, "is shared with people from outside"),
        ({"with_bot": False, "is_private": True}, "is not there for the bot"),
    ],
)
def test_channels_that_will_not_do(office: Office, facts: dict[str, bool], why: str) -> None:
    channel = office.slack.add_channel("other", [office.maya], **facts)
    found = office.examined(RAPPORT_CHANNEL=channel.id)["channel"]
    assert found.is_wrong
    assert why in found.said
    assert found.remedy


def test_nobody_is_an_owner_and_no_channel_is_set(office: Office) -> None:
    found = office.examined(RAPPORT_OWNERS="", RAPPORT_CHANNEL="")
    assert (found["owners"].mark, found["owners"].said) == ("WRONG", "nobody is an owner")
    assert found["channel"].mark == "-"


def test_owners_and_channel_of_the_database(store: Store, database_url: str) -> None:
    with PracticeSlack(team_id="T1") as slack:
        found = Office(slack, database_url).examined(RAPPORT_OWNERS="", RAPPORT_CHANNEL="")
    assert found["owners"].said == "1 owner in the database"
    assert "can be written, and is of the current version" in found["database"].said


@sqlite_only
def test_databases_of_other_versions(office: Office, store: Store, database_url: str) -> None:
    with store.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'tomorrow'")
    found = office.examined(DATABASE_URL=database_url)["database"]
    assert found.is_wrong
    assert "newer Rapport" in found.said


def test_a_database_that_cannot_be_reached(office: Office) -> None:
    found = office.examined(DATABASE_URL="postgresql://rapport:hunter2@127.0.0.1:1/x")["database"]
    assert found.is_wrong
    assert "hunter2" not in str(found)
    nowhere = office.examined(DATABASE_URL="sqlite:////no/such/folder/x.db")["database"]
    assert nowhere.is_wrong


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_database_that_may_not_be_written(office: Office, database_url: str) -> None:
    name = sa.make_url(database_url).database
    admin = sa.create_engine(database_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        try:
            found = office.examined(DATABASE_URL=database_url)["database"]
        finally:
            connection.exec_driver_sql(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    admin.dispose()
    assert (found.mark, "read-only" in found.said) == ("WRONG", True)


def test_a_machine_without_time_zones(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "tzdata"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "tzdata", None)
    before = TZPATH
    try:
        reset_tzpath(())
        ZoneInfo.clear_cache()
        report = office.examined(RAPPORT_OWNERS="")
    finally:
        reset_tzpath(before)
        ZoneInfo.clear_cache()
    assert report["time zones"].is_wrong
    assert "tzdata" in report["time zones"].remedy
    assert {report[name].mark for name in ("messages", "forms", "home")} == {"-"}


def test_blocks_that_slack_refuses(office: Office) -> None:
    office.slack.support_blocks("data_visualization", supported=False)
    plainer = office.examined()["messages"]
    assert (plainer.mark, plainer.said.endswith("in plainer blocks: stats year")) == ("ok", True)
    office.slack.support_blocks("section", supported=False)
    refused = office.examined()["messages"]
    assert refused.is_wrong
    assert refused.said.startswith("help: ")
    assert "unsupported type: section at /1/type" in refused.said


@pytest.mark.parametrize(
    ("error", "words"), [("unknown_method", "does not offer"), ("ratelimited", "0 are fine")]
)
def test_a_slack_that_does_not_check_blocks(office: Office, error: str, words: str) -> None:
    office.slack.misbehave("error", "blocks.validate", error=error)
    found = office.examined()["messages"]
    assert (found.mark, words in found.said) == ("-", True)


def test_forms_that_slack_refuses(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert office.examined()["forms"].said == f"all {len(FORMS)} would be taken"
    monkeypatch.setitem(FORMS, "log", lambda _prefill: {"type": "modal", "blocks": []})
    refused = office.examined()["forms"]
    assert refused.is_wrong
    assert refused.said.startswith("log: ")


def test_a_home_that_slack_refuses(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert office.examined()["home"].said == "would be taken"
    odd = [{"type": "home", "blocks": [{"type": "table", "rows": []}]}, {"type": "home"}]
    monkeypatch.setattr(blocks, "home_rungs", lambda _message: odd)
    refused = office.examined()["home"]
    assert refused.is_wrong
    assert "table" in refused.said


def test_a_home_of_everything_is_rehearsed() -> None:
    said = sample_home().text
    for words in ("waiting", "The practice", "My partners: 2", "Sample Oncology"):
        assert words in said


def test_one_of_each_message_is_rehearsed() -> None:
    found = samples()
    names = [name for name, _ in found]
    assert {"stats year", "show sample", "log sample", "DM 1", "DM 2"} <= set(names)
    assert all(message.text for _, message in found)
    assert any(len(with_blocks(message)) > 1 for _, message in found)


def test_no_secret_is_ever_shown(office: Office) -> None:
    office.slack.misbehave("error", "users.info", error="missing_scope", times=None)
    secrets = ("xoxb-practice", "xapp-practice", "hunter2", "ticket=")
    for changes in (
        {},
        {"SLACK_BOT_TOKEN": "xapp-practice-wrong-place"},
        {"SLACK_BOT_TOKEN": "xoxb-hunter2"},
        {"SLACK_APP_TOKEN": "xapp-hunter2"},
        {"SLACK_SIGNING_SECRET": "hunter2"},
        {"DATABASE_URL": "postgresql://u:hunter2@127.0.0.1:1/x"},
        {"DATABASE_URL": "postgresql://u:hunter2@half@127.0.0.1:1/x"},
    ):
        shown = "\n".join(map(str, examine({**office.environ, **changes})))
        assert not [secret for secret in secrets if secret in shown], shown
