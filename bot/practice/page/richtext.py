"""Rich text as HTML."""

from collections.abc import Callable

from markupsafe import Markup, escape

from bot.practice.page.dates import formatted
from bot.practice.page.mrkdwn import EMOJI, emoji, link, mention, tag
from bot.practice.page.reader import Reader
from bot.practice.records import Json

STYLES = {"code": "code", "bold": "strong", "italic": "em", "strike": "s", "underline": "u"}


def html(block: Json, reader: Reader) -> Markup:
    """Return a rich_text block as HTML."""
    return Markup("").join(PARTS[part["type"]](part, reader) for part in block["elements"])


def typed(text: str) -> Json | None:
    """Return what was typed into a rich text input, as it is reported."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]} if text else None


def plain(block: Json | None) -> str:
    """Return the words of a rich_text block without their looks."""
    parts = (block or {}).get("elements", [])
    return "\n".join("".join(p.get("text", "") for p in part["elements"]) for part in parts)


def _inner(part: Json, reader: Reader) -> Markup:
    return Markup("").join(_piece(piece, reader) for piece in part["elements"])


def _section(part: Json, reader: Reader) -> Markup:
    return tag("div", _inner(part, reader))


def _quote(part: Json, reader: Reader) -> Markup:
    return tag("blockquote", _inner(part, reader))


def _preformatted(part: Json, reader: Reader) -> Markup:
    return tag("pre", _inner(part, reader))


def _list(part: Json, reader: Reader) -> Markup:
    items = Markup("").join(tag("li", _inner(item, reader)) for item in part["elements"])
    name = Markup("ol") if part["style"] == "ordered" else Markup("ul")
    start = Markup(' start="{}"').format(part["offset"] + 1) if part.get("offset") else ""
    return Markup('<{0} class="indent{1}"{2}>{3}</{0}>').format(
        name, part.get("indent", 0), start, items
    )


PARTS: dict[str, Callable[[Json, Reader], Markup]] = {
    "rich_text_section": _section,
    "rich_text_quote": _quote,
    "rich_text_preformatted": _preformatted,
    "rich_text_list": _list,
}


def _piece(piece: Json, reader: Reader) -> Markup:
    draw = PIECES.get(piece["type"], _unknown)
    drawn = draw(piece, reader)
    for style, name in STYLES.items():
        if piece.get("style", {}).get(style):
            drawn = tag(name, drawn)
    return drawn


def _unknown(piece: Json, _reader: Reader) -> Markup:
    return escape(str(piece.get("text") or piece["type"]))


PIECES: dict[str, Callable[[Json, Reader], Markup]] = {
    "text": lambda piece, reader: emoji(piece["text"]),
    "link": lambda piece, reader: link(piece["url"], piece.get("text", "")),
    "user": lambda piece, reader: mention("@" + reader.name_of(piece["user_id"])),
    "channel": lambda piece, reader: mention("#" + reader.channel_name(piece["channel_id"])),
    "broadcast": lambda piece, reader: mention("@" + piece["range"]),
    "emoji": lambda piece, reader: escape(EMOJI.get(piece["name"], f":{piece['name']}:")),
    "date": lambda piece, reader: escape(
        formatted(str(piece["timestamp"]), piece["format"], reader) or piece.get("fallback", "")
    ),
}
