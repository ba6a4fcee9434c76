"""PracticeSlack: start the server and be the people who use the bot."""

from collections.abc import Callable, Collection
from types import TracebackType
from typing import Any

from bot.practice import inputs, payloads, response_url
from bot.practice.answer import PATIENCE, Answer
from bot.practice.api.request import RefusalError
from bot.practice.faults import Fault
from bot.practice.link import Outcome
from bot.practice.modal import after_submission
from bot.practice.objects import user_object, view_object
from bot.practice.server import Server
from bot.practice.signed import SignedHttp
from bot.practice.state import (
    Call,
    Channel,
    Delivery,
    Hook,
    Json,
    Message,
    MovableClock,
    Person,
    Trigger,
    View,
    Workspace,
)

Who = Person | str
Where = Channel | str | None

ACK_TIMEOUT = 3.0
EVENT_RETRIES = (0.0, 60.0, 300.0)


class PracticeSlack:
    """A Slack workspace on 127.0.0.1. `with PracticeSlack() as slack:` starts and stops it.

    People, channels and messages are given as the objects that made them, or by name or id; a
    channel of None is the person's direct message with the bot. All methods may be called from
    any thread. With `request_url` the bot is reached by signed HTTP, else by Socket Mode.
    """

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
    ) -> None:
        self.clock = MovableClock()
        self.workspace = Workspace(team_id, name, name.lower(), self.clock)
        self.bot_token, self.app_token = bot_token, app_token
        self.signing_secret, self.should_escape = signing_secret, should_escape
        self.server = Server(self.workspace, bot_token, app_token, ack_timeout, event_retries)
        self.server.unsupported.update(unsupported_blocks)
        self._port = port
        if request_url:
            self.use_http(request_url)

    def __enter__(self) -> "PracticeSlack":
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> "PracticeSlack":
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

    def change_user(self, user: Who, **facts: Any) -> None:
        """Change fields of a person and tell the bot with a user_change event."""
        person = self.workspace.person(user)
        with self.workspace.changed:
            for name, value in facts.items():
                setattr(person, name, value)
            person.updated = int(self.clock())
        shown = user_object(person, with_locale=True)
        self.send_event({"type": "user_change", "user": shown, "cache_ts": person.updated})

    def dm(self, user: Who) -> Channel:
        """The direct message between a person and the bot."""
        return self.workspace.open_im(self.workspace.person(user).id)

    # What a person does

    def slash(self, user: Who, channel: Where, text: str, command: str = "/partner") -> Answer:
        """Type a slash command and wait for the acknowledgement."""
        person, place = self._who_and_where(user, channel)
        trigger = self.workspace.new_trigger(person.id)
        hook = self.workspace.new_hook(person.id, place.id)
        typed = payloads.escaped(self.workspace, text) if self.should_escape else text
        rest = {"response_url": self.server.response_url(hook.id), "trigger_id": trigger.id}
        payload = payloads.slash(self.workspace, person, place, command, typed, **rest)
        outcome = self.server.run(self._command(payload, hook))
        return Answer(self.workspace, outcome, hook, trigger)

    def press(
        self,
        user: Who,
        where: Message | View,
        action_id: str | None = None,
        *,
        label: str | None = None,
        index: int = 0,
        value: Any = None,
        given: dict[str, Any] | None = None,
    ) -> Answer:
        """Press a button, or choose `value` in a menu or picker, of a message or view.

        The element is found by action_id, label, and `index` among those that fit. `given` are
        values put into other inputs of the message before, by action_id or block_id.
        """
        person = self.workspace.person(user)
        self._must_see(person, where)
        trigger = self.workspace.new_trigger(person.id, getattr(where, "id", None))
        blocks = where.body["blocks"] if isinstance(where, View) else where.blocks
        block, element = inputs.find(blocks, action_id, label, index)
        act = inputs.action(block, element, value, self.workspace.next_ts())
        put = dict(given or {})
        if element["type"] in inputs.REPORTS.keys() - inputs.WITHOUT_STATE:
            put[element["action_id"]] = value
        if isinstance(where, View):
            return self._press_in_view(person, where, trigger, act, put)
        hook = self.workspace.new_hook(person.id, where.channel, where)
        url = self.server.response_url(hook.id)
        payload = payloads.message_action(self.workspace, person, where, trigger, url, put)
        outcome = self._deliver("interactive", {**payload, "actions": [act]})
        return Answer(self.workspace, outcome, hook, trigger)

    def _press_in_view(
        self, person: Person, view: View, trigger: Trigger, act: Json, put: dict[str, Any]
    ) -> Answer:
        view.values = inputs.state_values(view.body["blocks"], put, view.values)
        payload = payloads.view_action(self.workspace, person, view, trigger)
        outcome = self._deliver("interactive", {**payload, "actions": [act]})
        return Answer(self.workspace, outcome, None, trigger)

    def submit_view(self, user: Who, view: View, values: dict[str, Any] | None = None) -> Answer:
        """Fill in inputs (by action_id or block_id) and submit.

        ValueError when Slack's client would not let a person submit: required inputs left empty.
        """
        person = self.workspace.person(user)
        blocks = view.body["blocks"]
        with self.workspace.changed:
            view.values = inputs.state_values(blocks, values or {}, view.values)
        if empty := inputs.left_empty(blocks, view.values):
            raise ValueError(f"cannot submit, these are required: {empty}")
        trigger = self.workspace.new_trigger(person.id, view.id)
        payload = payloads.view_submission(self.workspace, person, view, trigger)
        outcome = self._deliver("interactive", payload)
        answer = Answer(self.workspace, outcome, None, trigger)
        after_submission(self.workspace, view, answer)
        return answer

    def close_view(self, user: Who, view: View) -> Answer:
        """Close a modal; the bot hears of it when the view asked for that."""
        person = self.workspace.person(user)
        cleared = bool(view.body.get("clear_on_close"))
        outcome = Outcome()
        if view.body.get("notify_on_close"):
            payload = payloads.view_closed(self.workspace, person, view, cleared)
            outcome = self._deliver("interactive", payload)
        if cleared:
            self.workspace.close_modals(person.id)
        self.workspace.close_view(view)
        return Answer(self.workspace, outcome)

    def type_ahead(self, user: Who, where: Message | View, action_id: str, typed: str) -> Answer:
        """Type into an external menu; the offers are in `answer.options`."""
        person = self.workspace.person(user)
        blocks = where.body["blocks"] if isinstance(where, View) else where.blocks
        block, element = inputs.find(blocks, action_id, None, 0)
        names = {"action_id": element["action_id"], "block_id": block["block_id"]}
        payload = payloads.suggestion(self.workspace, person, where, names, typed)
        answer = Answer(self.workspace, self._deliver("interactive", payload))
        if isinstance(answer.body, dict):
            groups = answer.body.get("option_groups") or []
            inner = [option for group in groups for option in group["options"]]
            answer.options = [*(answer.body.get("options") or []), *inner]
        return answer

    def shortcut(self, user: Who, callback_id: str, message: Message | None = None) -> Answer:
        """Use a global shortcut, or a message shortcut on a message."""
        person = self.workspace.person(user)
        trigger = self.workspace.new_trigger(person.id)
        if message is None:
            payload = payloads.shortcut(self.workspace, person, callback_id, trigger)
            return Answer(self.workspace, self._deliver("interactive", payload), None, trigger)
        hook = self.workspace.new_hook(person.id, message.channel)
        url = self.server.response_url(hook.id)
        payload = payloads.message_shortcut(
            self.workspace, person, callback_id, trigger, message, url
        )
        return Answer(self.workspace, self._deliver("interactive", payload), hook, trigger)

    def say(self, user: Who, channel: Where, text: str, thread_ts: str | None = None) -> Message:
        """Write a message; the bot hears it where it is a member."""
        person, place = self._who_and_where(user, channel)
        message = self.workspace.post(place.id, person.id, text, thread_ts=thread_ts)
        if self.bot.id in place.members:
            inner = payloads.message_event(self.workspace, place, message)
            self.send_event(inner, place.is_ext_shared)
            if f"<@{self.bot.id}>" in text and not place.is_im:
                self.send_event({**inner, "type": "app_mention"}, place.is_ext_shared)
        return message

    def open_home(self, user: Who) -> None:
        """Look at the bot's Home tab: an app_home_opened event."""
        person = self.workspace.person(user)
        inner: Json = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": self.dm(person).id,
            "tab": "home",
        }
        if view := self.home(person):
            inner["view"] = view_object(self.workspace, view)
        self.send_event(inner)

    def home(self, user: Who) -> View | None:
        """What the bot published on a person's Home tab."""
        return self.workspace.homes.get(self.workspace.person(user).id)

    def modal(self, user: Who) -> View | None:
        """The modal on top of a person's screen."""
        stack = self.workspace.stacks.get(self.workspace.person(user).id)
        return stack[-1] if stack else None

    # Events

    def send_event(self, inner: Json, is_ext_shared: bool = False) -> Json:
        """Send any event; `event_id` and the rest of the envelope are made for it."""
        payload = payloads.event(self.workspace, inner, is_ext_shared)
        self.resend(payload)
        return payload

    def resend(self, payload: Json) -> None:
        """Send an event again as it was, as Slack does when it is unsure it arrived."""
        self.server.run(self.server.send_event(payload))

    def revoke_tokens(self) -> None:
        self.send_event({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self.bot.id]}})

    def uninstall(self) -> None:
        self.send_event({"type": "app_uninstalled"})

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

    def _deliver(self, kind: str, payload: Json) -> Outcome:
        return self.server.run(self.server.deliver(kind, payload))

    async def _command(self, payload: Json, hook: Hook) -> Outcome:
        """Deliver a command and show what its acknowledgement says, if anything."""
        outcome = await self.server.deliver("slash_commands", payload)
        body = {"text": outcome.body} if isinstance(outcome.body, str) else outcome.body
        if outcome.error or not body:
            return outcome
        try:
            response_url.acknowledge(self.workspace, hook, body, self.server.unsupported)
        except RefusalError as refusal:
            return Outcome(str(refusal), outcome.body)
        return outcome

    def _who_and_where(self, user: Who, channel: Where) -> tuple[Person, Channel]:
        person = self.workspace.person(user)
        return person, self.dm(person) if channel is None else self.workspace.channel(channel)

    def _must_see(self, person: Person, where: Message | View) -> None:
        readers = (where.user,) if isinstance(where, View) else (None, person.id)
        reader = person.id if isinstance(where, View) else where.visible_to
        if reader not in readers:
            raise PermissionError(f"{person.name} does not see that")
