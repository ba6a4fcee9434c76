"""Any message renders to blocks that Slack takes, and nothing that matters is lost."""

import json
import math

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.message import (
    Button,
    Chart,
    Controls,
    Heading,
    Menu,
    Message,
    Row,
    Small,
    Words,
    say,
)
from bot.practice.blocks import message_problems
from bot.slack import limits
from bot.slack.blocks import reminder_ids, rungs, with_empty_menus, worded
from bot.slack.elements import action_of, value_of
from bot.slack.mrkdwn import cut, raw

PIECES = st.sampled_from(["&amp;", "&lt;", "<@U012AB3CD>", "*bold*", "é", "🙂", "\n", " ", ""])
SHORT = st.text(max_size=30) | st.lists(PIECES, max_size=6).map("".join)
LONG = SHORT | st.builds(lambda text, n: text * n, SHORT, st.integers(0, 400))
NAME = st.sampled_from(["did", "not_now", "undo", "show"])
VALUE = st.text(max_size=20) | st.just("x" * 151) | st.just("x" * 2001)
BUTTON = st.builds(
    Button, LONG, NAME, VALUE, LONG, st.sampled_from([None, "primary", "odd"]), st.none() | LONG
)
MENU = st.builds(Menu, LONG, NAME, st.lists(st.tuples(LONG, VALUE), max_size=120).map(tuple), LONG)
CONTROLS = st.lists(BUTTON | MENU, max_size=5).map(tuple) | st.lists(BUTTON, max_size=60).map(tuple)
ROW = st.builds(Row, LONG, CONTROLS, LONG, LONG, st.none() | st.integers(1, 5))
FIGURE = st.floats() | st.integers(-5, 5)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    labels = tuple(draw(st.lists(SHORT, max_size=25)))
    values = st.lists(FIGURE, min_size=len(labels), max_size=len(labels)).map(tuple)
    series = tuple(draw(st.lists(st.tuples(SHORT, values), max_size=14)))
    return Chart(draw(LONG), labels, series, draw(st.sampled_from(["bar", "line", "pie", "odd"])))


PART = (
    st.builds(Heading, LONG)
    | st.builds(Words, LONG)
    | st.builds(Small, LONG)
    | st.builds(Controls, CONTROLS)
    | ROW
    | charts()
)
MESSAGE = st.builds(Message, st.lists(PART, max_size=60).map(tuple), LONG)
CHART = Chart("By month", ("Jan", "Feb"), (("Received", (3.0, 5.0)), ("Came in", (2.0, 4.0))))


@settings(max_examples=60, deadline=None)
@given(MESSAGE)
def test_slack_takes_every_rung_of_any_message(message: Message) -> None:
    for rung in rungs(message):
        assert message_problems(rung.get("blocks", [])) == []
        assert 0 < len(rung["text"]) <= limits.MESSAGE_TEXT
        assert rung["text"].strip()
        json.dumps(rung, allow_nan=False)


def kinds(message: Message) -> list[list[str]]:
    return [[block["type"] for block in rung.get("blocks", [])] for rung in rungs(message)]


def test_a_chart_becomes_plainer_from_rung_to_rung() -> None:
    assert kinds(Message((CHART,))) == [
        ["data_visualization"],
        ["data_table"],
        ["table"],
        ["section"],
        [],
    ]


def test_only_two_charts_are_drawn_and_only_one_table() -> None:
    drawn, _, tabled, *_ = kinds(Message((CHART, CHART, CHART)))
    assert drawn == ["data_visualization", "data_visualization", "section"]
    assert tabled == ["table", "section", "section"]


def test_the_figures_of_a_chart_are_what_was_counted() -> None:
    (block,) = rungs(Message((CHART,)))[0]["blocks"]
    assert block["chart"]["axis_config"]["categories"] == ["Jan", "Feb"]
    assert block["chart"]["series"][1] == {
        "name": "Came in",
        "data": [{"label": "Jan", "value": 2.0}, {"label": "Feb", "value": 4.0}],
    }


