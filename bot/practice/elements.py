"""Block elements (buttons, menus, pickers, inputs) as a table of shapes.

https://docs.slack.dev/reference/block-kit/block-elements and .../composition-objects
"""

import re
from typing import Any

from bot.practice import limits
from bot.practice.shapes import (
    Check,
    Problems,
    Shape,
    anything,
    boolean,
    exactly_one,
    items,
    number,
    one_of,
    plain,
    problem,
    string,
    text,
)

STYLES = one_of("primary", "danger")
ANY_TEXT = string(limits.INPUT_TEXT, least=0)
USER_OR_CHANNEL = string(limits.ACTION_ID)


def pattern(expression: str, wanted: str) -> Check:
    def check(value: Any, place: str) -> Problems:
        if not isinstance(value, str) or not re.fullmatch(expression, value):
            yield problem(f"must match the format {wanted}", place)

    return check


DATE = pattern(r"\d{4}-\d{2}-\d{2}", "YYYY-MM-DD")
TIME = pattern(r"([01]\d|2[0-3]):[0-5]\d", "HH:mm")

CONFIRM = Shape(
    {
        "title": plain(limits.CONFIRM_TITLE),
        "text": text(limits.CONFIRM_TEXT),
        "confirm": plain(limits.CONFIRM_BUTTON),
        "deny": plain(limits.CONFIRM_BUTTON),
    },
    {"style": STYLES},
)


def option(markdown: bool = False, link: bool = False) -> Shape:
    label = text(limits.OPTION_TEXT) if markdown else plain(limits.OPTION_TEXT)
    about = text(limits.OPTION_DESCRIPTION) if markdown else plain(limits.OPTION_DESCRIPTION)
    url: dict[str, Check] = {"url": string(limits.BUTTON_URL)} if link else {}
    return Shape(
        {"text": label, "value": string(limits.OPTION_VALUE)}, {"description": about, **url}
    )


OPTIONS = items(option(), limits.SELECT_OPTIONS)
GROUPS = items(
    Shape({"label": plain(limits.GROUP_LABEL), "options": OPTIONS}), limits.SELECT_GROUPS
)
MARKED = option(markdown=True)


def _offered(value: Any) -> list[Any]:
    groups = value.get("option_groups") or []
    return [*(value.get("options") or []), *(o for g in groups for o in g.get("options") or [])]


def initial_is_offered(value: Any, place: str) -> Problems:
    """A preselected option must be equal to one on offer, in every key."""
    chosen = [value["initial_option"]] if value.get("initial_option") else []
    chosen += value.get("initial_options") or []
    if any(option not in _offered(value) for option in chosen):
        yield problem("must provide initial options that match the options", place)


def distinct_options(value: Any, place: str) -> Problems:
    values = [o.get("value") for o in _offered(value) if isinstance(o, dict)]
    if len(values) != len(set(values)):
        yield problem("must provide unique option values", place)


def static_rule(value: Any, place: str) -> Problems:
    yield from exactly_one("options", "option_groups")(value, place)
    yield from initial_is_offered(value, place)
    yield from distinct_options(value, place)


def choice_rule(value: Any, place: str) -> Problems:
    yield from initial_is_offered(value, place)
    yield from distinct_options(value, place)


COMMON: dict[str, Check] = {"type": anything, "action_id": string(limits.ACTION_ID)}
CONFIRMABLE: dict[str, Check] = {**COMMON, "confirm": CONFIRM}
FOCUSABLE: dict[str, Check] = {**CONFIRMABLE, "focus_on_load": boolean}
MENU: dict[str, Check] = {**FOCUSABLE, "placeholder": plain(limits.PLACEHOLDER)}
MULTI: dict[str, Check] = {**MENU, "max_selected_items": number(1, whole=True)}
STATIC: dict[str, Check] = {"options": OPTIONS, "option_groups": GROUPS}
FILTER = Shape(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)
DISPATCH = Shape(
    {},
    {
        "trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 2),
    },
)
TYPED: dict[str, Check] = {
    "type": anything,
    "action_id": string(limits.ACTION_ID),
    "focus_on_load": boolean,
    "placeholder": plain(limits.PLACEHOLDER),
    "dispatch_action_config": DISPATCH,
}
LABEL: dict[str, Check] = {"accessibility_label": string(limits.ACCESSIBILITY_LABEL)}
IMAGE: dict[str, Check] = {
    "image_url": string(limits.IMAGE_URL),
    "slack_file": Shape({}, {"id": string(255), "url": string(3000)}, exactly_one("id", "url")),
}
CONVERSATIONS: dict[str, Check] = {
    "default_to_current_conversation": boolean,
    "response_url_enabled": boolean,
    "filter": FILTER,
}
FEEDBACK = Shape(
    {"text": plain(limits.BUTTON_TEXT), "value": string(limits.BUTTON_VALUE)},
    LABEL,
)
IDS = items(USER_OR_CHANNEL, 100, least=0)

