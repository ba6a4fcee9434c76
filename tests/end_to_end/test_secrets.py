"""What the bot writes into its log: never a token, a secret, or what somebody typed."""

import os
import signal

import pytest
from typer.testing import CliRunner

from bot import run
from bot.cli import app
from bot.practice import Person, PracticeSlack
from tests.end_to_end.conftest import HTTP, SOCKET, Starts
from tests.end_to_end.process import Process

TYPED = "the word that only this test types"
ERRORS = ("chat.postMessage", "views.open", "conversations.open", "users.info")


@pytest.mark.parametrize("way", [SOCKET, HTTP])
def test_nothing_secret_is_logged(
    slack: PracticeSlack, maya: Person, starts: Starts, sqlite_url: str, way: str
) -> None:
    bot: Process = starts(sqlite_url, way=way, owner=maya.id)
    for text in ("add Riverside, physician", f"called riverside, {TYPED}", f"{TYPED}?", "edit"):
        slack.slash(maya, None, text)
    for method in ERRORS:
        slack.misbehave("error", method, error="token_revoked", times=2)
    slack.slash(maya, None, f"riverside came in, {TYPED}")
    slack.behave()
    slack.misbehave("http_error", times=3)
    slack.slash(maya, None, f"stats {TYPED}")
    slack.behave()
    slack.slash(maya, None, f"texted riverside {TYPED}")
    bot.stop()
    assert "stopped" in bot.output
    secrets = (
        slack.bot_token,
        slack.app_token,
        slack.signing_secret,
        "ticket=",
        TYPED,
        "/response/",
    )
    assert [secret for secret in secrets if secret in bot.output] == []


def test_tokens_in_the_wrong_place_are_not_repeated(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    environ = {
        "SLACK_BOT_TOKEN": "xapp-canary-1",
        "SLACK_APP_TOKEN": "xoxb-canary-2",
        "SLACK_SIGNING_SECRET": "canary-3",
        "DATABASE_URL": "postgresql://u:canary-4@x@127.0.0.1/x",
        "RAPPORT_COUNTRY": "Narnia",
    }
    for name in [name for name in os.environ if name.startswith(("SLACK_", "RAPPORT_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(run, "log_to_stderr", lambda: None)
    for command in (["run"], ["doctor"], ["export", "partners"]):
        done = CliRunner().invoke(app, command, env=environ)
        shown = done.stdout + done.stderr + caplog.text
        assert done.exit_code in (1, 2)
        assert "DATABASE_URL" in shown
        assert "canary" not in shown


def test_unusable_settings_leave_the_signals_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "log_to_stderr", lambda: None)
    held = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    assert run.main({}) == run.UNUSABLE
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == held
