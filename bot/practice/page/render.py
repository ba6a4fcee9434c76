"""Messages, modals and the rest of the page as HTML: templates, and what they may ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from jinja2 import ChainableUndefined, Environment, PackageLoader
from markupsafe import Markup, escape

from bot.practice import inputs
from bot.practice.page import chart, mrkdwn, richtext
from bot.practice.page.reader import Reader, clock_time, day_name
from bot.practice.records import Json, Message, View

NO_SHORTCUTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Surface:
    """A message, modal or Home tab while it is drawn for one reader."""

    key: str
    reader: Reader
    values: Json = field(default_factory=dict)
    errors: Json = field(default_factory=dict)
    is_form: bool = False

    def block(self, block: Json) -> Markup:
        return _macro("blocks.html", block["type"], block, self)

    def element(self, element: Json, block: Json, about: str = "") -> Markup:
        """Draw one element; `about` is the id of what labels it."""
        return _macro("elements.html", element["type"], element, block, self, about)

    def id(self, block: Json, element: Json | None = None) -> str:
        """A name that no other block or element of the page has."""
        inner = element.get("action_id", "") if element else ""
        return f"{self.key}/{block.get('block_id', '')}/{inner}".replace(" ", "_")

    def text(self, text: Json | str | None) -> Markup:
        """Draw a text object."""
        if not isinstance(text, dict):
            return mrkdwn.emoji(text or "")
        if text["type"] == "mrkdwn":
            return mrkdwn.html(text["text"], self.reader)
        return mrkdwn.emoji(text["text"])

    def rich(self, block: Json) -> Markup:
        return richtext.html(block, self.reader)

    def cell(self, cell: Json) -> Markup:
        return self.rich(cell) if cell["type"] == "rich_text" else escape(cell["text"])

    def now_in(self, element: Json, block: Json) -> Any:
        """What an element holds: what was put in, or what it starts with."""
        kept = self.values.get(block.get("block_id", ""), {}).get(element.get("action_id"))
        report = kept or inputs.starting(element)
        return report[inputs.REPORTS[element["type"]]]

    def people(self) -> list[Json]:
        people = self.reader.workspace.people.values()
        return [_choice(one.id, one.real_name) for one in people if not one.deleted]

    def channels(self) -> list[Json]:
        channels = self.reader.workspace.channels.values()
        mine = (one for one in channels if one.name and self.reader.person.id in one.members)
        return [_choice(one.id, "#" + one.name) for one in mine]


def _choice(value: str, text: str) -> Json:
    return {"value": value, "text": {"type": "plain_text", "text": text}}


@cache
def environment() -> Environment:
    made = Environment(
        loader=PackageLoader("bot.practice.page"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=ChainableUndefined,
    )
    made.globals |= {
        "drawing": chart.drawing,
        "options_of": inputs.options,
        "plain_of": richtext.plain,
    }
    made.filters |= {"clock": clock_time, "day": day_name}
    return made


@cache
def _module(template: str) -> Any:
    return environment().get_template(template).module


def _macro(template: str, name: str, *arguments: Any) -> Markup:
    module = _module(template)
    macro = getattr(module, name, None) or module.unknown
    return Markup(macro(*arguments))  # noqa: S704 - the templates escape


def page(template: str, **values: Any) -> str:
    return environment().get_template(template).render(**values)


def message(
    found: Message,
    reader: Reader,
    previous: Message | None,
    shortcuts: Mapping[str, str] = NO_SHORTCUTS,
) -> str:
    """Draw a message with its shortcuts; the day above it when the one before is of another."""
    at = reader.local(found.ts)
    is_new_day = previous is None or reader.local(previous.ts).date() != at.date()
    surface = Surface(found.ts, reader)
    author = reader.workspace.people[found.user]
    body = [surface.block(block) for block in found.blocks] or [mrkdwn.html(found.text, reader)]
    return page(
        "message.html",
        message=found,
        author=author,
        at=at,
        day=day_name(at, reader.now) if is_new_day else "",
        body=body,
        shortcuts={} if found.is_ephemeral else shortcuts,
    )


def view(found: View, reader: Reader, depth: int = 1) -> str:
    """Draw a modal or Home tab."""
    is_form = found.body["type"] == "modal"
    surface = Surface(found.id, reader, found.values, found.errors, is_form)
    name = "modal.html" if is_form else "home.html"
    return page(name, view=found, at=surface, blocks=found.body["blocks"], depth=depth)
