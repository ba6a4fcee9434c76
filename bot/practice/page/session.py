"""One open page: what it looks at, and what it has to be told.

An update is a list of operations that page.js carries out:

    ["html", slot, html]        a slot's new contents
    ["list", slot, html]        the same for a list that grows; it scrolls to its end
    ["item", slot, id, html]    a line of a list, new or changed
    ["drop", id]                a line that is gone
    ["modal", html]             the modal on top; "" when there is none
    ["toast", text]             something that Slack would show in passing
    ["offers", id, options]     what a type-ahead menu offers
    ["fill", text]              what is typed for the visitor
    ["payload", id, html]       what one line of the inspector is about
"""

from datetime import date
from typing import Any

from bot.practice.page import moves, render, sidebar, wire
from bot.practice.page.reader import Reader, clock_time
from bot.practice.page.show import DM, HOME, Show
from bot.practice.records import Message, Person

Op = list[Any]
AT_FIRST, EARLIER = 60, 100
NO_HOME = '<p class="quiet">This app has not published a Home tab yet.</p>'


class Session:
    """Whom the visitor acts as, where they are, and what their page shows already."""

    def __init__(self, show: Show) -> None:
        self.show = show
        cast = show.cast() or [show.slack.add_user("you", "You", is_admin=True)]
        self.user: Person = cast[0]
        self.place = DM
        self.is_watching_wire = False
        self._slots: dict[str, str] = {}
        self._shown: dict[str, object] = {}
        self._count = AT_FIRST
        self._is_fresh = True
        self._day: date | None = None
        self._wire_seen: tuple[int, int] = (0, 0)
        self._under_way: set[str] = set()

    @property
    def reader(self) -> Reader:
        return Reader(self.show.workspace, self.user)

    @property
    def channel(self) -> str:
        return self.show.channel_of(self.user.id, self.place)

    def look(self, user: Person, place: str) -> None:
        """Act as somebody, somewhere they may be; else in their direct messages."""
        with self.show.workspace.changed:
            self.user = user
            self.place = place if self.show.is_open_to(user.id, place) else DM
            self._count, self._is_fresh = AT_FIRST, True

    def look_further_back(self) -> None:
        with self.show.workspace.changed:
            self._count += EARLIER
            self._is_fresh = True

    def watch_wire(self, is_on: bool) -> None:
        with self.show.workspace.changed:
            self.is_watching_wire = is_on
            self._wire_seen = (0, 0)

    def update(self) -> list[Op]:
        """Return what changed since the last time."""
        with self.show.workspace.changed:
            body = self._home() if self.place == HOME else self._messages()
            slots = [
                self._html("clock", clock_words(self.reader)),
                self._html("play", "⏸ Pause" if self.show.is_playing else moves.WORDS["play"]),
                self._html("place", self._place_name()),
                self._html("sidebar", sidebar.html(self.show, self.reader, self.place)),
                self._html("tour", render.page("tour.html", steps=self.show.steps())),
            ]
            return [*body, *(op for op in slots if op), *self._modal(), *self._wire()]

    def _html(self, slot: str, html: str) -> Op | None:
        if self._slots.get(slot) == html:
            return None
        self._slots[slot] = html
        return ["html", slot, html]

    def _place_name(self) -> str:
        app = self.show.workspace.bot.real_name
        apart = {DM: f"{app}, messages", HOME: f"{app}, Home"}
        name = apart.get(self.place) or f"#{self.show.workspace.channels[self.place].name}"
        return render.page("place.html", name=name, user=self.user.real_name)

    def _home(self) -> list[Op]:
        view = self.show.workspace.homes.get(self.user.id)
        html = render.view(view, self.reader) if view else NO_HOME
        self._shown.clear()
        first: list[Op] = [["html", "earlier", ""], ["list", "messages", ""]]
        ops = first if self._is_fresh else []
        self._is_fresh = False
        home = self._html("home", html)
        return [*ops, home] if home else ops

    def _messages(self) -> list[Op]:
        everything = list(self.show.workspace.seen_in(self.channel, self.user.id))
        if everything:
            self.show.read(self.user.id, self.channel, everything[-1].ts)
        if self._is_fresh or self._day != self.reader.now.date():
            return self._from_scratch(everything)
        known = [i for i, message in enumerate(everything) if message.ts in self._shown]
        first = known[0] if known else 0
        now = {message.ts: message for message in everything[first:]}
        gone: list[Op] = [["drop", "m" + ts] for ts in self._shown if ts not in now]
        changed: list[Op] = [
            ["item", "messages", "m" + one.ts, self._draw(everything, first + i)]
            for i, one in enumerate(now.values())
            if self._shown.get(one.ts) != _version(one)
        ]
        self._shown = {ts: _version(message) for ts, message in now.items()}
        return [*gone, *changed]

    def _from_scratch(self, everything: list[Message]) -> list[Op]:
        first = max(0, len(everything) - self._count)
        drawn = "".join(self._draw(everything, i) for i in range(first, len(everything)))
        self._shown = {message.ts: _version(message) for message in everything[first:]}
        self._is_fresh = False
        # "Today" is another day tomorrow.
        self._day = self.reader.now.date()
        self._slots.pop("home", None)
        earlier = render.page("earlier.html", count=first)
        return [["html", "home", ""], ["html", "earlier", earlier], ["list", "messages", drawn]]

    def _draw(self, everything: list[Message], index: int) -> str:
        previous = everything[index - 1] if index else None
        offered = self.show.message_shortcuts
        return render.message(everything[index], self.reader, previous, offered)

    def _modal(self) -> list[Op]:
        stack = self.show.workspace.stacks.get(self.user.id, [])
        html = render.view(stack[-1], self.reader, len(stack)) if stack else ""
        if self._slots.get("modal", "") == html:
            return []
        self._slots["modal"] = html
        return [["modal", html]]

    def _wire(self) -> list[Op]:
        if not self.is_watching_wire:
            return []
        workspace, reader = self.show.workspace, self.reader
        is_first = self._wire_seen == (0, 0)
        again = [(one, wire.find(workspace, one)) for one in self._under_way]
        new = wire.entries(workspace, *self._wire_seen)
        entries = [*(one for one in again if _has_ended(one[1])), *new]
        self._wire_seen = (len(workspace.calls), len(workspace.deliveries))
        self._under_way = {i for i, one in [*again, *new] if not _has_ended(one)}
        if is_first:
            entries = entries[-wire.SHOWN :]
            return [["list", "wire", "".join(wire.summary(one, reader) for one in entries)]]
        return [["item", "wire", one[0], wire.summary(one, reader)] for one in entries]


def clock_words(reader: Reader) -> str:
    now = reader.now
    return f"{now:%a, %b} {now.day}, {clock_time(now)}"


def _version(message: Message) -> tuple[str | None, int]:
    return message.edited_ts, len(message.history)


def _has_ended(record: object) -> bool:
    return getattr(record, "outcome", "") != "under way"
