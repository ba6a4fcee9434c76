"""People mentioned in Slack's text, and Slack's three escapes."""

import re
import unicodedata

_MENTION = re.compile(r"<@([UW][A-Z0-9]{1,40})(?:\|[^<>\n]{0,200})?>")
_ESCAPES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_ESCAPE = re.compile("|".join(_ESCAPES))


def mentions(text: str) -> tuple[list[str], str]:
    """The Slack user ids mentioned, in order and once each, and the text without them."""
    ids = list(dict.fromkeys(found.group(1) for found in _MENTION.finditer(text)))
    if not ids:
        return [], text
    return ids, " ".join(_MENTION.sub(" ", text).split())


def unescape(text: str) -> str:
    """Slack's text as it was typed: escapes undone once, control characters made spaces."""
    plain = _ESCAPE.sub(lambda found: _ESCAPES[found.group()], text)
    return "".join(" " if unicodedata.category(char) == "Cc" else char for char in plain)
