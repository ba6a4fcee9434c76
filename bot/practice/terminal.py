"""A message as plain lines, for a terminal: what its blocks say and which buttons it has."""

import textwrap
from collections.abc import Callable, Iterable
from typing import Any

Json = dict[str, Any]

WIDTH = 88
BAR = 24


def draw(blocks: list[Json], text: str = "") -> list[str]:
    """Return the lines of a message; its text when it has no blocks."""
    if not blocks:
        return _wrapped(text)
    return [line for block in blocks for line in _DRAWN.get(block["type"], _nothing)(block)]


def _wrapped(text: str) -> list[str]:
    plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return [part for line in plain.split("\n") for part in textwrap.wrap(line, WIDTH) or [""]]


def _nothing(_block: Json) -> Iterable[str]:
    return ()


def _header(block: Json) -> Iterable[str]:
    yield from _wrapped(block["text"]["text"])


def _section(block: Json) -> Iterable[str]:
    texts = [block["text"]] if "text" in block else []
    for text in [*texts, *block.get("fields", ())]:
        yield from _wrapped(text["text"])


def _context(block: Json) -> Iterable[str]:
    for element in block["elements"]:
        yield from (f"  {line}" for line in _wrapped(element.get("text", "")))


def _actions(block: Json) -> Iterable[str]:
    yield "  " + " ".join(_control(element) for element in block["elements"])


def _control(element: Json) -> str:
    if element["type"] == "button":
        return f"[{element['text']['text']}]"
    return f"[{element.get('placeholder', {}).get('text', 'Pick')} v]"


def _rich_text(block: Json) -> Iterable[str]:
    for part in block["elements"]:
        words = "".join(str(piece.get("text", "")) for piece in part["elements"])
        yield from (f"  > {line}" for line in _wrapped(words))


def _chart(block: Json) -> Iterable[str]:
    yield block.get("title", "")
    for series in block["chart"].get("series", ()):
        yield f"  {series['name']}"
        highest = max((point["value"] for point in series["data"]), default=0) or 1
        for point in series["data"]:
            bar = "#" * round(BAR * point["value"] / highest)
            yield f"    {point['label']:<20} {bar} {point['value']:g}"


def _divider(_block: Json) -> Iterable[str]:
    yield "-" * 20


_DRAWN: dict[str, Callable[[Json], Iterable[str]]] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "actions": _actions,
    "rich_text": _rich_text,
    "data_visualization": _chart,
    "divider": _divider,
}
