"""The browser that is on this machine."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATH = next((path for path in map(shutil.which, NAMES) if path), None)
MISSING = "no Chromium found, so the page was not tried: apt-get install -y chromium"
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-extensions", "--disable-dev-shm-usage", "--mute-audio"),
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run it, headless, with a profile of its own."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=PATH, args=ARGUMENTS)
        yield running
        running.close()
