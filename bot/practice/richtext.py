"""Rich text: sections, lists, quotes and the pieces inside them.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from bot.practice import limits
from bot.practice.shapes import (
    Check,
    Shape,
    anything,
    boolean,
    items,
    number,
    one_of,
    string,
    typed,
)

LONG = string(limits.MESSAGE_TEXT)
STYLES = (
    *("bold", "code", "italic", "strike", "underline"),
    *("highlight", "client_highlight", "unlink"),
)
STYLE: dict[str, Check] = {
    "type": anything,
    "style": Shape({}, dict.fromkeys(STYLES, boolean)),
}
PIECES: dict[str, Check] = {
    "text": Shape({"text": LONG}, STYLE),
    "link": Shape({"url": LONG}, {**STYLE, "text": string(3000, least=0), "unsafe": boolean}),
    "user": Shape({"user_id": LONG}, STYLE),
    "usergroup": Shape({"usergroup_id": LONG}, STYLE),
    "channel": Shape({"channel_id": LONG}, STYLE),
    "team": Shape({"team_id": LONG}, STYLE),
    "emoji": Shape(
        {"name": LONG}, {**STYLE, "unicode": LONG, "url": LONG, "skin_tone": number(1, 6)}
    ),
    "broadcast": Shape({"range": one_of("here", "channel", "everyone")}, STYLE),
    "color": Shape({"value": LONG}, STYLE),
    "date": Shape(
        {"timestamp": number(whole=True), "format": LONG},
        {**STYLE, "url": LONG, "fallback": LONG},
    ),
}
MANY = 1000
SECTION = Shape({"elements": items(typed(PIECES), MANY, least=0)}, {"type": anything})
BORDER: dict[str, Check] = {"type": anything, "border": one_of(0, 1)}
PARTS: dict[str, Check] = {
    "rich_text_section": SECTION,
    "rich_text_quote": Shape({"elements": items(typed(PIECES), MANY)}, BORDER),
    "rich_text_preformatted": Shape(
        {"elements": items(typed(PIECES, ("text", "link")), MANY)},
        {**BORDER, "language": string(50)},
    ),
    "rich_text_list": Shape(
        {
            "elements": items(typed({"rich_text_section": SECTION}), MANY),
            "style": one_of("bullet", "ordered"),
        },
        {**BORDER, "indent": number(0, 8, whole=True), "offset": number(0, whole=True)},
    ),
}
RICH_TEXT = Shape(
    {"elements": items(typed(PARTS), MANY)},
    {"type": anything, "block_id": string(limits.BLOCK_ID)},
)
