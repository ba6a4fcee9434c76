"""People who type and press without Slack between, and a messenger whose state can be seen."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from bot.commands.dispatch import answer, press, submit
from bot.commands.form import Submitted
from bot.commands.request import Context, OpenForm, identify
from bot.domain.digest import is_channel
from bot.domain.member import Profile, Span
from bot.domain.message import Button, Control, Controls, Menu, Message, Row
from bot.domain.messenger import Sent
from bot.errors import Permanent, UserError
from bot.store import Store

TEAM = "T1"
ZONE = "America/New_York"


@dataclass
class Post:
    """One message as the inbox holds it."""

    member: str
    delivery_id: str
    message: Message
    rows: tuple[int, ...]
    ts: str
    edits: int = 0


@dataclass
class Inbox:
    """A Messenger that keeps what it was given; `failing` is raised before, `cut` after a post."""

    profiles: dict[str, Profile] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    failing: list[Exception] = field(default_factory=list)
    cut: list[Exception] = field(default_factory=list)
    asked: int = 0
    obstacles: dict[str, str] = field(default_factory=dict)
    silences: dict[str, Span | None] = field(default_factory=dict)

    def profile(self, _workspace: str, member: str) -> Profile | None:
        self.asked += 1
        return self.profiles.get(member)

    def undisturbed(
        self, _workspace: str, members: Collection[str], _now: datetime
    ) -> dict[str, Span | None]:
        return {user: span for user, span in self.silences.items() if user in members}

    def send(self, _workspace: str, member: str, message: Message, delivery_id: str) -> Sent:
        if self.failing:
            raise self.failing.pop(0)
        rows = tuple(part.id for part in message.parts if isinstance(part, Row) and part.id)
        post = Post(member, delivery_id, message, rows, f"{len(self.posts) + 1}.0")
        self.posts.append(post)
        if self.cut:
            raise self.cut.pop(0)
        return Sent(f"D{member}", post.ts)

    def find(self, _workspace: str, member: str, delivery_id: str) -> Sent | None:
        if is_channel(member):
            raise Permanent("unreadable_channel")
        for post in self.posts:
            if (post.member, post.delivery_id) == (member, delivery_id):
                return Sent(f"D{member}", post.ts, post.rows)
        return None

    def obstacle(self, _workspace: str, channel: str) -> str | None:
        return self.obstacles.get(channel)

    def edit(self, _workspace: str, sent: Sent, message: Message, delivery_id: str) -> None:
        if self.failing:
            raise self.failing.pop(0)
        post = next(one for one in self.posts if one.ts == sent.ts)
        assert post.delivery_id == delivery_id
        post.message = message
        post.edits += 1

    def to(self, member: str) -> list[Post]:
        return [post for post in self.posts if post.member == member]


@dataclass
class Team:
    """The people of the workspace T1, typing and pressing at `now`."""

    store: Store
    inbox: Inbox
    now: datetime
    count: int = 0

    @property
    def context(self) -> Context:
        return Context(self.store, self.inbox)

    def key(self) -> str:
        self.count += 1
        return f"trigger-{self.count}"

    def says(self, user: str, text: str, key: str | None = None) -> Message:
        try:
            request = identify(self.context, TEAM, user, self.now, key or self.key(), "C1")
        except UserError as error:
            from bot.domain.message import say

            return say(str(error))
        return answer(text, request, self.context)

    def sends_in(
        self, user: str, form: OpenForm, /, in_dm: bool = False, key: str | None = None, **put: str
    ) -> Message | None:
        """Fill in a form that was opened, with `put` over what stands in it, and send it in."""
        from dataclasses import replace

        request = identify(self.context, TEAM, user, self.now, key or self.key())
        filled = Submitted(form.name, {**form.prefill, **put}, form.about)
        return submit(filled, replace(request, is_redrawn=in_dm), self.context)

    def presses(
        self, user: str, message: Message, label: str, in_dm: bool = False
    ) -> Message | None:
        control, value = find_control(message, label)
        return self.press_value(user, control.action, value, in_dm)

    def press_value(
        self, user: str, action: str, value: str, in_dm: bool = False
    ) -> Message | None:
        from dataclasses import replace

        request = identify(self.context, TEAM, user, self.now, self.key(), "C1")
        return press(action, value, replace(request, is_redrawn=in_dm), self.context)


def controls(message: Message | OpenForm) -> list[Control]:
    found: list[Control] = []
    if isinstance(message, OpenForm):
        return found
    for part in message.parts:
        if isinstance(part, Controls | Row):
            found.extend(part.controls)
    return found


def find_control(message: Message, label: str) -> tuple[Control, str]:
    """The control that reads `label`, or the option of a menu that does, and what it carries."""
    for control in controls(message):
        if isinstance(control, Button) and control.text == label:
            return control, control.value
        if isinstance(control, Menu):
            for text, value in control.options:
                if text == label:
                    return control, value
    raise AssertionError(f"no {label!r} in {[c.text for c in controls(message)]}")
