"""The stage: start and stop, fill it with people, look at what happened, misbehave."""

from collections.abc import Callable, Collection
from types import TracebackType
from typing import Any, Self

from bot.practice.answer import PATIENCE
from bot.practice.clock import MovableClock
from bot.practice.faults import Fault
from bot.practice.records import Call, Channel, Delivery, Message, Person, View
from bot.practice.server import Server
from bot.practice.signed import SignedHttp
from bot.practice.state import Workspace

Who = Person | str
Where = Channel | str | None

ACK_TIMEOUT = 3.0
EVENT_RETRIES = (0.0, 60.0, 300.0)


class Stage:
    """Everything about PracticeSlack but what people do."""

    def __init__(
        self,
        port: int = 0,
        *,
        team_id: str = "T0PRACTICE",
        name: str = "Practice",
        bot_token: str = "xoxb-practice",  # noqa: S107
        app_token: str = "xapp-practice",  # noqa: S107
        signing_secret: str = "practice-secret",  # noqa: S107
        request_url: str | None = None,
        should_escape: bool = True,
        unsupported_blocks: Collection[str] = (),
        ack_timeout: float = ACK_TIMEOUT,
        event_retries: Collection[float] = EVENT_RETRIES,
        beside: "Stage | None" = None,
    ) -> None:
        self.clock: MovableClock = beside.clock if beside else MovableClock()
        self.workspace = Workspace(team_id, name, name.lower(), self.clock)
        self.bot_token, self.app_token = bot_token, app_token
        self.signing_secret, self.should_escape = signing_secret, should_escape
        self._port = port
        self.server: Server
        if beside:
            self.server = beside.server
            self.server.installed[bot_token] = self.workspace
            return
        self.server = Server(self.workspace, bot_token, app_token, ack_timeout, event_retries)
        self.server.unsupported.update(unsupported_blocks)
        if request_url:
            self.use_http(request_url)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> Self:
        self.server.start(self._port)
        return self

    def stop(self) -> None:
        self.server.stop()

    @property
    def port(self) -> int:
        return self.server.port

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/"

    @property
    def environment(self) -> dict[str, str]:
        """What the bot needs in its environment to talk to this workspace."""
        found = {"SLACK_API_URL": self.api_url, "SLACK_BOT_TOKEN": self.bot_token}
        if self.server.signed:
            return {**found, "SLACK_SIGNING_SECRET": self.signing_secret}
        return {**found, "SLACK_APP_TOKEN": self.app_token}

    def another(self, team_id: str, name: str, bot_token: str) -> Self:
        """Another workspace where the same app is installed: the same address, its own token."""
        return type(self)(
            team_id=team_id,
            name=name,
            bot_token=bot_token,
            app_token=self.app_token,
            signing_secret=self.signing_secret,
            should_escape=self.should_escape,
            beside=self,
        )

    def use_http(self, request_url: str) -> None:
        """From now on reach the bot by signed POSTs to this URL instead of Socket Mode."""
        timeout = self.server.link.ack_timeout
        self.server.signed = SignedHttp(request_url, self.signing_secret, timeout)

    # People and channels

    @property
    def bot(self) -> Person:
        return self.workspace.bot

    def add_user(self, name: str, real_name: str = "", **facts: Any) -> Person:
        """A person; facts are fields of Person (tz, email, deleted, is_restricted, ...)."""
        return self.workspace.add_person(name, real_name, **facts)

    def add_channel(
        self, name: str, members: Collection[Who] = (), *, with_bot: bool = True, **facts: Any
    ) -> Channel:
        """A channel; facts are fields of Channel (is_private, is_archived, is_ext_shared)."""
        ids = {self.workspace.person(who).id for who in members}
        return self.workspace.add_channel(
            name, ids | ({self.bot.id} if with_bot else set()), **facts
        )

    def dm(self, user: Who) -> Channel:
        """The direct message between a person and the bot."""
        return self.workspace.open_im(self.workspace.person(user).id)

    # What there is to see

    @property
    def calls(self) -> list[Call]:
        """Every Web API call and answer to a response_url so far, oldest first."""
        with self.workspace.changed:
            return list(self.workspace.calls)

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    @property
    def deliveries(self) -> list[Delivery]:
        """Everything sent to the bot so far, and how each ended."""
        with self.workspace.changed:
            return list(self.workspace.deliveries)

    def messages(self, channel: Channel | str, viewer: Who | None = None) -> list[Message]:
        """What stands in a channel, oldest first; with `viewer` also what only they see."""
        reader = self.workspace.person(viewer).id if viewer else None
        with self.workspace.changed:
            return list(self.workspace.seen_in(self.workspace.channel(channel).id, reader))

    def dms(self, user: Who) -> list[Message]:
        """What the bot wrote to a person directly, oldest first."""
        return [message for message in self.messages(self.dm(user)) if message.by_bot]

    def ephemerals(self, user: Who) -> list[Message]:
        """What only this person saw, in any channel, oldest first."""
        person = self.workspace.person(user)
        with self.workspace.changed:
            return [m for m in self.workspace.messages if m.visible_to == person.id]

    def home(self, user: Who) -> View | None:
        """What the bot published on a person's Home tab."""
        return self.workspace.homes.get(self.workspace.person(user).id)

    def modal(self, user: Who) -> View | None:
        """The modal on top of a person's screen."""
        stack = self.workspace.stacks.get(self.workspace.person(user).id)
        return stack[-1] if stack else None

    def wait_for(self, predicate: Callable[[], Any], timeout: float = PATIENCE) -> Any:
        """The first true answer of `predicate`, asked again whenever something happened.

        TimeoutError when it does not become true in `timeout` seconds.
        """
        found = self.workspace.wait_for(predicate, timeout)
        if not found:
            raise TimeoutError(f"did not become true within {timeout} s")
        return found

    def wait_connected(self, connections: int = 1, timeout: float = 10.0) -> None:
        """Until the bot has that many sockets open."""
        self.wait_for(lambda: len(self.server.link.connections) >= connections, timeout)

    def wait_delivered(self, timeout: float = PATIENCE) -> None:
        """Until nothing that was sent to the bot is still under way."""
        ended = lambda: all(d.outcome != "under way" for d in self.workspace.deliveries)  # noqa: E731
        self.wait_for(ended, timeout)

    # Misbehaviour

    def misbehave(
        self, kind: str, method: str = "*", times: int | None = 1, **options: Any
    ) -> Fault:
        """Do something wrong the next `times` times (None: until `stop()`); see faults.py."""
        return self.server.faults.add(Fault(kind, method, times, **options))

    def behave(self) -> None:
        """End all misbehaviour."""
        self.server.faults.clear()

    def support_blocks(self, *kinds: str, supported: bool = True) -> None:
        """Make the workspace refuse (or take again) blocks of these kinds in messages."""
        change = self.server.unsupported.difference_update
        (change if supported else self.server.unsupported.update)(kinds)

    def vanish(self) -> None:
        """Stop listening and cut every line, until `come_back`."""
        self.server.run(self.server.vanish())

    def come_back(self) -> None:
        """Listen again, on the same port."""
        self.server.run(self.server.come_back())

    def vanish_for(self, seconds: float) -> None:
        """Vanish soon and come back after so many seconds, without waiting for it."""
        self.server.run(self.server.vanish_for(seconds))

    def cut_sockets(self) -> None:
        """Cut every line without a word."""
        self.server.run(self.server.cut_all())

    def refresh_sockets(self, reason: str = "refresh_requested") -> None:
        """Close every socket after a `disconnect` message, as Slack does every few hours."""
        self.server.run(self.server.link.disconnect(reason))

    def advance(self, seconds: float) -> None:
        """Let time pass for triggers, response_urls and time stamps."""
        self.clock.advance(seconds)
        self.workspace.tell()
