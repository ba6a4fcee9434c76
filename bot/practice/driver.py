"""PracticeSlack: be the people who use the bot."""

from typing import Any

from bot.practice import inputs, payloads, response_url
from bot.practice.answer import Answer
from bot.practice.api.request import RefusalError
from bot.practice.link import Outcome
from bot.practice.modal import after_submission
from bot.practice.objects import user_object, view_object
from bot.practice.records import Channel, Hook, Json, Message, Person, Trigger, View
from bot.practice.stage import Stage, Where, Who


class PracticeSlack(Stage):
    """A Slack workspace on 127.0.0.1. `with PracticeSlack() as slack:` starts and stops it.

    People, channels and messages are given as the objects that made them, or by name or id; a
    channel of None is the person's direct message with the bot. All methods may be called from
    any thread. With `request_url` the bot is reached by signed HTTP, else by Socket Mode.
    """

    def slash(self, user: Who, channel: Where, text: str, command: str = "/partner") -> Answer:
        """Type a slash command and wait for the acknowledgement."""
        person, place = self._who_and_where(user, channel)
        trigger = self.workspace.new_trigger(person.id)
        hook = self.workspace.new_hook(person.id, place.id)
        typed = payloads.escaped(self.workspace, text) if self.should_escape else text
        rest = {
            "response_url": self.server.response_url(self.workspace, hook.id),
            "trigger_id": trigger.id,
        }
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
        block_id: str | None = None,
        value: Any = None,
        given: dict[str, Any] | None = None,
    ) -> Answer:
        """Press a button, or choose `value` in a menu or picker, of a message or view.

        The element is found by action_id, block_id, label, and `index` among those that fit.
        `given` are values put into other inputs before, by action_id, block_id or place.
        """
        person = self.workspace.person(user)
        self._must_see(person, where)
        trigger = self.workspace.new_trigger(person.id, getattr(where, "id", None))
        blocks = where.body["blocks"] if isinstance(where, View) else where.blocks
        block, element = inputs.find(blocks, action_id, label, index, block_id)
        value = inputs.after_pick(block, element, value, where.values or {})
        act = inputs.action(block, element, value, self.workspace.next_ts())
        put = dict(given or {})
        if element["type"] in inputs.REPORTS.keys() - inputs.WITHOUT_STATE:
            put[inputs.place(block, element)] = value
        if isinstance(where, View):
            return self._press_in_view(person, where, trigger, act, put)
        hook = self.workspace.new_hook(person.id, where.channel, where)
        url = self.server.response_url(self.workspace, hook.id)
        # Slack's client remembers what was picked in a block that is gone, and comes back.
        where.values |= inputs.state_values(where.blocks, put, where.values)
        payload = payloads.message_action(self.workspace, person, where, trigger, url)
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
        url = self.server.response_url(self.workspace, hook.id)
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

    # Events

    def change_user(self, user: Who, **facts: Any) -> None:
        """Change fields of a person and tell the bot with a user_change event."""
        person = self.workspace.person(user)
        with self.workspace.changed:
            for name, value in facts.items():
                setattr(person, name, value)
            person.updated = int(self.clock())
        shown = user_object(person, with_locale=True)
        shown["profile"]["fields"] = None
        self.send_event({"type": "user_change", "user": shown, "cache_ts": person.updated})

    def send_event(self, inner: Json, is_ext_shared: bool = False) -> Json:
        """Send any event; `event_id` and the rest of the envelope are made for it."""
        payload = payloads.event(self.workspace, inner, is_ext_shared)
        self.resend(payload)
        return payload

    def resend(self, payload: Json) -> None:
        """Send an event again as it was, as Slack does when it is unsure it arrived."""
        self.server.run(self.server.send_event(self.workspace, payload))

    def revoke_tokens(self) -> None:
        self.send_event({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self.bot.id]}})

    def uninstall(self) -> None:
        self.send_event({"type": "app_uninstalled"})

    def _deliver(self, kind: str, payload: Json) -> Outcome:
        return self.server.run(self.server.deliver(self.workspace, kind, payload))

    async def _command(self, payload: Json, hook: Hook) -> Outcome:
        """Deliver a command and show what its acknowledgement says, if anything."""
        outcome = await self.server.deliver(self.workspace, "slash_commands", payload)
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
