"""What a person saw after doing something."""

from typing import Any

from bot.practice.link import Outcome
from bot.practice.records import Hook, Json, Message, Trigger, View
from bot.practice.state import Workspace

PATIENCE = 20.0


class Answer:
    """The end of an interaction: an error the person sees, messages, a modal, or nothing.

    `error` is None or what Slack's client shows (operation_timeout, dispatch_failed, ...);
    `body` is what the bot acknowledged with; `errors` are those shown in a modal by block_id;
    `options` those offered by a type-ahead menu.
    """

    def __init__(
        self,
        workspace: Workspace,
        outcome: Outcome,
        hook: Hook | None = None,
        trigger: Trigger | None = None,
    ) -> None:
        self.error, self.body = outcome.error, outcome.body
        self.errors: dict[str, str] = {}
        self.options: list[Json] = []
        self._workspace, self._hook, self._trigger = workspace, hook, trigger
        self._view: View | None = None

    @property
    def messages(self) -> list[Message]:
        """Everything said or replaced in answer so far, oldest first."""
        return list(self._hook.posts) if self._hook else []

    @property
    def text(self) -> str:
        """The newest message's text; empty while there is none."""
        return self.messages[-1].text if self.messages else ""

    @property
    def view(self) -> View | None:
        """The modal this opened, pushed or changed."""
        if self._view or not self._trigger:
            return self._view
        wanted = self._trigger.id
        views = list(self._workspace.views.values())
        return next((view for view in views if view.trigger_id == wanted), None)

    @view.setter
    def view(self, view: View) -> None:
        self._view = view

    def wait(self, count: int = 1, timeout: float = PATIENCE) -> list[Message]:
        """The messages, once there are `count`; TimeoutError when they do not come."""
        self._until(lambda: len(self.messages) >= count, timeout, f"message {count}")
        return self.messages

    def wait_view(self, timeout: float = PATIENCE) -> View:
        """The modal, once it is open; TimeoutError when none comes."""
        found: View = self._until(lambda: self.view, timeout, "a modal")
        return found

    def _until(self, predicate: Any, timeout: float, what: str) -> Any:
        found = self._workspace.wait_for(predicate, timeout)
        if not found:
            raise TimeoutError(f"waited {timeout} s for {what}; error: {self.error}")
        return found
