"""Slack's mrkdwn as HTML. Everything that is no markup is escaped.

https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from collections.abc import Callable
from itertools import groupby

from markupsafe import Markup, escape

from bot.practice.page.dates import formatted
from bot.practice.page.reader import Reader

TOKEN = re.compile(
    r"```\n?(?P<pre>.+?)```"
    r"|`(?P<code>[^`\n]+)`"
    r"|<(?P<ref>[^<>\n]+)>"
    r"|(?<![\w*])\*(?P<strong>(?! )[^*\n]+(?<! ))\*(?![\w*])"
    r"|(?<![\w_])_(?P<em>(?! )[^_\n]+(?<! ))_(?![\w_])"
    r"|(?<![\w~])~(?P<s>(?! )[^~\n]+(?<! ))~(?![\w~])"
    r"|:(?P<emoji>[a-z0-9_+-]+):",
    re.S,
)
QUOTE = re.compile(r"^(?:&gt;|>) ?")
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
LINK = re.compile(r"(?:https?://|mailto:|tel:)[^\s\"]+")
EMOJI = dict(
    pair.split("=")
    for pair in (
        "wave=👋 tada=🎉 white_check_mark=✅ heavy_check_mark=✔️ x=❌ warning=⚠️ phone=☎️ "
        "telephone_receiver=📞 email=📧 calendar=📅 spiral_calendar_pad=🗓️ bell=🔔 star=⭐ heart=❤️ "
        "chart_with_upwards_trend=📈 bar_chart=📊 memo=📝 bulb=💡 gift=🎁 pray=🙏 +1=👍 -1=👎 "
        "smile=😄 eyes=👀 rocket=🚀 clock9=🕘 hourglass=⌛ sunny=☀️ house=🏠 lock=🔒 mag=🔍"
    ).split()
)


def html(text: str, reader: Reader) -> Markup:
    """Return mrkdwn as HTML, with names and dates as `reader` sees them."""
    fenced = re.split(r"(```.+?```)", text, flags=re.S)
    return Markup("").join(
        _inline(part, reader) if part.startswith("```") else _lines(part, reader)
        for part in fenced
        if part
    )


def emoji(text: str) -> Markup:
    """Return plain text as HTML, `:wave:` and its like drawn."""
    drawn = re.sub(r":([a-z0-9_+-]+):", lambda found: EMOJI.get(found[1], found[0]), text)
    return Markup("<br>").join(drawn.split("\n"))


def link(url: str, words: str | Markup = "") -> Markup:
    """Return a link that opens beside the page; just its words where it is no web address."""
    if not LINK.fullmatch(url):
        return escape(words or url)
    shown = words or url.removeprefix("mailto:")
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(
        url, shown
    )


def tag(name: str, inner: str | Markup) -> Markup:
    return Markup("<{0}>{1}</{0}>").format(Markup(name), inner)  # noqa: S704 - names are ours


def _lines(text: str, reader: Reader) -> Markup:
    drawn = Markup("")
    for is_quote, lines in groupby(text.split("\n"), lambda line: bool(QUOTE.match(line))):
        inner = Markup("<br>").join(_inline(QUOTE.sub("", line), reader) for line in lines)
        if drawn and not is_quote and not drawn.endswith("</blockquote>"):
            drawn += Markup("<br>")
        drawn += tag("blockquote", inner) if is_quote else inner
    return drawn


def _inline(text: str, reader: Reader) -> Markup:
    drawn, end = Markup(""), 0
    for found in TOKEN.finditer(text):
        kind = str(found.lastgroup)
        drawn += _plain(text[end : found.start()]) + DRAWN[kind](found[kind], reader)
        end = found.end()
    return drawn + _plain(text[end:])


def _decoded(text: str) -> str:
    for entity, sign in ENTITIES:
        text = text.replace(entity, sign)
    return text


def _plain(text: str) -> Markup:
    return escape(_decoded(text))


def _reference(text: str, reader: Reader) -> Markup:
    target, _, words = text.partition("|")
    if target[0] == "@":
        return mention("@" + reader.name_of(target[1:], words))
    if target[0] == "#":
        return mention("#" + reader.channel_name(target[1:], words))
    if target.startswith("!date^"):
        _, stamp, form, *url = target.split("^")
        shown = _plain(formatted(stamp, form, reader) or words)
        return link(url[0], shown) if url else shown
    if target[0] == "!":
        return mention(words or "@" + target[1:].split("^")[0])
    if LINK.fullmatch(_decoded(target)):
        return link(_decoded(target), _plain(words))
    return _plain(f"<{text}>")


def mention(name: str) -> Markup:
    return Markup('<span class="mention">{}</span>').format(name)


def _pre(text: str, _reader: Reader) -> Markup:
    return tag("pre", _plain(text))


def _code(text: str, _reader: Reader) -> Markup:
    return tag("code", _plain(text))


def _styled(name: str) -> Callable[[str, Reader], Markup]:
    return lambda text, reader: tag(name, _inline(text, reader))


def _emoji(name: str, _reader: Reader) -> Markup:
    return escape(EMOJI.get(name, f":{name}:"))


DRAWN: dict[str, Callable[[str, Reader], Markup]] = {
    "pre": _pre,
    "code": _code,
    "ref": _reference,
    "strong": _styled("strong"),
    "em": _styled("em"),
    "s": _styled("s"),
    "emoji": _emoji,
}
