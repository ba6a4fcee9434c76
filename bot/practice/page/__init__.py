"""The practice workspace in a browser: one page, drawn here, kept alive over a web socket.

show       the page of one workspace: who is in the cast, what was read, the tour, the clock
routes     the aiohttp routes
session    one open page: what it looks at, and what changed since it was last told
acts       what a visitor can do, one function each, one table
given_by   what the browser names and gives, as the workspace knows it
sidebar    people, channels, unread counts
moves      where the clock can be moved to
render     messages, modals and the rest as HTML, with the templates
mrkdwn, dates, richtext, chart, wire     parts of it
"""

from bot.practice.page.routes import mount
from bot.practice.page.show import Show, Step

__all__ = ["Show", "Step", "mount"]
