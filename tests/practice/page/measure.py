"""Measure the page as a visitor feels it: python -m tests.practice.page.measure."""

import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from statistics import median

from playwright.sync_api import Page, expect

from bot.demo.play import opened
from bot.practice import Person, PracticeSlack

from .chromium import chromium
from .test_home import PARTNERS, remember

COMMANDS, MANY = 60, 1000
# In the page: type a command, wait until its answer is drawn, and say how long that took.
TYPE = """(text) => new Promise((done) => {
  const began = performance.now();
  const drawn = new MutationObserver((changes) => {
    const nodes = changes.flatMap((one) => [...one.addedNodes]);
    if (!nodes.some((one) => one.nodeName === 'ARTICLE')) return;
    drawn.disconnect();
    requestAnimationFrame(() => done(performance.now() - began));
  });
  drawn.observe(document.querySelector('#messages'), {childList: true});
  document.querySelector('#box').value = text;
  document.querySelector('#composer').requestSubmit();
})"""

# In the page: turn the partners of Home to the next page or back, and wait until that is drawn.
TURN = """() => new Promise((done) => {
  const began = performance.now();
  const drawn = new MutationObserver(() => {
    drawn.disconnect();
    requestAnimationFrame(() => done(performance.now() - began));
  });
  drawn.observe(document.querySelector('#home'), {childList: true});
  const named = (name) => document.querySelector(`#home [aria-label='${name}: partners']`);
  (named('Back') || named('Next 15')).click();
})"""


def main() -> None:
    say("start of `rapport demo` until its address is said", f"{started():.2f} s")
    with opened(0) as slack, chromium() as browser:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{slack.port}/")
        expect(page.locator("#tour li")).to_have_count(7)
        typed(page, "a typed command until its answer is drawn")
        general = slack.workspace.channel("general")
        for number in range(MANY):
            slack.workspace.post(general.id, slack.bot.id, f"*message* {number}")
        began = time.perf_counter()
        page.locator("nav").get_by_role("button", name="general").click()
        expect(page.locator("article").last).to_contain_text(f"message {MANY - 1}")
        say(f"a channel of {MANY} messages until it is drawn", ms(time.perf_counter() - began))
        typed(page, "a typed command there")
    homes()


def homes() -> None:
    """Home with 500 partners: opened until it is published, turned a page until it is drawn."""
    with opened(0, remember) as slack, chromium() as browser:
        kim = slack.workspace.person("kim")
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{slack.port}/#{kim.id}/home")
        expect(page.locator("#home")).to_contain_text(f" of {PARTNERS + 7}")
        expect(page.get_by_role("button", name="Next 15: partners")).to_be_visible()
        opening = partial(slack.open_home, kim)
        say("Home of 500 partners, opened until published", spread(published(slack, kim, opening)))
        typing = partial(slack.slash, kim, None, "called 499 practice")
        say("a typed call until Home shows it", spread(published(slack, kim, typing)))
        times = sorted(page.evaluate(TURN) for _ in range(COMMANDS))
        say("a page of it turned until it is drawn", spread(times))


def published(slack: PracticeSlack, person: Person, act: Callable[[], object]) -> list[float]:
    """How long it takes, each time that somebody does it, until their Home is another."""
    times = []
    for _ in range(COMMANDS):
        before = slack.workspace.homes[person.id].hash
        began = time.perf_counter()
        act()
        slack.wait_for(lambda before=before: slack.workspace.homes[person.id].hash != before)
        times.append(1000 * (time.perf_counter() - began))
    return sorted(times)


def started() -> float:
    began = time.perf_counter()
    command = [sys.executable, "-m", "bot", "demo", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while "open at" not in process.stdout.readline():
            pass
        took = time.perf_counter() - began
        process.terminate()
    return took


def typed(page: Page, what: str) -> None:
    times = sorted(page.evaluate(TYPE, "/partner show riverside") for _ in range(COMMANDS))
    say(what, spread(times))


def spread(times: list[float]) -> str:
    return f"median {median(times):.0f} ms, 95th percentile {times[int(0.95 * COMMANDS)]:.0f} ms"


def ms(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"


def say(what: str, figure: str) -> None:
    sys.stdout.write(f"{what}: {figure}\n")


if __name__ == "__main__":
    main()
