"""The files for going live: what they name exists, and they run as nobody in particular."""

import configparser
import json
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from bot.cli import app
from bot.slack.wsgi import HEALTH, METRICS
from bot.store.schema import metadata

ROOT = Path(__file__).parent.parent
HOSTING = (ROOT / "docs/hosting.md").read_text("utf-8")
PRIVACY = (ROOT / "PRIVACY.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE: Any = yaml.safe_load((ROOT / "compose.yml").read_text("utf-8"))
SETTINGS = set(re.findall(r'known\.value\("(\w+)"', (ROOT / "bot/settings.py").read_text("utf-8")))


def unit() -> dict[str, list[str]]:
    """The keys of the service's unit, each with all its values."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / "docs/rapport.service").read_text("utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def test_the_image_runs_as_nobody_in_particular() -> None:
    last = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    assert re.search(r"^USER rapport$", last, re.M)
    assert last.index("USER rapport") < last.index("ENTRYPOINT")
    assert "ARG" not in DOCKERFILE


def test_what_the_image_is_built_from_is_let_through() -> None:
    let = re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.M)
    copied = re.findall(r"^COPY (?!--)(.+) \S+$", DOCKERFILE, re.M)
    assert {name.removeprefix("./") for line in copied for name in line.split()} == set(let)
    assert all((ROOT / name).exists() for name in let)


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
def test_the_health_check_of_the_image(status: int, code: int) -> None:
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    command = json.loads(DOCKERFILE.split("    CMD ", 1)[1].splitlines()[0])
    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        done = subprocess.run(
            [sys.executable, *command[1:]],
            env={"PORT": str(server.server_port)},
            capture_output=True,
            check=False,
        )
        server.shutdown()
    assert (done.returncode, asked) == (code, [HEALTH])


def test_every_setting_of_the_files_is_one_that_is_read() -> None:
    environment = COMPOSE["services"]["rapport"]["environment"]
    named = {*environment, *(line.partition("=")[0] for line in unit()["Environment"])}
    named |= set(re.findall(r"^(?:ENV|   ) *([A-Z_]+)=", DOCKERFILE, re.M))
    named -= {"PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}
    assert {name.removesuffix("_FILE") for name in named} <= SETTINGS


def test_secrets_are_files() -> None:
    services = COMPOSE["services"]
    for service in services.values():
        for name, value in service["environment"].items():
            if name.endswith("_FILE"):
                assert value.removeprefix("/run/secrets/") in service["secrets"]
    assert {name for service in services.values() for name in service["secrets"]} == set(
        COMPOSE["secrets"]
    )
    assert "ports" not in services["rapport"]
    assert not re.search(r"xox[bp]-\d|xapp-\d", "".join(map(str, unit().items())))


def test_the_service_may_do_little() -> None:
    keys = unit()
    assert keys["User"] == ["rapport"]
    for key in ("NoNewPrivileges", "PrivateTmp", "ProtectHome"):
        assert keys[key] == ["yes"]
    assert keys["CapabilityBoundingSet"] == [""]
    loaded = {value.partition(":")[0] for value in keys["LoadCredential"]}
    assert all(f"%d/{name}" in "".join(keys["Environment"]) for name in loaded)
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.read(ROOT / "docs/rapport.service")
    assert parser.sections() == ["Unit", "Service", "Install"]


def said(text: str) -> list[str]:
    """The commands of a page, in its sentences and its blocks, without what stands before."""
    quoted = re.findall(r"`([^`\n]+)`", text)
    blocks = re.findall(r"```\w*\n(.*?)```", text, re.S)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    found = [re.search(r"\brapport ([a-z]+(?: .*)?)$", one) for one in (*quoted, *lines)]
    return [one[1] for one in found if one]


@pytest.mark.parametrize("text", [HOSTING, PRIVACY, README], ids=["hosting", "privacy", "readme"])
def test_every_command_and_option_named_exists(text: str) -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    named = [line for line in said(text) if line.split()[0] in commands]
    assert named
    for line in named:
        known = {name for one in commands[line.split()[0]].params for name in one.opts}
        assert set(re.findall(r"(?<!\S)\[?(--?[a-z-]+)", line.split("&&")[0])) <= known, line


@pytest.mark.parametrize(
    "name",
    sorted(set(re.findall(r"`((?:docs/)?\w+\.(?:md|yml|service))`", HOSTING + PRIVACY + README))),
)
def test_every_file_named_exists(name: str) -> None:
    assert (ROOT / name).exists()


def test_privacy_names_every_kind_of_row() -> None:
    words = {
        "members": "your team",
        "partners": "| partners |",
        "contacts": "contacts at partners",
        "interactions": "interactions with partners",
        "referrals": "| referrals |",
        "next_steps": "| next steps |",
        "reminders": "| reminders |",
        "deliveries": "| messages sent |",
        "homes": "opened the Home tab",
        "inbound": "| events from Slack |",
        "audit": "the *audit*",
    }
    assert set(metadata.tables) - {"workspaces"} == set(words), "say in PRIVACY.md what it keeps"
    assert [word for word in words.values() if word not in PRIVACY] == []
    assert METRICS in HOSTING
