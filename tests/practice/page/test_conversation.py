"""People talk: commands, messages, who sees what, unread counts."""

from typing import Any

from playwright.sync_api import Page, expect
from slack_bolt import App

from bot.practice import Channel, Person, PracticeSlack

from ..apps import connected
from .conftest import Visit
from .gallery import button


def say(page: Page, text: str) -> None:
    page.get_by_label("Message", exact=True).fill(text)
    page.keyboard.press("Enter")


def act_as(page: Page, person: Person) -> None:
    page.get_by_role("button", name=person.real_name).click()
    expect(page.locator("#place")).to_contain_text(person.real_name)


def go_to(page: Page, place: str) -> None:
    page.locator("nav").get_by_role("button", name=place).click()


def test_a_command_is_answered_to_its_person_only(
    slack: PracticeSlack, app: App, visit: Visit, dana: Person, lee: Person, general: Channel
) -> None:
    app.command("/partner")(lambda ack, command: ack(f"*Saved:* {command['text']}"))
    with connected(slack, app):
        page = visit(slack, dana.id, general.id)
        page.get_by_label("Message", exact=True).fill("/par")
        expect(page.get_by_text("called riverside")).to_be_visible()
        page.keyboard.press("Tab")
        page.keyboard.type("lunch with <b>Dr. Lee</b> & @lee")
        page.keyboard.press("Enter")
        answer = page.locator("article.ephemeral")
        expect(answer).to_contain_text("Only visible to you")
        expect(answer).to_contain_text("lunch with <b>Dr. Lee</b> & @Lee Park")
        expect(answer.locator("strong", has_text="Saved:")).to_have_count(1)
        act_as(page, lee)
        expect(page.locator("article")).to_have_count(0)


def test_an_answer_comes_live_is_edited_and_goes(
    slack: PracticeSlack, app: App, visit: Visit, dana: Person, general: Channel
) -> None:
    def pressed(ack: Any, respond: Any) -> None:
        ack()
        respond("Done", replace_original=True)

    app.action("go")(pressed)
    with connected(slack, app):
        page = visit(slack, dana.id, general.id)
        blocks = [{"type": "actions", "elements": [button("Go", "go")]}]
        posted = app.client.chat_postMessage(channel=general.id, text="x", blocks=blocks)
        page.get_by_role("button", name="Go", exact=True).click()
        expect(page.locator("article")).to_contain_text("Done")
        expect(page.locator("article")).to_contain_text("(edited)")
        expect(page.locator("article")).to_be_focused()
        app.client.chat_delete(channel=general.id, ts=posted["ts"])
        expect(page.locator("article")).to_have_count(0)


def test_what_people_say_is_escaped_and_a_dm_is_private(
    slack: PracticeSlack, visit: Visit, dana: Person, lee: Person, general: Channel
) -> None:
    page = visit(slack, dana.id, "dm")
    say(page, "<img src=x onerror=alert(1)> *not* <script>")
    expect(page.locator("article .body")).to_have_text("<img src=x onerror=alert(1)> not <script>")
    act_as(page, lee)
    expect(page.locator("article")).to_have_count(0)
    page.evaluate(f"tell('look', {{at: '{slack.dm(dana).id}'}})")
    expect(page.locator("article")).to_have_count(0)


def test_unread_messages_are_counted_for_each_person(
    slack: PracticeSlack, app: App, visit: Visit, dana: Person, lee: Person, general: Channel
) -> None:
    page = visit(slack, dana.id, "dm")
    for text in ("one", "two"):
        app.client.chat_postMessage(channel=lee.id, text=text)
    hers = page.get_by_role("button", name="Lee Park")
    expect(hers.locator(".badge")).to_contain_text("2")
    act_as(page, lee)
    expect(page.locator("article")).to_have_count(2)
    expect(hers.locator(".badge")).to_have_count(0)


def test_a_thousand_messages_show_the_newest_first(
    slack: PracticeSlack, visit: Visit, dana: Person, general: Channel
) -> None:
    for number in range(1000):
        slack.workspace.post(general.id, slack.bot.id, f"message {number}")
    page = visit(slack, dana.id, general.id)
    expect(page.locator("article").last).to_contain_text("message 999")
    shown = page.locator("article").count()
    assert shown < 200
    page.get_by_role("button", name="Show earlier messages").click()
    expect(page.locator("article")).to_have_count(shown + 100)


def test_a_command_without_an_app_says_so(
    slack: PracticeSlack, visit: Visit, dana: Person, general: Channel
) -> None:
    page = visit(slack, dana.id, general.id)
    say(page, "/partner help")
    expect(page.get_by_role("alert")).to_contain_text("dispatch_failed")
    say(page, "/dance")
    expect(page.get_by_role("alert")).to_contain_text("/dance is not a valid command")


def test_a_guest_sees_their_channels_only(
    slack: PracticeSlack, visit: Visit, dana: Person, general: Channel
) -> None:
    guest = slack.add_user("gil", "Gil Novak", is_restricted=True)
    page = visit(slack, guest.id, general.id)
    expect(page.locator("#place")).to_contain_text("messages as Gil Novak")
    expect(page.locator("nav").get_by_role("button", name="general")).to_have_count(0)
