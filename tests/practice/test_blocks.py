"""What the practice Slack refuses in messages and views, problem by problem."""

from typing import Any

import pytest

from bot.practice.blocks import message_problems, view_problems

from .shapes import (
    Json,
    actions,
    bars,
    button,
    cell,
    data_table,
    modal,
    option,
    pie,
    plain,
    section,
    select,
    text_input,
)

GOOD: list[Json] = [
    section(),
    section(fields=[plain("a")]),
    {"type": "section", "fields": [plain("a")] * 10},
    section(accessory=button("go", accessibility_label="Go there", value="1", style="primary")),
    section(accessory=select("pick", "a", "b", initial_option=option("b"))),
    {"type": "header", "text": plain("Today")},
    {"type": "divider"},
    {"type": "context", "elements": [plain("a"), {"type": "mrkdwn", "text": "b"}]},
    actions(button("a"), select("b", "x"), {"type": "datepicker", "action_id": "c"}),
    actions({"type": "overflow", "action_id": "o", "options": [option("1")]}),
    actions(button("a", confirm={k: plain(k) for k in ("title", "text", "confirm", "deny")})),
    {"type": "image", "image_url": "http://x/y.png", "alt_text": "y"},
    {"type": "markdown", "text": "**hi**"},
    {"type": "alert", "text": plain("Saved"), "level": "success"},
    {"type": "card", "title": plain("Riverside"), "actions": [button("open")]},
    {"type": "carousel", "elements": [{"type": "card", "body": plain("b")}]},
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [{"type": "text", "text": "x", "style": {"bold": True}}],
                    }
                ],
            }
        ],
    },
    pie(("Gyms", 3), ("Schools", 1.5)),
    bars(["Jul", "Aug"], received=[1, 2], sent=[-3, 0]),
    data_table(["Partner", "Received"], ["Riverside", "4"], page_size=10),
    {"type": "table", "rows": [[cell("a"), {"type": "raw_number", "value": 1, "text": "1"}]]},
    text_input("note"),
]

LONG_LABEL = "x" * 76

