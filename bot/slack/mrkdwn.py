"""Texts cut to what Slack takes, without breaking what mrkdwn means."""

import re
from typing import Any

from bot.domain.words import ELLIPSIS, short

Json = dict[str, Any]

# What a cut may leave at the end: half an entity ("&am") or half a mention or link ("<@U12").
_HALF = re.compile(r"(?:&[a-z]{0,3}|<[^>]*)…$")
_MARKS, _PERSON = re.compile(r"[*`]"), re.compile(r"<@[^>]*>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def cut(text: str, limit: int) -> str:
    """Return mrkdwn in at most `limit` characters."""
    return text if len(text) <= limit else _HALF.sub(ELLIPSIS, short(text, limit))


def raw(text: str, limit: int) -> str:
    """Return mrkdwn as 1 to `limit` characters for a place that shows text as it is."""
    for entity, sign in _ENTITIES:
        text = text.replace(entity, sign)
    return short(text.strip(), limit) or ELLIPSIS


def unmarked(text: str) -> str:
    """Return mrkdwn without what would show as signs where nothing is formatted."""
    return _MARKS.sub("", _PERSON.sub("that person", text))


def plain_text(text: str, limit: int) -> Json:
    """Return Slack's plain text object."""
    return {"type": "plain_text", "text": raw(text, limit), "emoji": True}


def mrkdwn(text: str, limit: int) -> Json:
    """Return Slack's mrkdwn text object; `text` is not blank."""
    return {"type": "mrkdwn", "text": cut(text, limit)}
