"""People mentioned in Slack's text, and Slack's three escapes."""

import re
import unicodedata

_MENTION = re.compile(r"<@([UW][A-Z0-9]{1,40})(?:\|[^<>\n]{0,200})?>")
_LINK = re.compile(r"<(?!@)([^<>|\n]{1,3000})(?:\|([^<>\n]*))?>")
_ESCAPES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_ESCAPE = re.compile("|".join(_ESCAPES))


def mentions(text: str) -> tuple[list[str], str]:
    """The Slack user ids mentioned, in order and once each, and the text without them."""
    ids = list(dict.fromkeys(found.group(1) for found in _MENTION.finditer(text)))
    if not ids:
        return [], text
    return ids, " ".join(_MENTION.sub(" ", text).split())


def without_links(text: str) -> str:
    """Slack's text with its links, channels and dates as people read them; mentions stay."""
    return _LINK.sub(lambda found: _label(found[1], found[2]), text)


def _label(target: str, label: str | None) -> str:
    if label:
        return label
    return target.removeprefix("mailto:").removeprefix("tel:") if ":" in target else ""


def unescape(text: str) -> str:
    """Slack's text as it was typed: escapes undone once, control characters made spaces."""
    plain = _ESCAPE.sub(lambda found: _ESCAPES[found.group()], text)
    return "".join(" " if unicodedata.category(char) == "Cc" else char for char in plain)
