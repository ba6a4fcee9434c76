"""The sample clinic: the real bot, the guided tour, the clock, two of them side by side."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from bot.demo import sample
from bot.demo.play import opened
from bot.practice import PracticeSlack

from .conftest import Visit


@pytest.fixture
def clinic() -> Iterator[PracticeSlack]:
    with opened(0) as slack:
        yield slack


def act_as(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()
    expect(page.locator("#place")).to_contain_text(name)


def let_type(page: Page, step: int) -> None:
    """Have the page type what a step of the tour says."""
    page.get_by_role("button", name=f"Type it for me, step {step}").click()
    expect(page.get_by_label("Message", exact=True)).to_have_value(re.compile("^/partner "))


def test_the_tour_can_be_taken_to_its_end(clinic: PracticeSlack, visit: Visit) -> None:
    page = visit(clinic)
    tour = page.get_by_role("region", name="Guided tour")
    expect(tour).to_contain_text("0 of 7 done")
    let_type(page, 1)
    page.keyboard.press("Enter")
    expect(page.locator("article.ephemeral")).to_contain_text("Call with Riverside Orthopedics")
    page.get_by_role("button", name="Next working morning").click()
    morning = page.locator("article", has_text="Good morning, Ana")
    morning.get_by_label("I did it").first.select_option("Texted")
    expect(page.locator("article", has_text="texted today")).to_be_visible()
    expect(tour).to_contain_text("3 of 7 done")
    let_type(page, 4)
    expect(page.locator("#place")).to_contain_text("Jo Park")
    page.keyboard.press("Enter")
    expect(page.locator("article.ephemeral")).to_contain_text("3 first evaluations today")
    act_as(page, "Ana Silva")
    thanks = page.locator("article", has_text="evaluations since your last note").last
    thanks.get_by_role("button", name="Mark sent").click()
    expect(tour).to_contain_text("5 of 7 done")
    let_type(page, 6)
    expect(page.locator("#place")).to_contain_text("#partners as Maya Torres")
    page.keyboard.press("Enter")
    expect(page.locator("article svg").first).to_be_visible()
    expect(tour).to_contain_text("6 of 7 done")
    page.get_by_role("button", name="Take me there, step 7").click()
    expect(page.locator("#home")).to_contain_text("Without a liaison: 1")
    expect(tour).to_contain_text("7 of 7 done")


def test_reminders_come_while_time_is_played(clinic: PracticeSlack, visit: Visit) -> None:
    page = visit(clinic)
    cast = page.get_by_role("list", name="Act as").get_by_role("listitem")
    expect(cast).to_have_count(7)
    assert len({text[-8:].strip() for text in cast.all_inner_texts()}) == 2
    page.get_by_role("button", name="Play").click()
    expect(page.locator("article", has_text="Good morning, Ana").first).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="+1 week").click()
    page.get_by_role("button", name="Next working morning").click()
    expect(page.locator("article").nth(1)).to_be_visible()
    act_as(page, "Gil Novak")
    channels = page.get_by_role("list", name="Channels").get_by_role("listitem")
    expect(channels).to_have_text(re.compile("general"))


def test_the_sample_is_whole_and_the_same_each_time() -> None:
    people = {name: f"U{name.upper()}" for name in ("ana", "luis", "kim", "omar")}
    day = date(2027, 3, 3)
    assert sample.history(people, day) == sample.history(people, day)
    assert len(sample.PARTNERS) == 30
    assert {one.category for one in sample.PARTNERS} == {
        *("physician", "chiropractor", "wellness", "gym", "community", "school"),
        *("employer", "store", "online", "patient", "other"),
    }


def test_a_port_in_use_gives_way_and_ctrl_c_leaves_nothing() -> None:
    with PracticeSlack() as other:
        _start_beside(other.port)


def _start_beside(port: int) -> None:
    command = [sys.executable, "-m", "bot", "demo", "--no-browser", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = [process.stdout.readline(), process.stdout.readline()]
    while said[-1] and "open at" not in said[-1]:
        said.append(process.stdout.readline())
    url = said[-1].split()[-1]
    assert said[0].startswith(f"Port {port} is in use; trying {port + 1}.")
    assert b"Bayside Clinic" in urlopen(url, timeout=20).read()
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in rest
    with pytest.raises(OSError, match="refused"):
        urlopen(url, timeout=20)
