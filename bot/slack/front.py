"""What all listeners share, and work that outlasts the acknowledgement."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot.commands.request import Context, Request, identify
from bot.domain.clock import Clock
from bot.errors import UserError
from bot.slack.apology import apology
from bot.slack.home import Homes
from bot.slack.later import Later
from bot.slack.messenger import SlackMessenger
from bot.slack.metrics import Metrics
from bot.slack.response_url import respond
from bot.slack.sender import Sender
from bot.slack.tokens import Tokens
from bot.store import Store

NOT_CONNECTED = (
    "Rapport isn't connected to this workspace just now. Nothing was saved; please try again in "
    "a minute, and if it goes on, tell whoever runs Rapport."
)


@dataclass(frozen=True, slots=True)
class Front:
    """The door of all workspaces: who may come in, and by what means they are answered."""

    tokens: Tokens
    store: Store
    messenger: SlackMessenger
    clock: Clock
    metrics: Metrics
    pool: Later
    homes: Homes

    @property
    def context(self) -> Context:
        """What commands may reach."""
        return Context(self.store, self.messenger)

    def request(self, sender: Sender, key: str, channel: str | None = None) -> Request:
        """Return the request of a person; raises UserError for whoever may not come in."""
        if sender.team not in self.tokens:
            raise UserError(NOT_CONNECTED)
        now = self.clock.now()
        return identify(self.context, sender.team, sender.user, now, key, channel)

    def later(self, url: str, work: Callable[[], object], typed: str = "") -> bool:
        """Work after the acknowledgement; what goes wrong is said through the response_url.

        False when too much waits already, and nothing was done.
        """
        return self.pool.do(partial(_work, url, work, typed))

    def say_later(self, url: str, work: Callable[[], object]) -> None:
        """Say what was done, after the acknowledgement; before it when too much waits already."""
        if not self.later(url, work):
            _work(url, work, "")


def _work(url: str, work: Callable[[], object], typed: str) -> None:
    try:
        work()
    except Exception as error:  # noqa: BLE001 - the pool would swallow it, and nobody would know
        respond(url, apology(error, typed))


def in_background(pool: Later) -> Callable[[Callable[[], None]], None]:
    """Return what has work done by a pool, that nobody waits for; its errors go to the log."""

    def later(work: Callable[[], None]) -> None:
        # Where too much waits already, whoever brings more does it.
        if not pool.do(partial(_quietly, work)) and not pool.is_stopped:
            _quietly(work)

    return later


def _quietly(work: Callable[[], None]) -> None:
    try:
        work()
    except Exception as error:  # noqa: BLE001 - the pool would swallow it, and nobody would know
        apology(error)
