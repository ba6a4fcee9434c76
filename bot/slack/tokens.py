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
# https://docs.slack.dev/reference/methods/auth.test#errors: whatever is called, it ends like this.
REFUSED = frozenset(
    {"not_authed", "invalid_auth", "account_inactive", "token_revoked", "token_expired"}
)


class Tokens:
    """Bot tokens by workspace; any thread may ask or add."""

    def __init__(self) -> None:
        self._of: dict[str, str] = {}
        self._refused: dict[str, str] = {}
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

    def refused(self) -> str | None:
        """Return why Slack takes none of the tokens, as it said last; None where it takes one."""
        reasons = [self._refused.get(workspace) for workspace in self]
        return reasons[0] if all(reasons) and reasons else None

    def working(self) -> int:
        """Return how many workspaces have a token that Slack took when it was last used."""
        return sum(workspace not in self._refused for workspace in self)

    def note(self, workspace: str, result: str) -> None:
        """Keep in mind how a call for a workspace ended: ok, or the reason of its error."""
        if result in REFUSED:
            self._refused[workspace] = result
        elif result == "ok":
            self._refused.pop(workspace, None)

    def add(self, workspace: str, token: str) -> bool:
        """Keep a token; False when the workspace has another one, which stays."""
        with self._lock:
            return self._of.setdefault(workspace, token) == token
