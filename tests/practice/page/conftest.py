"""A headless Chromium for each module, and pages that must not complain."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.practice import Channel, Person, PracticeSlack
from bot.practice.page import Show, mount

from .chromium import MISSING, PATH, chromium

PATIENCE_MS = 60_000

Visit = Callable[..., Page]


# Not for the whole session: while it runs, Playwright keeps a loop running in this thread, in which
# other modules' tests could start none of their own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if PATH is None:
        pytest.skip(MISSING)
    expect.set_options(timeout=PATIENCE_MS)
    with chromium() as running:
        yield running


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
