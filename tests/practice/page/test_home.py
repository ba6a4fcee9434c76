"""Home in the browser, drawn by the real bot: the longest names, 500 partners, a phone."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.demo import clinic as sample
from bot.demo.play import opened
from bot.practice import PracticeSlack
from bot.sheets import SHEETS, take_in
from bot.store import Store

from .conftest import Visit
from .test_looks import LOOKS, violations

PARTNERS, DUE = 500, 25
LONGEST = ("Rehabilitation & <Sports> Medicine Associates of Greater Cumberland County " * 3)[:195]


@pytest.fixture(scope="module")
def clinic() -> Iterator[PracticeSlack]:
    """The sample clinic, where Kim looks after 500 more, 25 of them due."""
    with opened(0, remember) as slack:
        yield slack


def remember(slack: PracticeSlack, store: Store, team: str) -> None:
    sample.remember(slack, store, team)
    now = datetime.fromtimestamp(slack.clock(), UTC)
    kim = slack.workspace.person("kim").id
    long_ago, lately = (now.date() - timedelta(days=days) for days in (400, 2))
    lines = [
        f'"{number:03} {LONGEST if number < 3 else "Practice"}",gym,stage {number % 4},{kim},'
        f"every 12 weeks,{long_ago if number < DUE else lately}"
        for number in range(PARTNERS)
    ]
    header = "name,category,stage,liaison,cadence,last_interaction_on"
    data = "\n".join([header, *lines]).encode()
    assert take_in(store, team, SHEETS["partners"], data, now).refused == []


def home_of(
    visit: Visit, clinic: PracticeSlack, name: str, **options: object
) -> tuple[Page, Locator]:
    page = visit(clinic, clinic.workspace.person(name).id, "home", **options)
    home = page.locator("#home")
    expect(home.get_by_role("button", name="Log an interaction")).to_be_visible()
    return page, home


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", ["maya", "kim"])
def test_axe_finds_nothing(clinic: PracticeSlack, visit: Visit, look: str, name: str) -> None:
    page, _ = home_of(visit, clinic, name, **LOOKS[look])
    assert violations(page) == []
    for wide in ("document.documentElement", "$('scroll')"):
        assert page.evaluate(f"{wide}.scrollWidth - {wide}.clientWidth") == 0


def test_five_hundred_partners_are_turned_through(clinic: PracticeSlack, visit: Visit) -> None:
    _, home = home_of(visit, clinic, "kim")
    expect(home).to_contain_text("My partners: 507")
    expect(home).to_contain_text("1 to 15 of 507, and 492 more")
    home.get_by_role("button", name="Next 15: partners").click()
    expect(home).to_contain_text("16 to 30 of 507, and 477 more")
    home.get_by_role("button", name="Back: partners").click()
    expect(home).to_contain_text("1 to 15 of 507")


def test_what_waits_comes_five_at_a_time(clinic: PracticeSlack, visit: Visit) -> None:
    _, home = home_of(visit, clinic, "kim")
    expect(home.get_by_role("heading", name=re.compile(r"\d+ check-ins waiting"))).to_be_visible()
    expect(home).to_contain_text(re.compile(r"1 to 5 of \d\d, and \d\d more"))
    expect(home.get_by_label("I did it")).to_have_count(5)


def test_a_name_is_looked_for(clinic: PracticeSlack, visit: Visit) -> None:
    page, home = home_of(visit, clinic, "kim")
    box = home.get_by_label("Find a partner by name")
    box.fill("499 pra")
    box.press("Enter")
    expect(home).to_contain_text("My partners: 1")
    expect(home.get_by_label("Find a partner by name")).to_have_value("499 pra")
    expect(home).to_contain_text('Only: "499 pra"')
    home.get_by_role("button", name="Show all of them").click()
    expect(home).to_contain_text("My partners: 507")
    expect(home.get_by_label("Find a partner by name")).to_have_value("")
    home.get_by_label("Stage").select_option("stage 2")
    expect(home).to_contain_text("My partners: 125")
    home.get_by_label("Whose").select_option("Without a liaison")
    expect(home).to_contain_text("Nobody fits.")
    home.get_by_role("button", name="Show all of them").click()
    expect(home).to_contain_text("Partners without a liaison: 1")
    home.get_by_label("Whose").select_option("Mine")
    expect(page.locator(".toast")).to_have_count(0)


def test_a_call_is_logged_and_taken_back(clinic: PracticeSlack, visit: Visit) -> None:
    _, home = home_of(visit, clinic, "ana")
    home.get_by_label("Log or look").first.select_option("Called")
    expect(home).to_contain_text("called today.")
    home.get_by_role("button", name="Undo").click()
    expect(home).to_contain_text("Undone: I took back that log entry")
    expect(home.get_by_role("button", name="Undo")).to_have_count(0)


def test_a_card_opens_over_home(clinic: PracticeSlack, visit: Visit) -> None:
    page, home = home_of(visit, clinic, "ana")
    home.get_by_label("Log or look").first.select_option("Show the card")
    card = page.get_by_role("dialog")
    expect(card).to_contain_text("Liaison: @Ana Silva")
    assert violations(page) == []
    card.get_by_role("button", name="Close").last.click()
    expect(card).to_be_hidden()
