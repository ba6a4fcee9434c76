"""The workspace: who is there, what was said; nothing about how it is sent."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

from bot.practice.records import (
    Call,
    Channel,
    Delivery,
    Hook,
    Json,
    Message,
    Person,
    Trigger,
    Version,
    View,
)

BOT_NAME = "rapport"


class MissingError(LookupError):
    """A name or id that the workspace does not know."""


class Workspace:
    """One Slack team. Hold `changed` (a condition) to read several things at once."""

    def __init__(self, team_id: str, name: str, domain: str, clock: Callable[[], float]) -> None:
        self.team_id, self.name, self.domain = team_id, name, domain
        self.app_id = "A" + team_id[1:]
        self.bot_id = "B" + team_id[1:]
        self.clock = clock
        self.changed = threading.Condition(threading.RLock())
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: list[Message] = []
        self.views: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.stacks: dict[str, list[View]] = {}
        self.triggers: dict[str, Trigger] = {}
        self.hooks: dict[str, Hook] = {}
        self.calls: list[Call] = []
        self.deliveries: list[Delivery] = []
        self.listeners: set[Callable[[], None]] = set()
        self._numbers: dict[str, int] = {}
        self._last_tick = 0
        self.bot = self.add_person(BOT_NAME, is_bot=True)

    def next_id(self, letter: str) -> str:
        with self.changed:
            self._numbers[letter] = self._numbers.get(letter, 0) + 1
            return f"{letter}{self.team_id[-4:]}{self._numbers[letter]:05d}"

    def next_ts(self) -> str:
        """A time stamp as Slack's: unique and increasing even when the clock stands."""
        with self.changed:
            self._last_tick = max(self._last_tick + 1, int(self.clock() * 1_000_000))
            seconds, micros = divmod(self._last_tick, 1_000_000)
            return f"{seconds}.{micros:06d}"

    def tell(self) -> None:
        """Wake everybody who waits for something to become true."""
        with self.changed:
            self.changed.notify_all()
            for listener in list(self.listeners):
                listener()

    def wait_for(self, predicate: Callable[[], Any], timeout: float) -> Any:
        """The first true answer of `predicate`, or its last answer when time is up."""
        with self.changed:
            return self.changed.wait_for(predicate, timeout)

    def add_person(self, name: str, real_name: str = "", **facts: Any) -> Person:
        with self.changed:
            facts.setdefault("team_id", self.team_id)
            facts.setdefault("updated", int(self.clock()))
            user_id = facts.pop("id", None) or self.next_id("U")
            facts.setdefault("email", f"{name}@{self.domain}.example")
            person = Person(user_id, name, real_name or name.replace(".", " ").title(), **facts)
            self.people[person.id] = person
            self.tell()
            return person

    def add_channel(self, name: str, members: set[str], **facts: Any) -> Channel:
        with self.changed:
            channel_id = facts.pop("id", None) or self.next_id("C")
            channel = Channel(channel_id, name, members, created=int(self.clock()), **facts)
            self.channels[channel.id] = channel
            self.tell()
            return channel

    def open_im(self, user: str) -> Channel:
        """The direct message between the bot and a person, made on first use."""
        with self.changed:
            for channel in self.channels.values():
                if channel.is_im and channel.members == {user, self.bot.id}:
                    return channel
            return self.add_channel("", {user, self.bot.id}, id=self.next_id("D"), is_im=True)

    def person(self, who: "Person | str") -> Person:
        """A person by themselves, id, or name with or without @."""
        if isinstance(who, Person):
            return who
        name = who.removeprefix("@")
        for person in self.people.values():
            if name in (person.id, person.name):
                return person
        raise MissingError(f"nobody is called {who}")

    def channel(self, where: "Channel | str") -> Channel:
        """A channel by itself, id, or name with or without #."""
        if isinstance(where, Channel):
            return where
        name = where.removeprefix("#")
        for channel in self.channels.values():
            if name and name in (channel.id, channel.name):
                return channel
        raise MissingError(f"no channel is called {where}")

    def post(self, channel: str, user: str, text: str, **facts: Any) -> Message:
        with self.changed:
            facts.setdefault("by_bot", user == self.bot.id)
            message = Message(channel, self.next_ts(), user, text, **facts)
            self.messages.append(message)
            self.tell()
            return message

    def edit(self, message: Message, text: str, blocks: list[Json]) -> None:
        with self.changed:
            message.history.append(Version(message.text, message.blocks, self.clock()))
            message.text, message.blocks, message.edited_ts = text, blocks, self.next_ts()
            self.tell()

    def delete(self, message: Message) -> None:
        with self.changed:
            message.deleted = True
            self.tell()

    def seen_in(self, channel: str, viewer: str | None = None) -> Iterator[Message]:
        """Messages of a channel, oldest first; ephemeral ones only for their reader."""
        for message in list(self.messages):
            if message.channel != channel or message.deleted:
                continue
            if message.visible_to in (None, viewer):
                yield message

    def message_at(self, channel: str, ts: str) -> Message | None:
        return next((m for m in self.seen_in(channel) if m.ts == ts), None)

    def new_trigger(self, user: str, view_id: str | None = None) -> Trigger:
        with self.changed:
            number = self.next_id("X")
            trigger = Trigger(f"{number}.{self.team_id}", user, self.clock(), view_id=view_id)
            self.triggers[trigger.id] = trigger
            return trigger

    def new_hook(self, user: str, channel: str, original: Message | None = None) -> Hook:
        with self.changed:
            hook = Hook(self.next_id("R"), user, channel, self.clock(), original)
            self.hooks[hook.id] = hook
            return hook

    def new_view(self, user: str, body: Json, previous: View | None = None) -> View:
        with self.changed:
            view_id = self.next_id("V")
            root = previous.root_id if previous else view_id
            before = previous.id if previous else None
            view = View(view_id, user, body, self.next_ts(), root, before)
            self.views[view.id] = view
            return view

    def change_view(self, view: View, body: Json) -> None:
        with self.changed:
            view.body, view.hash, view.errors = body, self.next_ts(), {}
            self.tell()

    def show(self, view: View, on_top: bool) -> None:
        """Put a modal on its person's screen, over the others or instead of them."""
        with self.changed:
            stack = self.stacks.setdefault(view.user, [])
            if not on_top:
                self.close_modals(view.user)
            stack.append(view)
            self.tell()

    def close_modals(self, user: str) -> None:
        with self.changed:
            for view in self.stacks.get(user, []):
                view.is_open = False
            self.stacks.get(user, []).clear()
            self.tell()

    def close_view(self, view: View) -> None:
        """Take a modal off the screen; the one below it shows again."""
        with self.changed:
            view.is_open = False
            stack = self.stacks.get(view.user, [])
            if view in stack:
                stack.remove(view)
            self.tell()
