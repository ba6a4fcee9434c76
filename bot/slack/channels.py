"""In which channel a person reads the bot: Slack allows some fifty questions a minute about it.

https://docs.slack.dev/reference/methods/conversations.open: tier 3, for each workspace.
"""

from collections.abc import Callable
from contextlib import suppress

from bot.errors import NotSaved
from bot.store import Store, dm


class Channels:
    """Channels of direct messages: asked for once ever, or once a process without a store."""

    def __init__(self, store: Store | None = None) -> None:
        self._store = store
        self._known: dict[tuple[str, str], str] = {}

    def of(self, workspace: str, member: str, ask: Callable[[], str]) -> str:
        """Return a person's channel; `ask` has Slack say which it is."""
        key = workspace, member
        if key not in self._known:
            found = self._kept(workspace, member)
            if found is None:
                found = ask()
                self._keep(workspace, member, found)
            self._known[key] = found
        return self._known[key]

    def forget(self, workspace: str, member: str) -> None:
        """Have Slack be asked anew, because it refused what was said there."""
        if self._known.pop((workspace, member), None):
            self._keep(workspace, member, None)

    def _kept(self, workspace: str, member: str) -> str | None:
        if self._store:
            with suppress(NotSaved), self._store.read(workspace) as tx:
                return dm.channel(tx, member)
        return None

    def _keep(self, workspace: str, member: str, channel: str | None) -> None:
        if self._store:
            with suppress(NotSaved), self._store.begin() as connection:
                dm.keep(connection, workspace, member, channel)
