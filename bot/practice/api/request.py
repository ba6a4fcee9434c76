"""One Web API call: its arguments as Slack reads them, and how it is refused."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from bot.practice.records import Channel, Json, Message, Person
from bot.practice.state import Workspace

TRUE = {"1", "true", "True", True}


class RefusalError(Exception):
    """Slack's `{"ok": false, "error": ...}`."""

    def __init__(self, error: str, problems: Collection[str] = (), **extra: Any) -> None:
        super().__init__(error)
        self.answer: Json = {"ok": False, "error": error, **extra}
        if problems:
            if error == "invalid_blocks":
                self.answer["errors"] = list(problems)
            marked = [f"[ERROR] {text}" for text in problems]
            self.answer["response_metadata"] = {"messages": marked}


@dataclass(frozen=True)
class Request:
    """The arguments of a call, and the workspace its token belongs to."""

    workspace: Workspace
    arguments: Json
    unsupported: Collection[str] = ()
    new_link: Callable[[], str] = field(default=lambda: "")

    def given(self, name: str) -> bool:
        return self.arguments.get(name) not in (None, "")

    def text(self, name: str) -> str:
        value = self.arguments.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        return self.arguments.get(name) in TRUE

    def whole(self, name: str, default: int, most: int) -> int:
        try:
            value = int(self.text(name) or default)
        except ValueError:
            raise RefusalError("invalid_limit") from None
        if value < 1:
            raise RefusalError("invalid_limit")
        return min(value, most)

    def offset(self) -> int:
        """Where the page that `cursor` names begins."""
        prefix, _, number = self.text("cursor").partition(":")
        if prefix and (prefix != "next" or not number.isdigit()):
            raise RefusalError("invalid_cursor")
        return int(number or 0)

    def parsed(self, name: str, otherwise: str) -> Any:
        """An argument that is JSON, written out in form bodies; `otherwise` names the refusal."""
        value = self.arguments.get(name)
        if isinstance(value, str):
            try:
                return json.loads(value)
            except ValueError:
                raise RefusalError(otherwise) from None
        return value

    def channel(self, name: str = "channel") -> Channel:
        found = self.workspace.channels.get(self.text(name))
        if found is None:
            raise RefusalError("channel_not_found")
        return found

    def person(self, name: str = "user") -> Person:
        found = self.workspace.people.get(self.text(name))
        if found is None:
            raise RefusalError("user_not_found")
        return found

    def own_message(self, refusal: str) -> Message:
        """The bot's message that `channel` and `ts` name."""
        message = self.workspace.message_at(self.channel().id, self.text("ts"))
        if message is None:
            raise RefusalError("message_not_found")
        if not message.by_bot:
            raise RefusalError(refusal)
        return message
