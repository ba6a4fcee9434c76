"""What blocks look like, and that everybody can read and reach it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from slack_sdk import WebClient

from bot.practice import Channel, Person, PracticeSlack

from .conftest import Visit
from .gallery import CHARTS, CONTROLS, WORDS, modal

LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "narrow": {"viewport": {"width": 360, "height": 640}},
}


@pytest.fixture
def gallery(slack: PracticeSlack, web: WebClient, dana: Person, general: Channel) -> PracticeSlack:
    for blocks in (WORDS, CHARTS[:2], CHARTS[2:], CONTROLS):
        web.chat_postMessage(channel=general.id, text="x", blocks=blocks)
    return slack


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes']][:3]}" for one in found]


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(
    look: str, gallery: PracticeSlack, web: WebClient, visit: Visit, dana: Person, general: Channel
) -> None:
    page = visit(gallery, dana.id, general.id, **LOOKS[look])
    expect(page.locator("article")).to_have_count(4)
    page.evaluate("document.querySelector('#wire-toggle').click()")
    expect(page.locator(".wire").first).to_be_attached()
    assert violations(page) == []
    trigger = gallery.workspace.new_trigger(dana.id)
    web.views_open(trigger_id=trigger.id, view=modal())
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog").get_by_role("alert").first).to_be_visible()
    assert violations(page) == []


def test_it_fits_a_phone(
    gallery: PracticeSlack, visit: Visit, dana: Person, general: Channel
) -> None:
    page = visit(gallery, dana.id, general.id, **LOOKS["narrow"])
    expect(page.locator("article")).to_have_count(4)
    for wide in ("document.documentElement", "$('scroll')"):
        assert page.evaluate(f"{wide}.scrollWidth - {wide}.clientWidth") == 0
    page.get_by_role("button", name="Channels and people").click()
    page.locator("nav").get_by_role("button", name="messages").click()
    expect(page.locator("#place")).to_contain_text("messages")


def test_blocks_are_drawn(
    gallery: PracticeSlack, visit: Visit, dana: Person, general: Channel
) -> None:
    page = visit(gallery, dana.id, general.id)
    expect(page.locator("article")).to_have_count(4)
    words, bars, area, _ = page.locator("article").all()
    expect(words.get_by_role("heading", name="A header")).to_have_attribute("aria-level", "2")
    for tag, text in (("strong", "Bold"), ("em", "italic"), ("s", "struck"), ("code", "code")):
        expect(words.locator(f".section {tag}", has_text=text)).to_have_count(1)
    expect(words).to_contain_text("and <b>no tags</b>")
    expect(words.locator("ol li")).to_have_text("One")
    expect(words.locator("blockquote")).to_have_text("A quote")
    expect(words.locator(".alert.warning")).to_have_text("Mind this")
    expect(bars.locator("svg rect")).to_have_count(6)
    expect(bars.get_by_role("img", name=re.compile("^Bar chart.*Q2: Received 5"))).to_be_visible()
    expect(area.locator("svg path.area")).to_have_count(1)
    expect(area.get_by_role("img", name="Pie chart: A pie chart. Gyms 3")).to_be_visible()
    expect(area).to_contain_text("Schools: 1 (25%)")


def test_a_data_table_sorts_and_turns_pages(
    gallery: PracticeSlack, visit: Visit, dana: Person, general: Channel
) -> None:
    page = visit(gallery, dana.id, general.id)
    table = page.get_by_role("table", name="Partners by referrals")
    names = table.locator("tbody tr:visible th")
    expect(names).to_have_text(["Stride", "Bayview"])
    page.get_by_role("button", name="Next", exact=True).click()
    expect(names).to_have_text(["Align"])
    table.get_by_role("button", name="Referrals").click()
    expect(names).to_have_text(["Align", "Stride"])
    table.get_by_role("button", name="Referrals").click()
    expect(names).to_have_text(["Bayview", "Stride"])
    sorted_by = table.get_by_role("columnheader", name="Referrals")
    expect(sorted_by).to_have_attribute("aria-sort", "descending")
