"""Modals and the Home tab: every input, errors at their fields, a stack, dialogs."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from slack_bolt import App

from bot.practice import Channel, Person, PracticeSlack

from ..apps import connected
from .conftest import Visit
from .gallery import CONTROLS, button, field, modal, option, plain


@pytest.fixture
def page(slack: PracticeSlack, visit: Visit, dana: Person, general: Channel) -> Page:
    return visit(slack, dana.id, general.id)


def show(app: App, slack: PracticeSlack, person: Person, view: dict[str, Any]) -> None:
    trigger = slack.workspace.new_trigger(person.id)
    app.client.views_open(trigger_id=trigger.id, view=view)


def test_every_input_arrives_as_it_was_put_in(
    slack: PracticeSlack, app: App, page: Page, dana: Person, lee: Person, general: Channel
) -> None:
    found: list[dict[str, Any]] = []
    app.view("form")(lambda ack, view: (found.append(view["state"]["values"]), ack()))
    app.options("external_select")(lambda ack: ack(options=[option("Stride")]))
    app.options("multi_external_select")(lambda ack: ack(options=[option("Align")]))
    with connected(slack, app):
        show(app, slack, dana, modal())
        form = page.get_by_role("dialog")
        expect(form.get_by_label("Name")).to_be_focused()
        form.get_by_role("button", name="Save").click()
        expect(form.get_by_role("alert")).to_have_count(3)
        assert found == []
        for label, text in (
            ("Name", "Riverside"),
            ("Count", "3"),
            ("Address", "a@example.com"),
            ("Site", "https://example.com"),
            ("Day", "2027-03-04"),
            ("Time", "09:30"),
            ("Moment", "2027-03-04T09:30"),
            ("Notes", "Some words"),
        ):
            form.get_by_label(label, exact=True).or_(form.get_by_label(f"{label} (optional)")).fill(
                text
            )
        form.get_by_label("Color", exact=True).select_option("Green")
        form.get_by_label("Liaison").select_option("Lee Park")
        form.get_by_label("Channel").select_option("#general")
        for label, name in (("Partner (optional)", "Stride"), ("Partners (optional)", "Align")):
            form.get_by_role("combobox", name=label).press_sequentially(name[0])
            form.get_by_role("option", name=name).click()
            expect(form.get_by_role("button", name=f"Remove {name}")).to_be_visible()
        for group, names in (("Colors", ("Red", "Blue")), ("People", ("Dana Reyes",))):
            inner = form.get_by_role("group", name=group)
            inner.locator("summary").click()
            for name in names:
                inner.get_by_label(name).check()
            page.keyboard.press("Escape")
        form.get_by_role("group", name="Way").get_by_label("Blue").check()
        form.get_by_role("group", name="Flags").get_by_label("Red").check()
        form.get_by_role("button", name="Save").click()
        expect(form).to_have_count(0)
    [values] = found
    put = {name: next(iter(inner.values())) for name, inner in values.items()}
    assert {name: _held(report) for name, report in put.items()} == {
        "plain_text_input": "Riverside",
        "number_input": "3",
        "email_text_input": "a@example.com",
        "url_text_input": "https://example.com",
        "datepicker": "2027-03-04",
        "timepicker": "09:30",
        "datetimepicker": 1804174200,
        "static_select": "green",
        "external_select": "stride",
        "multi_external_select": ["align"],
        "users_select": lee.id,
        "channels_select": general.id,
        "multi_static_select": ["red", "blue"],
        "multi_users_select": [dana.id],
        "radio_buttons": "blue",
        "checkboxes": ["red"],
        "rich_text_input": "Some words",
    }


def _held(report: dict[str, Any]) -> Any:
    """What an input reports, options by their value."""
    [held] = [value for key, value in report.items() if key != "type"]
    if isinstance(held, list):
        return [one["value"] if isinstance(one, dict) else one for one in held]
    if isinstance(held, dict) and held.get("type") == "rich_text":
        return held["elements"][0]["elements"][0]["text"]
    return held["value"] if isinstance(held, dict) else held


def test_errors_stand_at_their_fields_and_typed_text_stays(
    slack: PracticeSlack, app: App, page: Page, dana: Person
) -> None:
    blocks = [
        field("Name", "plain_text_input"),
        field("Count", "number_input", is_decimal_allowed=False),
    ]
    wrong = {"response_action": "errors", "errors": {"number_input": "Too many."}}
    app.view("form")(lambda ack: ack(wrong))
    with connected(slack, app):
        show(app, slack, dana, modal(blocks=blocks))
        form = page.get_by_role("dialog")
        form.get_by_label("Name").fill("Riverside")
        form.get_by_label("Count").fill("1.5")
        form.get_by_role("button", name="Save").click()
        expect(form.get_by_role("alert")).to_have_text("Please enter a whole number.")
        form.get_by_label("Count").fill("99")
        form.get_by_role("button", name="Save").click()
        expect(form.get_by_role("alert")).to_have_text("Too many.")
        expect(form.get_by_label("Count")).to_be_focused()
        expect(form.get_by_label("Name")).to_have_value("Riverside")


def test_three_modals_stand_on_each_other(
    slack: PracticeSlack, app: App, page: Page, dana: Person
) -> None:
    def deeper(ack: Any, body: Any, client: Any) -> None:
        ack()
        number = int(body["view"]["title"]["text"][-1]) + 1
        client.views_push(trigger_id=body["trigger_id"], view=_floor(number))

    app.action("deeper")(deeper)
    with connected(slack, app):
        show(app, slack, dana, _floor(1))
        form = page.get_by_role("dialog")
        form.get_by_label("Note").fill("kept")
        for number in (2, 3):
            form.get_by_role("button", name="Deeper").click()
            expect(form.get_by_role("heading", name=f"Floor {number}")).to_be_visible()
        page.keyboard.press("Escape")
        expect(form.get_by_role("heading", name="Floor 2")).to_be_visible()
        form.get_by_role("button", name="Back").click()
        expect(form.get_by_label("Note")).to_have_value("kept")
        form.get_by_role("button", name="Cancel").click()
        expect(form).to_have_count(0)


def _floor(number: int) -> dict[str, Any]:
    note = field("Note", "plain_text_input", optional=True)
    actions = {"type": "actions", "elements": [button("Deeper", "deeper")]}
    return modal(f"Floor {number}", [note, actions])


def test_the_home_tab_is_drawn_for_its_person(
    slack: PracticeSlack, app: App, page: Page, dana: Person
) -> None:
    def opened(event: Any, client: Any) -> None:
        blocks = [
            {"type": "section", "text": plain("Good morning"), "accessory": button("Hi", "hi")}
        ]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    pressed: list[str] = []
    app.event("app_home_opened")(opened)
    app.action("hi")(lambda ack, body: (pressed.append(body["view"]["type"]), ack()))
    with connected(slack, app):
        page.locator("nav").get_by_role("button", name="Home").click()
        expect(page.locator("#home")).to_contain_text("Good morning")
        page.get_by_role("button", name="Hi").click()
        slack.wait_for(lambda: pressed == ["home"])


def test_a_home_drawn_anew_leaves_alone_what_stays(
    slack: PracticeSlack, app: App, page: Page, dana: Person
) -> None:
    """An open menu, half a word, and a pick in what was drawn before."""
    words = field("Note", "plain_text_input")
    more = {"type": "overflow", "action_id": "more", "options": [option("Archive"), option("Show")]}
    menu = {"type": "section", "text": plain("Riverside"), "accessory": more}
    gone, divider = {"type": "section", "text": plain("Gone soon")}, {"type": "divider"}

    def publish(*blocks: dict[str, Any]) -> None:
        app.client.views_publish(user_id=dana.id, view={"type": "home", "blocks": list(blocks)})

    chosen: list[str] = []
    app.action("more")(
        lambda ack, action: (chosen.append(action["selected_option"]["value"]), ack())
    )
    with connected(slack, app):
        publish(gone, divider, menu, words)
        page.locator("nav").get_by_role("button", name="Home").click()
        home = page.locator("#home")
        home.get_by_label("Note").fill("half a sent")
        home.get_by_label("More actions").click()
        publish({"type": "header", "text": plain("Good morning")}, divider, divider, menu, words)
        expect(home.get_by_role("heading", name="Good morning")).to_be_visible()
        expect(home.locator("hr")).to_have_count(2)
        expect(home).not_to_contain_text("Gone soon")
        expect(home.get_by_label("Note")).to_have_value("half a sent")
        home.get_by_role("button", name="Archive").click()
        slack.wait_for(lambda: chosen == ["archive"])
        publish(words)
        expect(home).not_to_contain_text("Riverside")
        expect(home.get_by_label("Note")).to_have_value("half a sent")


def test_menus_in_messages_report_what_was_chosen(
    slack: PracticeSlack, app: App, page: Page, dana: Person, lee: Person, general: Channel
) -> None:
    found: list[tuple[str, Any]] = []

    def heard(ack: Any, body: Any) -> None:
        ack()
        act = body["actions"][0]
        known = ("action_id", "block_id", "type", "action_ts", "text", "style")
        found.append((act["action_id"], _held({k: v for k, v in act.items() if k not in known})))
        slack.workspace.tell()

    for name in ("pressed", "danger", "color", "more", "day", "person", "colors", "ticks"):
        app.action(name)(heard)
    with connected(slack, app):
        app.client.chat_postMessage(channel=general.id, text="x", blocks=CONTROLS)
        page.get_by_role("button", name="Press me").click()
        page.get_by_role("button", name="Danger").click()
        page.get_by_role("button", name="Leave it").click()
        page.get_by_role("button", name="Danger").click()
        page.get_by_role("button", name="Do it").click()
        page.get_by_label("Color", exact=True).select_option("Blue")
        page.get_by_label("More actions").click()
        page.get_by_role("button", name="Archive").click()
        page.get_by_label("Person").select_option("Lee Park")
        page.get_by_label("Day").fill("2027-03-04")
        page.get_by_text("Colors ▾").or_(page.locator(".several summary")).first.click()
        page.locator(".several").get_by_label("Green").check()
        page.keyboard.press("Escape")
        page.locator(".ticks").get_by_label("Red").check()
        expected = [
            ("pressed", "pressed"),
            ("danger", "danger"),
            ("color", "blue"),
            ("more", "archive"),
            ("person", lee.id),
            ("day", "2027-03-04"),
            ("colors", ["green"]),
            ("ticks", ["red"]),
        ]
        slack.wait_for(lambda: len(found) == len(expected))
    assert sorted(found) == sorted(expected)


def test_arrow_keys_choose_only_with_enter(
    slack: PracticeSlack, app: App, page: Page, general: Channel
) -> None:
    chosen: list[str] = []
    app.action("color")(
        lambda ack, action: (chosen.append(action["selected_option"]["value"]), ack())
    )
    with connected(slack, app):
        app.client.chat_postMessage(channel=general.id, text="x", blocks=CONTROLS)
        page.get_by_label("Color", exact=True).focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        slack.wait_for(lambda: chosen)
        slack.wait_delivered()
    assert chosen == ["green"]


def test_a_form_drawn_anew_keeps_what_was_typed(
    slack: PracticeSlack, app: App, page: Page, dana: Person
) -> None:
    note = field("Note", "plain_text_input")
    show(app, slack, dana, modal("Before", [note]))
    form = page.get_by_role("dialog")
    form.get_by_label("Note").fill("half a sent")
    view = slack.modal(dana)
    assert view is not None
    app.client.views_update(view_id=view.id, view=modal("After", [note]))
    expect(form.get_by_role("heading", name="After")).to_be_visible()
    expect(form.get_by_label("Note")).to_be_focused()
    page.keyboard.type("ence")
    expect(form.get_by_label("Note")).to_have_value("half a sentence")
