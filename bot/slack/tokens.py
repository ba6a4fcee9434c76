"""Whose bot token is whose: the small store behind Bolt's `authorize`.

They come from the environment, stay in memory and never touch the database. Where people install
the app by themselves (OAuth), a store of encrypted tokens takes this one's place: it has to answer
`of` and `in`, and nothing else changes.
"""

from collections.abc import Iterator
from threading import Lock

from bot.errors import Retryable

# How long to leave a workspace alone whose token is not known here, or not yet.
ASK_AGAIN_SECONDS = 60.0


class Tokens:
    """Bot tokens by workspace; any thread may ask or add."""

    def __init__(self) -> None:
        self._of: dict[str, str] = {}
        self._lock = Lock()

    def __contains__(self, workspace: object) -> bool:
        return workspace in self._of

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._of))

    def __len__(self) -> int:
        return len(self._of)

    def of(self, workspace: str) -> str:
        """Return the token of a workspace; Retryable where none is known."""
        try:
            return self._of[workspace]
        except KeyError:
            raise Retryable("no_token", after=ASK_AGAIN_SECONDS) from None

    def add(self, workspace: str, token: str) -> bool:
        """Keep a token; False when the workspace has another one, which stays."""
        with self._lock:
            return self._of.setdefault(workspace, token) == token
