"""The way to the other pages of a list: nothing is left out without a word."""

from bot.domain.home import Item, Page
from bot.domain.message import Button, Control, Controls, Part, Small

TURN = "home_page"


def pager(page: Page[Item], name: str, what: str) -> list[Part]:
    """Return where in a list a page is, and the buttons that turn it; nothing for a single page.

    `what` are the items, as in "waiting" or "partners".
    """
    if page.total <= page.size:
        return []
    last = min(page.first + page.size, page.total)
    more = f", and {page.after:,} more" if page.after else ""
    where = Small(f"{page.first + 1:,} to {last:,} of {page.total:,}{more}")
    return [where, Controls((*_back(page, name, what), *_on(page, name, what)))]


def _back(page: Page[Item], name: str, what: str) -> tuple[Control, ...]:
    if not page.number:
        return ()
    return (Button("Back", TURN, f"{name}:{page.number - 1}", f"Back: {what}"),)


def _on(page: Page[Item], name: str, what: str) -> tuple[Control, ...]:
    if not page.after:
        return ()
    count = min(page.after, page.size)
    return (Button(f"Next {count}", TURN, f"{name}:{page.number + 1}", f"Next {count}: {what}"),)
