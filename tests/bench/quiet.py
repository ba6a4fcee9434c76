"""A Slack that takes everything at once and says nothing."""

from collections.abc import Collection
from datetime import datetime

from bot.domain.member import Profile
from bot.domain.message import Message
from bot.domain.messenger import Sent, Span
from tests.bench.seed import NOW


class Quiet:
    """A Messenger that counts."""

    def __init__(self) -> None:
        self.count = 0

    def profile(self, _workspace: str, member: str) -> Profile | None:
        raise AssertionError(f"the profile of {member} is known")

    def undisturbed(
        self, _workspace: str, _members: Collection[str], _now: datetime
    ) -> dict[str, Span | None]:
        return {}

    def send(self, _workspace: str, member: str, _message: Message, _delivery_id: str) -> Sent:
        self.count += 1
        return Sent(f"D{member}", f"{self.count}.0")

    def find(self, _workspace: str, _member: str, _delivery_id: str) -> Sent | None:
        return None

    def edit(self, _workspace: str, _sent: Sent, _message: Message, _delivery_id: str) -> None:
        self.count += 1


class Still:
    """A clock that stands."""

    def now(self) -> datetime:
        return NOW
