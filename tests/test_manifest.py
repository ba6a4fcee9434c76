"""The manifest: what Slack asks of one, and every scope for a method that is called."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.commands import SHORTCUTS

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT.parent / "shared" / "slack" / "manifest.schema.2.0.0.json"
METHODS = re.compile(r'"((?:chat|conversations|dnd|users|views|im)\.[A-Za-z.]+)"')
# https://docs.slack.dev/reference/methods: the scopes a bot needs for each method that is called.
SCOPES = {
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.history": {"im:history"},
    "conversations.info": {"channels:read", "groups:read", "im:read", "mpim:read"},
    "conversations.open": {"im:write"},
    "users.info": {"users:read", "users:read.email"},
    "users.lookupByEmail": {"users:read.email"},
    "views.open": set(),
    "views.publish": set(),
}

# Those without which nothing breaks.
OPTIONAL = {"dnd.info": {"dnd:read"}, "dnd.teamInfo": {"dnd:read"}}


@pytest.fixture(scope="module")
def manifest() -> Any:
    return yaml.safe_load((ROOT / "manifest.yml").read_text())


def test_scopes_are_those_of_the_methods_that_are_called(manifest: Any) -> None:
    sources = "\n".join(path.read_text() for path in (ROOT / "bot" / "slack").rglob("*.py"))
    called = set(METHODS.findall(sources))
    assert called == SCOPES.keys() | OPTIONAL.keys()
    optional = manifest["oauth_config"]["scopes"]["bot_optional"]
    assert set(optional) == set().union(*OPTIONAL.values())
    wanted = set().union(*SCOPES.values()) | {"commands"}
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == wanted


def test_every_scope_has_its_reason() -> None:
    lines = (ROOT / "manifest.yml").read_text().splitlines()
    listed = [line for line in lines if line.strip().startswith("- ")]
    scopes = [line for line in listed if "- command:" not in line and "- name:" not in line]
    assert all(" # " in line for line in scopes)


def test_one_file_to_paste(manifest: Any) -> None:
    (command,) = manifest["features"]["slash_commands"]
    assert command["command"] == "/partner"
    assert command["should_escape"] is True
    assert command["usage_hint"]
    assert manifest["settings"]["socket_mode_enabled"] is True
    assert manifest["settings"]["interactivity"] == {"is_enabled": True}
    assert manifest["features"]["bot_user"]["always_online"] is True
    assert manifest["features"]["app_home"]["messages_tab_enabled"] is True
    assert manifest["features"]["app_home"]["home_tab_enabled"] is True


def test_events_are_those_that_are_heard(manifest: Any) -> None:
    heard = re.findall(r'@app\.event\("(\w+)"\)', (ROOT / "bot" / "slack" / "app.py").read_text())
    # Of messages, only those to the bot itself are sent to it.
    wanted = ["message.im" if one == "message" else one for one in heard]
    assert sorted(wanted) == sorted(manifest["settings"]["event_subscriptions"]["bot_events"])


def test_shortcuts_are_those_that_are_answered(manifest: Any) -> None:
    offered = {
        (one["callback_id"], one["name"], one["type"]) for one in manifest["features"]["shortcuts"]
    }
    assert offered == {
        (one.callback_id, one.name, "message" if one.is_of_message else "global")
        for one in SHORTCUTS.values()
    }
    assert all(len(one.name) <= 24 for one in SHORTCUTS.values())


def test_lengths(manifest: Any) -> None:
    shown = manifest["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000


@pytest.mark.skipif(not SCHEMA.exists(), reason="Slack's schema is not beside the checkout")
def test_slacks_schema_knows_every_key(manifest: Any) -> None:
    schema = json.loads(SCHEMA.read_text())
    assert list(unknown(manifest, schema, schema["definitions"])) == []


def unknown(value: Any, schema: Any, definitions: Any) -> Any:
    """The keys that the schema does not know, and the required ones that are missing."""
    while "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    if isinstance(value, list):
        for item in value:
            yield from unknown(item, schema["items"], definitions)
    if isinstance(value, dict):
        yield from set(schema.get("required", ())) - value.keys()
        for key, part in value.items():
            if key not in schema["properties"]:
                yield key
            else:
                yield from unknown(part, schema["properties"][key], definitions)
