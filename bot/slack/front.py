"""What all listeners share, and work that outlasts the acknowledgement."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bot.commands.request import NOT_FOR_GUESTS, Context, Request, identify
from bot.domain.clock import Clock
from bot.errors import UserError
from bot.slack.apology import apology
from bot.slack.messenger import SlackMessenger
from bot.slack.metrics import Metrics
from bot.slack.response_url import respond
from bot.store import Store


@dataclass(frozen=True, slots=True)
class Front:
    """One workspace's door: who may come in, and by what means they are answered."""

    workspace: str
    store: Store
    messenger: SlackMessenger
    clock: Clock
    metrics: Metrics
    pool: ThreadPoolExecutor

    @property
    def context(self) -> Context:
        """What commands may reach."""
        return Context(self.store, self.messenger)

    def request(self, team: str, user: str, key: str, channel: str | None) -> Request:
        """Return the request of a person; raises UserError for guests and people from outside."""
        if team != self.workspace:
            raise UserError(NOT_FOR_GUESTS)
        return identify(self.context, team, user, self.clock.now(), key, channel)

    def later(self, url: str, work: Callable[[], object], typed: str = "") -> None:
        """Work after the acknowledgement; what goes wrong is said through the response_url."""
        self.pool.submit(_work, url, work, typed)


def _work(url: str, work: Callable[[], object], typed: str) -> None:
    try:
        work()
    except Exception as error:  # noqa: BLE001 - the pool would swallow it, and nobody would know
        respond(url, apology(error, typed))