def test_a_pie_leaves_out_what_is_not_above_zero() -> None:
    chart = Chart("Pie", ("a", "b", "c"), (("n", (0.0, 2.0, math.nan)),), "pie")
    (block,) = rungs(Message((chart,)))[0]["blocks"]
    assert block["chart"]["segments"] == [{"label": "b", "value": 2.0}]


def test_labels_stay_apart_when_they_are_cut() -> None:
    chart = Chart(
        "t", ("Riverside Orthopedics East", "Riverside Orthopedics West"), (("n", (1, 2)),)
    )
    (block,) = rungs(Message((chart,)))[0]["blocks"]
    assert block["chart"]["axis_config"]["categories"] == [
        "Riverside…",
        "Riverside… 2",
    ]


def test_a_row_carries_its_reminder_to_its_buttons_and_back() -> None:
    row = Row("*Iron Peak*", (Button("Done", "did", "7:call"),), "Hi Dana", "Last: Jan 20", 7)
    blocks = worded(Message((row, Row("no reminder"))))["blocks"]
    assert [block.get("block_id") for block in blocks] == ["row:7", None, None, "buttons:7", None]
    assert reminder_ids(blocks) == (7,)


def test_the_same_action_gets_different_ids_that_lead_back_to_it() -> None:
    message = say("?", controls=(Button("A", "pick:one", "1"), Button("B", "pick:one", "2")))
    elements = worded(message)["blocks"][1]["elements"]
    assert [element["action_id"] for element in elements] == ["pick:one:1", "pick:one:2"]
    assert {action_of(element["action_id"]) for element in elements} == {"pick:one"}
    assert [value_of(element) for element in elements] == ["1", "2"]


def test_a_value_that_does_not_fit_is_left_out_rather_than_cut() -> None:
    whole = Button("Whole", "a", "x" * 2000)
    message = say("?", controls=(whole, Button("Half", "a", "x" * 2001)))
    assert len(worded(message)["blocks"][1]["elements"]) == 1


def test_a_draft_is_literal_text() -> None:
    (block,) = worded(Message((Row("", draft="Dear Dr. Lee & team,\nthank you. *Ana*"),)))["blocks"]
    assert block["elements"][0] == {
        "type": "rich_text_quote",
        "elements": [{"type": "text", "text": "Dear Dr. Lee & team,\nthank you. *Ana*"}],
    }


def test_what_does_not_fit_is_counted() -> None:
    blocks = worded(Message(tuple(Words(f"line {n}") for n in range(60))))["blocks"]
    assert len(blocks) == limits.MESSAGE_BLOCKS
    assert blocks[-1]["elements"][0]["text"] == "11 more items did not fit here."


def test_a_cut_breaks_neither_entities_nor_mentions() -> None:
    assert cut("a" * 8 + "&amp;", 11) == "a" * 8 + "…"
    assert cut("hello <@U012AB3CD>", 12) == "hello…"
    assert cut("x<@U012AB3CD>y", 8) == "x…"


def test_plain_text_is_unescaped_once() -> None:
    assert raw("Smith &amp; Sons &amp;lt;", 50) == "Smith & Sons &lt;"
    assert raw(" ", 5) == "…"


def test_drawn_again_a_rows_menus_show_nothing_picked() -> None:
    row = Row("*Riverside*", (Button("Undo", "undo", "7"),), id=7)
    drawn = rungs(Message((Words("Hi"), row)))[0]
    again = with_empty_menus(drawn, "2a")
    names = [block.get("block_id") for block in again["blocks"]]
    assert names == [None, "row:7", "buttons:7:2a"]
    assert reminder_ids(again["blocks"]) == (7,)
    assert with_empty_menus({"text": "Hi"}, "2a") == {"text": "Hi"}
