"""A headless Chromium, once a worker, and pages that must not complain."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bot.practice import Channel, Person, PracticeSlack
from bot.practice.page import Show, mount

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for path in map(shutil.which, NAMES) if path), None)
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    # Emptier processes start sooner.
    *("--disable-extensions", "--disable-dev-shm-usage", "--mute-audio"),
)
PATIENCE_MS = 20_000

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium found, so the page was not tried: apt-get install -y chromium")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open the page of a practice Slack; what its console complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def opened(slack: PracticeSlack, who: str = "", at: str = "", **options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        start = f"#{who}/{at}" if who else ""
        page.goto(f"http://127.0.0.1:{slack.port}/{start}")
        expect(page.locator("nav [aria-current=page]")).to_be_attached()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def slack() -> Iterator[PracticeSlack]:
    running = PracticeSlack(event_retries=())
    mount(running.server.app, Show(running, commands={"/partner": "called riverside"}))
    with running:
        yield running


@pytest.fixture
def dana(slack: PracticeSlack) -> Person:
    return slack.add_user("dana", "Dana Reyes", tz="America/Chicago")


@pytest.fixture
def lee(slack: PracticeSlack) -> Person:
    return slack.add_user("lee", "Lee Park")


@pytest.fixture
def general(slack: PracticeSlack, dana: Person, lee: Person) -> Channel:
    return slack.add_channel("general", [dana, lee])
