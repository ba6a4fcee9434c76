"""What all open pages of one workspace share."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.practice.driver import PracticeSlack
from bot.practice.page import moves
from bot.practice.page.reader import Reader
from bot.practice.records import Message, Person
from bot.practice.state import Workspace

HOME, DM = "home", "dm"


@dataclass(frozen=True)
class Step:
    """A step of the guided tour: who does it where, and how to see that it was done.

    `text` is typed for the visitor on demand; `at` is a channel's name, "dm" or "home".
    """

    words: str
    is_done: Callable[[Workspace], bool]
    user: str = ""
    at: str = DM
    text: str = ""


@dataclass
class Show:
    """A workspace on a page; `roles` names the cast in order, `commands` are usage hints.

    `shortcuts` and `message_shortcuts` are what the app's manifest offers: callback_id -> name.
    """

    slack: PracticeSlack
    roles: Mapping[str, str] = field(default_factory=dict)
    commands: Mapping[str, str] = field(default_factory=lambda: {"/partner": ""})
    tour: Sequence[Step] = ()
    start: tuple[str, str] = ("", DM)
    is_working_day: moves.IsWorkingDay = moves.is_weekday
    is_playing: bool = False
    shortcuts: Mapping[str, str] = field(default_factory=dict)
    message_shortcuts: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.read_to: dict[tuple[str, str], float] = {}
        self.done: set[int] = set()
        # The loop holds tasks only weakly.
        self.playing: asyncio.Task[None] | None = None

    @property
    def workspace(self) -> Workspace:
        return self.slack.workspace

    def cast(self) -> list[Person]:
        """Everybody a visitor can act as, those with a role first."""
        people = [p for p in self.workspace.people.values() if not (p.is_bot or p.deleted)]
        ranks = {user: i for i, user in enumerate(self.roles)}
        return sorted(people, key=lambda person: ranks.get(person.id, len(ranks)))

    def channel_of(self, user: str, place: str) -> str:
        """Return the id of what stands at a place: "dm" is the person's own."""
        return self.workspace.open_im(user).id if place == DM else place

    def is_open_to(self, user: str, place: str) -> bool:
        channel = self.workspace.channels.get(place)
        return place in (HOME, DM) or bool(channel and user in channel.members)

    def unread(self) -> dict[tuple[str, str], int]:
        """Count what each person has not seen in each channel."""
        counts: dict[tuple[str, str], int] = {}
        for message in self.workspace.messages:
            for user in self._readers(message):
                if float(message.ts) > self.read_to.get((user, message.channel), 0.0):
                    counts[user, message.channel] = counts.get((user, message.channel), 0) + 1
        return counts

    def _readers(self, message: Message) -> list[str]:
        if message.deleted or message.is_ephemeral:
            return []
        members = self.workspace.channels[message.channel].members
        return [user for user in members if user != message.user]

    def read(self, user: str, channel: str, ts: str) -> None:
        self.read_to[user, channel] = float(ts)

    def move(self, name: str, user: Person) -> None:
        """Move the clock for everybody, as it stands on this person's wall."""
        now = Reader(self.workspace, user).now
        ahead = moves.target(name, now, self.is_working_day) - now
        self.slack.advance(ahead.total_seconds())

    async def play(self) -> None:
        """Let an hour pass each second, or as fast as can be followed, until somebody stops it."""
        self.is_playing = True
        while self.is_playing:
            self.slack.advance(moves.PLAY_STEP.total_seconds())
            await asyncio.sleep(moves.PLAY_SECONDS)
            await asyncio.to_thread(self.slack.clock.let_work)

    def stop_playing(self) -> None:
        self.is_playing = False
        self.workspace.tell()

    def steps(self) -> list[dict[str, object]]:
        """Return the tour with what was done; done stays done."""
        for number, step in enumerate(self.tour):
            if number not in self.done and step.is_done(self.workspace):
                self.done.add(number)
        return [
            {"words": one.words, "text": one.text, "user": one.user, "is_done": i in self.done}
            for i, one in enumerate(self.tour)
        ]
