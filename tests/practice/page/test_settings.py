"""In the browser: shortcuts from their menus, and the two forms of settings."""

import re

from playwright.sync_api import Locator, Page, expect

from bot.practice import PracticeSlack

from .conftest import Visit
from .test_demo import act_as, clinic

__all__ = ["clinic"]


def form(page: Page) -> Locator:
    return page.get_by_role("dialog")


def send(page: Page, text: str) -> None:
    page.get_by_label("Message", exact=True).fill(text)
    page.keyboard.press("Enter")


def test_shortcuts_open_the_form_of_an_interaction(clinic: PracticeSlack, visit: Visit) -> None:
    page = visit(clinic)
    act_as(page, "Ana Silva")
    page.get_by_label("Shortcuts").click()
    page.get_by_role("button", name="Log partner interaction").click()
    expect(form(page).get_by_label("What was it?")).to_be_visible()
    form(page).get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="# partners").click()
    send(page, "Stopped by Riverside, 20 min")
    message = page.locator("article", has_text="Stopped by Riverside").last
    message.get_by_label("More actions").click()
    message.get_by_role("button", name="Log as interaction").click()
    expect(form(page).get_by_label("Minutes")).to_have_value("20")
    expect(form(page).get_by_label("Note")).to_have_value(
        re.compile("^Stopped by Riverside, 20 min")
    )
    form(page).get_by_role("button", name="Save").click()
    expect(page.locator("article.ephemeral")).to_contain_text("Visit to Riverside Orthopedics")


def test_a_person_and_an_owner_change_their_settings(clinic: PracticeSlack, visit: Visit) -> None:
    page = visit(clinic, viewport={"width": 390, "height": 800})
    send(page, "/partner help")
    page.get_by_role("button", name="My settings").last.click()
    form(page).get_by_label("I write to you at").fill("20:00")
    form(page).get_by_role("button", name="Save").click()
    expect(form(page).get_by_role("alert")).to_contain_text("in working hours")
    form(page).get_by_label("I write to you at").fill("10:30")
    form(page).get_by_role("group", name="Your working days").get_by_label("Friday").uncheck()
    form(page).get_by_role("button", name="Save").click()
    expect(page.locator("article.ephemeral").last).to_contain_text("Monday to Thursday")
    page.locator("#nav-toggle").click()
    act_as(page, "Maya Torres")
    page.keyboard.press("Escape")
    page.locator("#nav-toggle").click()
    send(page, "/partner help")
    page.get_by_role("button", name="Practice settings").last.click()
    form(page).get_by_label("By category or tier").fill("gym: monthly")
    form(page).get_by_label("Currency").select_option("EUR (€)")
    form(page).get_by_role("button", name="Save").click()
    said = page.locator("article.ephemeral").last
    expect(said).to_contain_text("gym: every month")
    said.get_by_role("button", name="Undo").click()
    expect(page.locator("article.ephemeral").last).to_contain_text("I took back those settings")


def test_words_without_a_slash_are_answered_as_messages(
    clinic: PracticeSlack, visit: Visit
) -> None:
    page = visit(clinic)
    act_as(page, "Ana Silva")
    send(page, "called riverside about knee protocols, 20 min")
    said = page.locator("article", has_text="Call with Riverside Orthopedics").last
    expect(said).to_contain_text("20 min")
    expect(said).not_to_contain_text("Only visible to you")
    send(page, "log")
    offered = page.locator("article", has_text="That takes a form.").last
    offered.get_by_role("button", name="Open it").click()
    expect(form(page).get_by_label("What was it?")).to_be_visible()
