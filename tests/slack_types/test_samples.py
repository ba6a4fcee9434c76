"""The practice Slack sends and answers nothing that Slack's own samples do not have."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.practice import PracticeSlack
from tests.slack_types.alone import speak

SAMPLES = Path(__file__).parents[2].parent / "shared" / "slack" / "samples"
INBOUND = {
    "block_actions": "BlockActionPayload",
    "view_submission": "ViewSubmissionPayload",
    "view_closed": "ViewClosedPayload",
    "message_action": "MessageShortcutPayload",
}
EVENTS = {
    "app_home_opened": "AppHomeOpenedPayload",
    "app_uninstalled": "AppUninstalledPayload",
    "message": "MessagePayload",
    "tokens_revoked": "TokensRevokedPayload",
    "user_change": "UserChangePayload",
}
# Emptied in the samples, or named by whoever sends them.
OPEN = {"blocks", "values", "event_payload", "args"}
# Not in the samples, but in Slack's packages or its reference.
REFERENCE = {
    "context_team_id",
    "context_enterprise_id",
    "event_ts",
    "fields",
    "response_urls",
    "selected_options",
    "status_emoji_display_info",
}

pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="Slack's samples are not beside the checkout"
)


@pytest.fixture(scope="module")
def slack() -> Iterator[PracticeSlack]:
    with PracticeSlack(event_retries=()) as running:
        speak(running)
        yield running


def test_what_is_sent_has_the_keys_of_the_samples(slack: PracticeSlack) -> None:
    known = {"slash_commands"}
    for each in slack.deliveries:
        name = _sample_of(each.kind, each.payload)
        if name:
            known.add(name)
            assert list(unknown(each.payload, _sample(name))) == [], name
    assert known >= {f"inbound/{name}" for name in INBOUND.values()}
    assert known >= {f"events/{name}" for name in EVENTS.values()}


def test_what_is_answered_has_the_keys_of_the_samples(slack: PracticeSlack) -> None:
    compared = set()
    for call in slack.calls:
        if (SAMPLES / "api" / f"{call.method}.json").exists():
            compared.add(call.method)
            assert list(unknown(call.answer, _sample(f"api/{call.method}"))) == [], call.method
    assert len(compared) >= 15


def _sample_of(kind: str, payload: Any) -> str | None:
    if kind == "slash_commands":
        return "inbound/SlashCommandPayload"
    names, wanted, folder = (
        (EVENTS, payload["event"]["type"], "events")
        if kind == "events_api"
        else (INBOUND, payload["type"], "inbound")
    )
    return f"{folder}/{names[wanted]}" if wanted in names else None


def _sample(name: str) -> Any:
    return json.loads((SAMPLES / f"{name}.json").read_text())


def unknown(value: Any, sample: Any, place: str = "") -> Iterator[str]:
    """The places of keys that stand in a value and not in its sample."""
    if isinstance(value, list) and isinstance(sample, list) and sample:
        for one in value:
            yield from unknown(one, sample[0], f"{place}[]")
    if isinstance(value, dict) and isinstance(sample, dict) and sample:
        for key, part in value.items():
            if key in OPEN | REFERENCE:
                continue
            if key not in sample:
                yield f"{place}/{key}"
            else:
                yield from unknown(part, sample[key], f"{place}/{key}")
