"""Take the pictures of the README: python -m tests.practice.page.screenshots FOLDER."""

import sys
from pathlib import Path

from playwright.sync_api import Page, expect

from bot.demo.play import opened

from .chromium import chromium
from .test_demo import let_type

SIZE = {"width": 1180, "height": 720}
MOST_BYTES = 200_000
PATIENCE_MS = 20_000


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE_MS)
    with opened(0) as slack, chromium() as browser:
        page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
        page.goto(f"http://127.0.0.1:{slack.port}/")
        morning(page)
        page.screenshot(path=folder / "morning.png")
        stats(page)
        page.screenshot(path=folder / "stats.png")
        home(page)
        page.screenshot(path=folder / "home.png")
    for picture in folder.glob("*.png"):
        assert picture.stat().st_size < MOST_BYTES, picture


def morning(page: Page) -> None:
    """Ana logs a call; then her list for the day arrives."""
    let_type(page, 1)
    page.keyboard.press("Enter")
    expect(page.locator("article.ephemeral")).to_be_visible()
    page.get_by_role("button", name="Next working morning").click()
    expect(page.locator("article", has_text="Good morning, Ana")).to_be_visible()
    page.mouse.move(0, 0)


def stats(page: Page) -> None:
    """Maya looks at the figures in the team's channel, with the inspector open."""
    let_type(page, 6)
    expect(page.locator("#place")).to_contain_text("#partners as Maya Torres")
    page.get_by_role("button", name="Inspector").click()
    page.get_by_label("Message", exact=True).press("Enter")
    expect(page.locator("article svg").first).to_be_visible()
    page.locator("#wire").evaluate("(wire) => wire.lastElementChild.scrollIntoView()")
    page.locator("article svg").first.evaluate("(chart) => chart.scrollIntoView({block: 'center'})")
    page.mouse.move(0, 0)


def home(page: Page) -> None:
    """Ana opens Home the next morning: what waits, and her partners."""
    page.get_by_role("button", name="Inspector").click()
    page.get_by_role("button", name="Ana Silva").click()
    page.get_by_role("button", name="Rapport, Home").click()
    expect(page.locator("#home")).to_contain_text("My partners")
    page.locator("#scroll").evaluate("(scroll) => scroll.scrollTo(0, 0)")
    page.mouse.move(0, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