BAD: list[tuple[Json, str]] = [
    ({"type": "sectoin"}, "unsupported type: sectoin [json-pointer:/blocks/0/type]"),
    ({"text": plain("a")}, "missing required field: type [json-pointer:/blocks/0]"),
    ({"type": "file", "external_id": "a", "source": "remote"}, "unsupported type: file"),
    ({"type": "section"}, "must define at least one of: text, fields"),
    (section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    (section("x" * 3001), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    (section(fields=[plain("a")] * 11), "no more than 10 items allowed"),
    (section(fields=[plain("x" * 2001)]), "2001 characters [json-pointer:/blocks/0/fields/0/text]"),
    (section(colour="red"), "invalid additional property: colour [json-pointer:/blocks/0]"),
    (section(block_id="x" * 256), "must be less than 256 characters"),
    (section(accessory={"type": "datetimepicker"}), "unsupported type: datetimepicker"),
    ({"type": "section", "text": "just a string"}, "must provide an object"),
    ({"type": "header", "text": {"type": "mrkdwn", "text": "a"}}, "must be one of: plain_text"),
    ({"type": "header", "text": plain("x" * 151)}, "must be less than 151 characters"),
    ({"type": "header"}, "missing required field: text [json-pointer:/blocks/0]"),
    ({"type": "context", "elements": [plain("a")] * 11}, "no more than 10 items allowed"),
    ({"type": "context", "elements": []}, "no fewer than 1 items allowed"),
    ({"type": "context", "elements": [button("a")]}, "unsupported type: button"),
    (actions(*[button(str(n)) for n in range(26)]), "no more than 25 items allowed"),
    (actions(), "no fewer than 1 items"),
    (actions(button("a"), button("a")), "`action_id` already exists: a [json-pointer:/blocks/0]"),
    (actions(button("a", "x" * 76)), "must be less than 76 characters"),
    (actions(button("a", value="x" * 2001)), "must be less than 2001 characters"),
    (actions(button("a", value="")), "must be more than 0 characters"),
    (actions(button("x" * 256)), "must be less than 256 characters"),
    (actions(button("a", style="default")), "must be one of: primary, danger"),
    (actions(button("a", accessibility_label="x" * 76)), "must be less than 76 characters"),
    (actions(button("a", disabled=True)), "invalid additional property: disabled"),
    (actions(select("a")), "no fewer than 1 items allowed"),
    (actions(select("a", *[str(n) for n in range(101)])), "no more than 100 items allowed"),
    (actions(select("a", "x" * 151)), "must be less than 151 characters"),
    (actions(select("a", "b", options=[option("b", LONG_LABEL)])), "less than 76 characters"),
    (actions(select("a", "b", "b")), "must provide unique option values"),
    (actions(select("a", "b", initial_option=option("c"))), "initial options that match"),
    (actions({"type": "static_select", "action_id": "a"}), "must define either `options`"),
    (
        actions({"type": "overflow", "options": [option(str(n)) for n in range(6)]}),
        "no more than 5 items allowed",
    ),
    (
        actions({"type": "checkboxes", "options": [option(str(n)) for n in range(11)]}),
        "no more than 10 items allowed",
    ),
    (actions({"type": "datepicker", "initial_date": "3/12/2027"}), "the format YYYY-MM-DD"),
    (actions({"type": "plain_text_input"}), "unsupported type: plain_text_input"),
    ({"type": "image", "image_url": "http://x"}, "missing required field: alt_text"),
    ({"type": "image", "alt_text": "x"}, "must define either `image_url` or `slack_file`"),
    ({"type": "markdown", "text": "x" * 12_001}, "must be less than 12001 characters"),
    ({"type": "alert", "text": plain("a"), "level": "loud"}, "must be one of: default"),
    ({"type": "card", "subtitle": plain("a")}, "must define at least one of: hero_image"),
    ({"type": "card", "body": plain("x" * 201)}, "must be less than 201 characters"),
    ({"type": "carousel", "elements": [section()]}, "unsupported type: section"),
    ({"type": "rich_text", "elements": [{"type": "text", "text": "a"}]}, "unsupported type: text"),
    (pie(), "no fewer than 1 items allowed"),
    (pie(*[(str(n), 1) for n in range(13)]), "no more than 12 items allowed"),
    (pie(("a", 0)), "must be greater than 0 [json-pointer:/blocks/0/chart/segments/0/value]"),
    (pie(("a", 1), ("a", 2)), "must provide unique labels"),
    (pie(("x" * 21, 1)), "must be less than 21 characters"),
    (pie(("a", 1), title="x" * 51), "must be less than 51 characters"),
    (bars(["a", "b"], s=[1]), "must provide one data point for each category"),
    (bars(["a", "a"], s=[1, 2]), "must provide unique categories"),
    (bars([str(n) for n in range(21)], s=[0] * 21), "no more than 20 items allowed"),
    (bars(["a"]), "no fewer than 1 items allowed"),
    ({"type": "data_visualization", "title": "a", "chart": {"type": "dial"}}, "unsupported type"),
    (data_table(["only a header"]), "no fewer than 2 items allowed"),
    (data_table(*[["a"]] * 102), "no more than 101 items allowed"),
    (data_table(["a", "b"], ["c"]), "must provide rows of equal length"),
    (data_table(["a"] * 21, ["b"] * 21), "no more than 20 items allowed"),
    (data_table([""], ["b"]), "must be more than 0 characters"),
    (data_table(["a"], ["x" * 10_000]), "no more than 10000 characters in tables"),
    (data_table(["a"], ["b"], page_size=0), "must be at least 1"),
    ({"type": "data_table", "rows": [[cell("a")]] * 2}, "missing required field: caption"),
    ({"type": "table", "rows": []}, "no fewer than 1 items allowed"),
    ({"type": "table", "rows": [[plain("a")]]}, "unsupported type: plain_text"),
]


@pytest.mark.parametrize("block", GOOD, ids=lambda block: str(block["type"]))
def test_takes_what_slack_takes(block: Json) -> None:
    assert message_problems([block]) == []


@pytest.mark.parametrize(("block", "wanted"), BAD, ids=lambda value: str(value)[:50])
def test_refuses_what_slack_refuses(block: Json, wanted: str) -> None:
    assert any(wanted in problem for problem in message_problems([block]))


def test_a_message_holds_fifty_blocks() -> None:
    assert message_problems([section()] * 50) == []
    assert message_problems([section()] * 51) == [
        "no more than 50 items allowed [json-pointer:/blocks]"
    ]


def test_block_ids_are_unique() -> None:
    twice = [section(block_id="a"), section(block_id="a")]
    assert "`block_id` already exists" in message_problems(twice)[0]
    assert message_problems([actions(button("a")), actions(button("a"))]) == []


def test_two_charts_and_one_table_at_most() -> None:
    chart = pie(("a", 1))
    table = {"type": "table", "rows": [[cell("a")]]}
    assert message_problems([chart, chart, table]) == []
    assert "no more than 2" in message_problems([chart, chart, chart])[0]
    assert "only one table" in message_problems([table, table])[0]


def test_a_header_cell_may_not_be_rich_text() -> None:
    rich = {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "a"}]},
        ],
    }
    table: Json = {"type": "data_table", "caption": "c", "rows": [[cell("a")], [rich]]}
    assert message_problems([table]) == []
    table["rows"].reverse()
    assert "unsupported type: rich_text" in message_problems([table])[0]


