"""What the bot asks of Slack when it speaks by itself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.member import Profile, Span
from bot.domain.message import Message


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message stands; `rows` are the ids of the reminders that it shows."""

    channel: str
    ts: str
    rows: tuple[int, ...] = ()


class Messenger(Protocol):
    """Talks to Slack; every method may raise Retryable, Uncertain or Permanent."""

    def profile(self, workspace: str, member: str) -> Profile | None:
        """Return what Slack says of a person, or None when it knows nobody by that id."""

    def undisturbed(
        self, workspace: str, members: Collection[str], now: datetime
    ) -> Mapping[str, Span | None]:
        """Return the do-not-disturb times of people that go on at `now` or come next.

        Only of those of whom Slack tells, and was not asked a moment ago. Raises nothing.
        """

    def send(self, workspace: str, member: str, message: Message, delivery_id: str) -> Sent:
        """Post `message`, marked with the opaque `delivery_id`, to a person's direct messages.

        Where `member` is the id of a channel, it is posted there.
        """

    def find(self, workspace: str, member: str, delivery_id: str) -> Sent | None:
        """Look among the newest direct messages for the one marked with `delivery_id`.

        Raises Permanent for a channel: we ask for no right to read one.
        """

    def obstacle(self, workspace: str, channel: str) -> str | None:
        """Return why figures are not to be posted in a channel (see `domain.digest`), or None."""

    def edit(self, workspace: str, sent: Sent, message: Message, delivery_id: str) -> None:
        """Replace a message that was sent."""
