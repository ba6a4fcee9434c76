"""Buttons and menus, and the ids by which a press finds its way back to its action."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

from bot.domain.message import Ask, Button, Control, Menu, Pick
from bot.slack import limits
from bot.slack.mrkdwn import Json, mrkdwn, plain_text, raw

STYLES = ("primary", "danger")
# Where outsiders read, nothing is posted.
PICKS: dict[str, Json] = {
    "person": {"type": "users_select"},
    "channel": {
        "type": "conversations_select",
        "filter": {"include": ["public", "private"], "exclude_external_shared_channels": True},
    },
}
_NUMBER = re.compile(r":\d+$")


class ActionIds:
    """Numbers the controls of one message that name the same action, so that no id repeats."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def next(self, action: str) -> str:
        """Return `action:<n>`, n counting from 1."""
        self._seen[action] += 1
        return f"{action}:{self._seen[action]}"


def action_of(action_id: str) -> str:
    """Return the action that an id was made from."""
    return _NUMBER.sub("", action_id)


def value_of(pressed: Json) -> str:
    """Return what the button or the chosen option carries; `pressed` is Slack's action."""
    option = pressed.get("selected_option") or {}
    picked = pressed.get("selected_user") or pressed.get("selected_conversation")
    return str(pressed.get("value") or option.get("value") or picked or "")


def is_taken_back(pressed: Json) -> bool:
    """Whether a choice was picked a second time, which Slack takes for picking none.

    https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
    """
    return "selected_option" in pressed and pressed["selected_option"] is None


def elements(controls: Iterable[Control], ids: ActionIds) -> list[Json]:
    """Return the controls as Block Kit elements, without those that Slack cannot carry."""
    return [element for control in controls if (element := _element(control, ids))]


def asked(ask: Ask, ids: ActionIds) -> Json:
    """Return the input; a name of its own for what stands in it, or Slack would keep the old."""
    mark = hashlib.sha256(ask.typed.encode()).hexdigest()[:8]
    element = {
        "type": "plain_text_input",
        "action_id": ids.next(ask.action),
        "max_length": limits.ASKED,
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
        **({"initial_value": ask.typed} if ask.typed else {}),
    }
    return {
        "type": "input",
        "block_id": f"{ask.action}:{mark}",
        "dispatch_action": True,
        "optional": True,
        "label": plain_text(ask.text, limits.INPUT_LABEL),
        "element": element,
    }


def _element(control: Control, ids: ActionIds) -> Json | None:
    match control:
        case Button():
            return _button(control, ids)
        case Menu():
            return _menu(control, ids)
        case Pick():
            return _pick(control, ids)


def _button(button: Button, ids: ActionIds) -> Json | None:
    # A value cut short would do something else than what was offered.
    if len(button.value) > limits.BUTTON_VALUE:
        return None
    element = {
        "type": "button",
        "action_id": ids.next(button.action),
        "text": plain_text(button.text, limits.BUTTON_TEXT),
        "value": button.value,
        "accessibility_label": button.label and raw(button.label, limits.BUTTON_LABEL),
        "style": button.style if button.style in STYLES else None,
        "confirm": button.confirm and _confirm(button.confirm),
    }
    return {key: value for key, value in element.items() if value}


def _pick(pick: Pick, ids: ActionIds) -> Json:
    return {
        **PICKS[pick.of],
        "action_id": ids.next(pick.action),
        "placeholder": plain_text(pick.text, limits.MENU_TEXT),
    }


def _confirm(question: str) -> Json:
    return {
        "title": plain_text("Are you sure?", limits.BUTTON_TEXT),
        "text": mrkdwn(question, limits.CONFIRM_TEXT),
        "confirm": plain_text("Yes", limits.BUTTON_TEXT),
        "deny": plain_text("No", limits.BUTTON_TEXT),
    }


def _menu(menu: Menu, ids: ActionIds) -> Json | None:
    carried = {value: text for text, value in menu.options if 0 < len(value) <= limits.OPTION_VALUE}
    options = [
        {"text": plain_text(text, limits.OPTION_TEXT), "value": value}
        for value, text in carried.items()
    ]
    if not options:
        return None
    return {
        "type": "static_select",
        "action_id": ids.next(menu.action),
        "placeholder": plain_text(menu.text, limits.MENU_TEXT),
        "options": options[: limits.MENU_OPTIONS],
    }