def test_a_workspace_without_charts_refuses_them() -> None:
    found = message_problems([pie(("a", 1))], {"data_visualization"})
    assert found == ["unsupported type: data_visualization [json-pointer:/blocks/0/type]"]


GOOD_VIEWS = [
    modal(section()),
    modal(text_input("a"), text_input("b")),
    modal(section(), private_metadata="x" * 3000, callback_id="log", notify_on_close=True),
    modal(*[section()] * 100),
    {"type": "modal", "title": plain("No inputs"), "blocks": [section()]},
]
BAD_VIEWS: list[tuple[Any, str]] = [
    ("a string", "must provide an object [json-pointer:/view]"),
    ({"type": "drawer"}, "unsupported type: drawer [json-pointer:/view/type]"),
    ({"type": "modal", "blocks": []}, "missing required field: title"),
    (
        modal(title=plain("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/title/text",
    ),
    (modal(submit=plain("x" * 25)), "must be less than 25 characters"),
    (modal(close=plain("x" * 25)), "must be less than 25 characters"),
    (modal(private_metadata="x" * 3001), "must be less than 3001 characters"),
    (modal(callback_id="x" * 256), "must be less than 256 characters"),
    (modal(*[section()] * 101), "no more than 100 items allowed"),
    (modal(submit_disabled=False), "invalid additional property: submit_disabled"),
    (modal(text_input("a"), submit=None), "must define `submit` to use an `input` block"),
    (modal(section(block_id="a"), text_input("a")), "`block_id` already exists"),
    (modal(pie(("a", 1))), "unsupported type: data_visualization"),
    (modal(section("")), "must be more than 0 characters [json-pointer:/view/blocks/0/text/text]"),
]


@pytest.mark.parametrize("view", GOOD_VIEWS)
def test_takes_views(view: Json) -> None:
    assert view_problems(view) == []


@pytest.mark.parametrize(("view", "wanted"), BAD_VIEWS, ids=lambda value: str(value)[:50])
def test_refuses_views(view: Any, wanted: str) -> None:
    assert any(wanted in problem for problem in view_problems(view))


def test_a_home_tab_needs_no_title() -> None:
    assert view_problems({"type": "home", "blocks": [section()]}, ("home",)) == []
    assert view_problems(modal(section()), ("home",)) != []
