"""The words between the rules and Block Kit: what a message is made of.

Every string is mrkdwn, so whatever a person typed goes through `words.plain` first. A button or a
menu names an action; what it carries goes back to that action when it is pressed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.domain.words import plain


@dataclass(frozen=True, slots=True)
class Button:
    """A press. `label` is what a screen reader says when `text` alone is not enough."""

    text: str
    action: str
    value: str = ""
    label: str = ""
    style: str | None = None
    confirm: str | None = None


@dataclass(frozen=True, slots=True)
class Menu:
    """A pick of one of `options`, pairs of what is read and what is carried."""

    text: str
    action: str
    options: tuple[tuple[str, str], ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Pick:
    """A choice among all of Slack's people (`of` is "person") or channels ("channel")."""

    text: str
    action: str
    of: str
    label: str = ""


Control = Button | Menu | Pick


@dataclass(frozen=True, slots=True)
class Heading:
    """A title; plain text. `level` is 1 to 4, for screen readers, where it is not the only one."""

    text: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Small:
    """A quiet line."""

    text: str


@dataclass(frozen=True, slots=True)
class Controls:
    """Buttons and menus in a line."""

    controls: tuple[Control, ...]
    text: str = field(default="", init=False)


@dataclass(frozen=True, slots=True)
class Ask:
    """A line to type into; on Enter what it says goes to `action`. `typed` stands there already."""

    text: str
    action: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An item of a list with its own controls; `id` is its reminder's.

    `draft` is a note for a person to copy: plain text, shown as a quotation.
    """

    text: str
    controls: tuple[Control, ...] = ()
    draft: str = ""
    small: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures to draw: for each series a value for each of `labels`. `kind`: bar, line, pie."""

    title: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    kind: str = "bar"

    @property
    def text(self) -> str:
        """The same figures for those who cannot see the chart."""
        rows = (
            f"{label}: " + ", ".join(f"{name} {values[i]:g}" for name, values in self.series)
            for i, label in enumerate(self.labels)
        )
        return "\n".join((self.title, *rows))


Part = Heading | Words | Small | Controls | Ask | Row | Chart


def _spoken(part: Part) -> Iterable[str]:
    yield part.text
    if isinstance(part, Row):
        yield part.small
        yield plain(part.draft)


@dataclass(frozen=True, slots=True)
class Message:
    """What is said at once. `preview` is for a phone, `is_public` for all in a channel."""

    parts: tuple[Part, ...]
    preview: str = ""
    is_public: bool = False

    @property
    def text(self) -> str:
        """The whole content for screen readers, notifications and logs of Slack's search."""
        lines = (self.preview, *(line for part in self.parts for line in _spoken(part)))
        return re.sub(r"\n{2,}", "\n", "\n".join(line for line in lines if line))


def say(*lines: str, controls: tuple[Control, ...] = ()) -> Message:
    """Make a message of one paragraph of `lines`, with `controls` under it."""
    words = Words("\n".join(line for line in lines if line))
    return Message((words, Controls(controls)) if controls else (words,))
