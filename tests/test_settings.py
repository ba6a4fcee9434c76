"""Settings: every problem at once, in plain words, without a secret in it."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, database_url, read

GOOD = {"SLACK_BOT_TOKEN": "xoxb-1-secret", "SLACK_APP_TOKEN": "xapp-1-secret"}


def problems(**environ: str) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        read(environ)
    assert "secret" not in str(refused.value)
    return refused.value.problems


def test_defaults() -> None:
    assert read(GOOD) == Settings(("xoxb-1-secret",), "xapp-1-secret")
    assert read({**GOOD, "PORT": " ", "RAPPORT_OWNERS": ""}) == read(GOOD)
    assert (read(GOOD).host, read(GOOD).port) == ("127.0.0.1", 3000)
    assert database_url({}) == "sqlite:///rapport.db"


def test_everything() -> None:
    found = read(
        {
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_SIGNING_SECRET": "abc",
            "SLACK_API_URL": "http://127.0.0.1:8/api",
            "DATABASE_URL": "postgres://u:p@db:5432/rapport",
            "HOST": "0.0.0.0",
            "PORT": "0",
            "RAPPORT_OWNERS": "U012AB3CD, W012AB3CD U9ZZZZZZ",
            "RAPPORT_TIMEZONE": "America/Chicago",
            "RAPPORT_COUNTRY": "us",
            "RAPPORT_CHANNEL": "C012AB3CD",
        }
    )
    assert found == Settings(
        ("xoxb-1",),
        signing_secret="abc",
        api_url="http://127.0.0.1:8/api",
        database_url="postgres://u:p@db:5432/rapport",
        host="0.0.0.0",
        port=0,
        owners=("U012AB3CD", "W012AB3CD", "U9ZZZZZZ"),
        zone="America/Chicago",
        country="US",
        channel="C012AB3CD",
    )


def test_secrets_may_stand_in_files(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text("xoxb-from-file\n")
    found = read({"SLACK_BOT_TOKEN_FILE": str(path), "SLACK_SIGNING_SECRET": "abc"})
    assert found.bot_tokens == ("xoxb-from-file",)


def test_secrets_are_hidden() -> None:
    shown = repr(read({**GOOD, "DATABASE_URL": "postgresql://u:secret@db/x"}))
    assert "secret" not in shown


def test_every_problem_at_once(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.write_text("")
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe")
    found = problems(
        SLACK_BOT_TOKEN="xoxp-secret",
        SLACK_APP_TOKEN="secret",
        SLACK_SIGNING_SECRET="secret",
        SLACK_API_URL="slack.com",
        DATABASE_URL="mysql://u:secret@db/x",
        PORT="http",
        RAPPORT_OWNERS="@maya, U012AB3CD",
        RAPPORT_TIMEZONE="Chicago",
        RAPPORT_COUNTRY="USA!",
        RAPPORT_CHANNEL="#team",
        HOST_FILE=str(binary),
    )
    assert [problem.split()[0] for problem in found] == [
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_API_URL",
        "DATABASE_URL",
        "HOST_FILE",
        "PORT",
        "RAPPORT_OWNERS",
        "RAPPORT_TIMEZONE",
        "RAPPORT_COUNTRY",
        "RAPPORT_CHANNEL",
        "SLACK_APP_TOKEN",
    ]
    assert problems(SLACK_BOT_TOKEN_FILE=str(empty), SLACK_APP_TOKEN="xapp-1") == [
        "SLACK_BOT_TOKEN_FILE names a file that is empty.",
        "SLACK_BOT_TOKEN is missing (xoxb-...).",
    ]


def test_nothing_at_all() -> None:
    assert problems() == [
        "SLACK_BOT_TOKEN is missing (xoxb-...).",
        "Set SLACK_APP_TOKEN (Socket Mode, the simplest) or SLACK_SIGNING_SECRET (signed HTTP).",
    ]


def test_a_variable_and_its_file(tmp_path: Path) -> None:
    path = tmp_path / "port"
    path.write_text("1")
    assert problems(**GOOD, PORT="2", PORT_FILE=str(path)) == [
        "PORT and PORT_FILE are both set; keep one of them."
    ]
    assert problems(**GOOD, PORT_FILE=str(tmp_path / "none")) == [
        "PORT_FILE cannot be read (FileNotFoundError)."
    ]


@pytest.mark.parametrize("port", ["-1", "65536", "3000.0", "³"])
def test_ports(port: str) -> None:
    assert len(problems(**GOOD, PORT=port)) == 1


@pytest.mark.parametrize(
    "url", ["rapport.db", "sqlite:rapport.db", "postgresql://u@db:port/x", "mysql://db"]
)
def test_addresses_of_databases(url: str) -> None:
    assert len(problems(**GOOD, DATABASE_URL=url)) == 1


@pytest.mark.parametrize(
    "url", ["sqlite:////data/r.db", "sqlite:///r.db", "postgresql+psycopg://u:p@h/x"]
)
def test_good_addresses_of_databases(url: str) -> None:
    assert database_url({"DATABASE_URL": url}) == url


@pytest.mark.parametrize("sign", "@/#?[")
def test_half_a_password_is_never_taken_for_a_host(sign: str) -> None:
    url = f"postgresql://rapport:se{sign}secret@db.example/rapport"
    (problem,) = problems(**GOOD, DATABASE_URL=url)
    assert "%40" in problem
    assert "se" + sign not in problem