ELEMENTS: dict[str, Check] = {
    "button": Shape(
        {"text": plain(limits.BUTTON_TEXT)},
        {
            **CONFIRMABLE,
            **LABEL,
            "value": string(limits.BUTTON_VALUE),
            "url": string(limits.BUTTON_URL),
            "style": STYLES,
        },
    ),
    "workflow_button": Shape(
        {"text": plain(limits.BUTTON_TEXT), "workflow": anything},
        {**CONFIRMABLE, **LABEL, "style": STYLES},
    ),
    "icon_button": Shape(
        {"icon": string(50), "text": plain(limits.BUTTON_TEXT)},
        {
            **CONFIRMABLE,
            **LABEL,
            "value": string(limits.BUTTON_VALUE),
            "visible_to_user_ids": IDS,
        },
    ),
    "feedback_buttons": Shape({"positive_button": FEEDBACK, "negative_button": FEEDBACK}, COMMON),
    "image": Shape(
        {"alt_text": string(limits.ALT_TEXT)},
        {"type": anything, **IMAGE},
        exactly_one("image_url", "slack_file"),
    ),
    "static_select": Shape({}, {**MENU, **STATIC, "initial_option": option()}, static_rule),
    "external_select": Shape(
        {}, {**MENU, "initial_option": option(), "min_query_length": number(0, whole=True)}
    ),
    "users_select": Shape({}, {**MENU, "initial_user": USER_OR_CHANNEL}),
    "conversations_select": Shape(
        {}, {**MENU, **CONVERSATIONS, "initial_conversation": USER_OR_CHANNEL}
    ),
    "channels_select": Shape(
        {}, {**MENU, "initial_channel": USER_OR_CHANNEL, "response_url_enabled": boolean}
    ),
    "multi_static_select": Shape(
        {},
        {**MULTI, **STATIC, "initial_options": items(option(), limits.SELECT_OPTIONS)},
        static_rule,
    ),
    "multi_external_select": Shape(
        {},
        {
            **MULTI,
            "initial_options": items(option(), limits.SELECT_OPTIONS),
            "min_query_length": number(0, whole=True),
        },
    ),
    "multi_users_select": Shape({}, {**MULTI, "initial_users": IDS}),
    "multi_conversations_select": Shape(
        {},
        {
            **MULTI,
            "initial_conversations": IDS,
            "default_to_current_conversation": boolean,
            "filter": FILTER,
        },
    ),
    "multi_channels_select": Shape({}, {**MULTI, "initial_channels": IDS}),
    "overflow": Shape(
        {"options": items(option(link=True), limits.OVERFLOW_OPTIONS)},
        CONFIRMABLE,
        distinct_options,
    ),
    "checkboxes": Shape(
        {"options": items(MARKED, limits.CHECKBOXES)},
        {**FOCUSABLE, "initial_options": items(MARKED, limits.CHECKBOXES)},
        choice_rule,
    ),
    "radio_buttons": Shape(
        {"options": items(MARKED, limits.RADIO_BUTTONS)},
        {**FOCUSABLE, "initial_option": MARKED},
        choice_rule,
    ),
    "datepicker": Shape({}, {**MENU, "initial_date": DATE}),
    "timepicker": Shape({}, {**MENU, "initial_time": TIME, "timezone": string(255)}),
    "datetimepicker": Shape(
        {},
        {
            **FOCUSABLE,
            "initial_date_time": number(1_000_000_000, 9_999_999_999, whole=True),
        },
    ),
    "plain_text_input": Shape(
        {},
        {
            **TYPED,
            "initial_value": ANY_TEXT,
            "multiline": boolean,
            "min_length": number(0, limits.INPUT_TEXT, whole=True),
            "max_length": number(1, limits.INPUT_TEXT, whole=True),
        },
    ),
    "email_text_input": Shape({}, {**TYPED, "initial_value": ANY_TEXT}),
    "url_text_input": Shape({}, {**TYPED, "initial_value": ANY_TEXT}),
    "number_input": Shape(
        {"is_decimal_allowed": boolean},
        {**TYPED, "initial_value": ANY_TEXT, "min_value": ANY_TEXT, "max_value": ANY_TEXT},
    ),
    "rich_text_input": Shape(
        {},
        {
            **TYPED,
            "initial_value": anything,
            "min_lines": number(1, 100, whole=True),
            "max_lines": number(1, 100, whole=True),
        },
    ),
    "file_input": Shape(
        {},
        {
            **COMMON,
            "filetypes": items(string(20), 100),
            "max_files": number(1, limits.FILES, whole=True),
        },
    ),
}

SELECTS = {name for name in ELEMENTS if name.endswith("_select")}
PICKERS = {"datepicker", "timepicker", "datetimepicker"}
CHOICES = {"checkboxes", "radio_buttons"}
TEXT_INPUTS = {
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "rich_text_input",
}
IN_ACTIONS = {"button", "workflow_button", "overflow", "rich_text_input"} | SELECTS | PICKERS
IN_ACTIONS |= CHOICES
IN_SECTION = {"button", "workflow_button", "overflow", "image"} | SELECTS | CHOICES
IN_SECTION |= PICKERS - {"datetimepicker"}
IN_INPUT = SELECTS | PICKERS | CHOICES | TEXT_INPUTS | {"file_input"}
IN_CONTEXT_ACTIONS = {"feedback_buttons", "icon_button"}
