"""Every block and element that the page draws."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str | None = None, **more: Any) -> Json:
    return {"text": plain(text), "value": value or text.lower(), **more}


def button(text: str, action: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action, "value": action, **more}


def field(label: str, kind: str, **more: Any) -> Json:
    """An input block whose block_id and action_id are the kind."""
    block = {key: more.pop(key) for key in ("optional", "hint", "dispatch_action") if key in more}
    element = {"type": kind, "action_id": kind, **more}
    return {"type": "input", "block_id": kind, "label": plain(label), "element": element, **block}


CONFIRM = {
    "title": plain("Really?"),
    "text": plain("This cannot be taken back."),
    "confirm": plain("Do it"),
    "deny": plain("Leave it"),
}
COLORS = [option("Red"), option("Green"), option("Blue")]
IMAGE = {"type": "image", "image_url": "https://example.com/x.png", "alt_text": "A clinic"}
QUARTERS = ["Q1", "Q2", "Q3"]


def chart(kind: str, *series: tuple[str, list[float]]) -> Json:
    named = [
        {
            "name": name,
            "data": [{"label": q, "value": v} for q, v in zip(QUARTERS, values, strict=True)],
        }
        for name, values in series
    ]
    axis = {"categories": QUARTERS, "x_label": "Quarter", "y_label": "Referrals"}
    body = {"type": kind, "series": named, "axis_config": axis}
    return {"type": "data_visualization", "title": f"A {kind} chart", "chart": body}


PIE = {
    "type": "data_visualization",
    "title": "A pie chart",
    "chart": {
        "type": "pie",
        "segments": [{"label": "Gyms", "value": 3}, {"label": "Schools", "value": 1}],
    },
}
RICH_TEXT = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Bold", "style": {"bold": True}},
                {"type": "text", "text": " <plain> "},
                {"type": "link", "url": "https://example.com/", "text": "a link"},
                {"type": "emoji", "name": "wave"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "ordered",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "One"}]}
            ],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "A quote"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x = 1"}]},
    ],
}
TABLE = {
    "type": "table",
    "rows": [
        [{"type": "raw_text", "text": "Partner"}, {"type": "raw_text", "text": "Count"}],
        [{"type": "raw_text", "text": "Stride"}, {"type": "raw_text", "text": "3"}],
    ],
    "column_settings": [{"align": "left"}, {"align": "right"}],
}
DATA_TABLE = {
    "type": "data_table",
    "caption": "Partners by referrals",
    "page_size": 2,
    "row_header_column_index": 0,
    "rows": [
        [{"type": "raw_text", "text": "Partner"}, {"type": "raw_text", "text": "Referrals"}],
        *(
            [
                {"type": "raw_text", "text": name},
                {"type": "raw_number", "value": count, "text": str(count)},
            ]
            for name, count in (("Stride", 9), ("Bayview", 10), ("Align", 2))
        ),
    ],
}
WORDS: list[Json] = [
    {"type": "header", "text": plain("A header"), "level": 1},
    {"type": "section", "text": mrkdwn("*Bold*, _italic_, ~struck~, `code` and <b>no tags</b>")},
    {"type": "section", "fields": [mrkdwn("*Left*"), plain("Right")]},
    {"type": "section", "text": mrkdwn("With a picture"), "accessory": IMAGE},
    {"type": "context", "elements": [IMAGE, mrkdwn("A quiet line")]},
    {"type": "divider"},
    {**IMAGE, "title": plain("A title")},
    RICH_TEXT,
    {"type": "alert", "text": mrkdwn("Mind this"), "level": "warning"},
    {
        "type": "card",
        "title": mrkdwn("*A card*"),
        "body": mrkdwn("Its body"),
        "actions": [button("Open", "card")],
    },
    TABLE,
    DATA_TABLE,
]
CHARTS = [
    chart("bar", ("Received", [3, 5, 4]), ("Sent", [1, 0, 2])),
    chart("line", ("Received", [3, 5, 4])),
    chart("area", ("Received", [3, 5, 4])),
    PIE,
]
CONTROLS: list[Json] = [
    {
        "type": "actions",
        "block_id": "actions",
        "elements": [
            button("Press me", "pressed"),
            button("Danger", "danger", style="danger", confirm=CONFIRM),
            {
                "type": "static_select",
                "action_id": "color",
                "placeholder": plain("Color"),
                "options": COLORS,
            },
            {"type": "overflow", "action_id": "more", "options": [option("Archive")]},
            {"type": "datepicker", "action_id": "day", "placeholder": plain("Day")},
            {"type": "users_select", "action_id": "person", "placeholder": plain("Person")},
        ],
    },
    {
        "type": "section",
        "block_id": "several",
        "text": mrkdwn("Which colors?"),
        "accessory": {
            "type": "multi_static_select",
            "action_id": "colors",
            "placeholder": plain("Colors"),
            "options": COLORS,
        },
    },
    {
        "type": "section",
        "block_id": "ticks",
        "text": mrkdwn("Tick some"),
        "accessory": {"type": "checkboxes", "action_id": "ticks", "options": COLORS},
    },
]
FIELDS: list[Json] = [
    field("Name", "plain_text_input", hint=plain("As it stands on the door")),
    field("Count", "number_input", is_decimal_allowed=False, min_value="1"),
    field("Address", "email_text_input", optional=True),
    field("Site", "url_text_input", optional=True),
    field("Day", "datepicker", initial_date="2027-03-03"),
    field("Time", "timepicker", optional=True),
    field("Moment", "datetimepicker", optional=True),
    field("Color", "static_select", options=COLORS),
    field("Partner", "external_select", optional=True, min_query_length=1),
    field("Partners", "multi_external_select", optional=True, min_query_length=1),
    field("Liaison", "users_select", optional=True),
    field("Channel", "channels_select", optional=True),
    field("Colors", "multi_static_select", options=COLORS, optional=True),
    field("People", "multi_users_select", optional=True, max_selected_items=2),
    field("Way", "radio_buttons", options=COLORS, initial_option=COLORS[1]),
    field("Flags", "checkboxes", options=COLORS, optional=True),
    field("Notes", "rich_text_input", optional=True),
]


def modal(title: str = "A form", blocks: list[Json] | None = None, **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain(title),
        "submit": plain("Save"),
        "blocks": FIELDS if blocks is None else blocks,
        **more,
    }
