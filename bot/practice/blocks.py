"""What Slack refuses in the blocks of a message or view, and how it words the refusal.

The shape of every block is a row of BLOCKS; charts and tables stand in charts.py (with the JSON
they must have), elements in elements.py, numbers in limits.py. Besides:

    alert     {text, level?: default|info|warning|error|success}
    card      {hero_image?, icon?, title?, subtitle?, body?, actions?: [button, ...]}; one of
              hero_image, title, body, actions is needed
    carousel  {elements: [card, ...]}
    markdown  {text}; 12,000 characters in all the markdown of a message

Unknown keys are refused ("invalid additional property"), as Slack does.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from bot.practice import limits
from bot.practice.charts import BLOCK, DATA_TABLE, DATA_VISUALIZATION, TABLE, characters
from bot.practice.elements import (
    ELEMENTS,
    IMAGE,
    IN_ACTIONS,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
)
from bot.practice.records import Json
from bot.practice.richtext import RICH_TEXT
from bot.practice.shapes import (
    Check,
    Problems,
    Shape,
    anything,
    at_least_one,
    boolean,
    exactly_one,
    items,
    one_of,
    plain,
    problem,
    string,
    text,
    typed,
)

IMAGE_ELEMENT = typed(ELEMENTS, ("image",))
CONTEXT: dict[str, Check] = {
    "image": ELEMENTS["image"],
    "plain_text": plain(limits.SECTION_TEXT),
    "mrkdwn": text(limits.SECTION_TEXT, ("mrkdwn",)),
}
LINK = string(limits.BUTTON_URL)
CARD = Shape(
    {},
    {
        **BLOCK,
        "hero_image": IMAGE_ELEMENT,
        "icon": IMAGE_ELEMENT,
        "title": text(limits.CARD_TITLE),
        "subtitle": text(limits.CARD_TITLE),
        "body": text(limits.CARD_BODY),
        "actions": items(typed(ELEMENTS, ("button",)), limits.CARD_ACTIONS),
    },
    at_least_one("hero_image", "title", "body", "actions"),
)
TASK = Shape(
    {
        "task_id": string(255),
        "title": string(3000),
        "status": one_of("pending", "in_progress", "complete", "error"),
    },
    {**BLOCK, "details": RICH_TEXT, "output": RICH_TEXT, "sources": anything},
)

BLOCKS: dict[str, Check] = {
    "section": Shape(
        {},
        {
            **BLOCK,
            "text": text(limits.SECTION_TEXT),
            "fields": items(text(limits.FIELD_TEXT), limits.SECTION_FIELDS),
            "accessory": typed(ELEMENTS, IN_SECTION),
            "expand": boolean,
        },
        at_least_one("text", "fields"),
    ),
    "header": Shape({"text": plain(limits.HEADER_TEXT)}, {**BLOCK, "level": one_of(1, 2, 3, 4)}),
    "divider": Shape({}, BLOCK),
    "context": Shape({"elements": items(typed(CONTEXT), limits.CONTEXT)}, BLOCK),
    "actions": Shape({"elements": items(typed(ELEMENTS, IN_ACTIONS), limits.ACTIONS)}, BLOCK),
    "context_actions": Shape(
        {"elements": items(typed(ELEMENTS, IN_CONTEXT_ACTIONS), limits.CONTEXT_ACTIONS)}, BLOCK
    ),
    "image": Shape(
        {"alt_text": string(limits.ALT_TEXT)},
        {**BLOCK, **IMAGE, "title": plain(limits.IMAGE_TITLE)},
        exactly_one("image_url", "slack_file"),
    ),
    "input": Shape(
        {"label": plain(limits.INPUT_LABEL), "element": typed(ELEMENTS, IN_INPUT)},
        {
            **BLOCK,
            "hint": plain(limits.INPUT_HINT),
            "optional": boolean,
            "dispatch_action": boolean,
        },
    ),
    "markdown": Shape({"text": string(limits.MARKDOWN_TEXT)}, BLOCK),
    "rich_text": RICH_TEXT,
    "table": TABLE,
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "alert": Shape(
        {"text": text(limits.SECTION_TEXT)},
        {**BLOCK, "level": one_of("default", "info", "warning", "error", "success")},
    ),
    "card": CARD,
    "carousel": Shape({"elements": items(typed({"card": CARD}), limits.CAROUSEL)}, BLOCK),
    "task_card": TASK,
    "plan": Shape({"title": string(3000)}, {**BLOCK, "tasks": items(anything, 50)}),
    "video": Shape(
        {
            "alt_text": string(limits.ALT_TEXT),
            "title": plain(limits.VIDEO_TITLE),
            "video_url": LINK,
            "thumbnail_url": LINK,
        },
        {
            **BLOCK,
            "author_name": string(limits.VIDEO_AUTHOR),
            "description": plain(limits.VIDEO_TITLE),
            "provider_name": string(limits.ALT_TEXT),
            "provider_icon_url": LINK,
            "title_url": LINK,
        },
    ),
}
IN_CONTAINER = [
    "actions",
    "context",
    "divider",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "table",
    "video",
    "file",
]
BLOCKS["container"] = Shape(
    {"child_blocks": items(typed(BLOCKS, IN_CONTAINER), limits.CONTAINER_BLOCKS)},
    {
        **BLOCK,
        "title": plain(limits.CONTAINER_TITLE),
        "rich_text_title": RICH_TEXT,
        "subtitle": text(limits.CONTAINER_TITLE),
        "icon": IMAGE_ELEMENT,
        "width": one_of("narrow", "standard", "wide", "full"),
        "is_collapsible": boolean,
        "default_collapsed": boolean,
        "has_header_divider": boolean,
    },
    at_least_one("title", "rich_text_title"),
)

ONLY_IN_MESSAGES = {
    "card",
    "carousel",
    "container",
    "context_actions",
    "data_table",
    "data_visualization",
    "markdown",
    "plan",
    "table",
    "task_card",
}
IN_MESSAGES = frozenset(BLOCKS)
IN_VIEWS = frozenset(BLOCKS) - ONLY_IN_MESSAGES


def children(block: Json) -> Iterator[Json]:
    """The interactive elements of a block, wherever Slack lets them stand."""
    found = [block.get("accessory"), block.get("element")]
    for key in ("elements", "actions", "child_blocks"):
        value = block.get(key)
        found += value if isinstance(value, list) else []
    for part in found:
        if isinstance(part, dict):
            if part.get("type") in ELEMENTS and part["type"] != "image":
                yield part
            else:
                yield from children(part)


def _repeated(names: Iterator[Any]) -> list[str]:
    return sorted(name for name, times in Counter(n for n in names if n).items() if times > 1)


def _clashes(blocks: list[Any], place: str) -> Problems:
    known = [block for block in blocks if isinstance(block, dict)]
    for name in _repeated(block.get("block_id") for block in known):
        yield problem(f"`block_id` already exists for another block: {name}", place)
    for index, block in enumerate(blocks):
        if isinstance(block, dict):
            for name in _repeated(part.get("action_id") for part in children(block)):
                yield problem(f"`action_id` already exists: {name}", f"{place}/{index}")


def _count(blocks: list[Any], kind: str) -> int:
    return sum(isinstance(block, dict) and block.get("type") == kind for block in blocks)


def _crowding(blocks: list[Any], place: str) -> Problems:
    if _count(blocks, "data_visualization") > limits.CHARTS:
        yield problem(f"no more than {limits.CHARTS} data_visualization blocks allowed", place)
    if _count(blocks, "table") > limits.TABLES:
        yield problem("only one table allowed", place)
    known = [block for block in blocks if isinstance(block, dict)]
    if sum(map(characters, known)) > limits.TABLE_CHARACTERS:
        yield problem(f"no more than {limits.TABLE_CHARACTERS} characters in tables", place)
    marked = [str(block.get("text")) for block in known if block.get("type") == "markdown"]
    if sum(map(len, marked)) > limits.MARKDOWN_TEXT:
        yield problem(f"no more than {limits.MARKDOWN_TEXT} characters of markdown", place)


def message_problems(blocks: list[Any], unsupported: Collection[str] = ()) -> list[str]:
    """Why Slack would answer `invalid_blocks` to a message; empty when it would not."""
    allowed = IN_MESSAGES - set(unsupported)
    found = list(items(typed(BLOCKS, allowed), limits.MESSAGE_BLOCKS, least=0)(blocks, "/blocks"))
    return [*found, *_clashes(blocks, "/blocks"), *_crowding(blocks, "/blocks")]


HOME: dict[str, Check] = {
    "type": anything,
    "private_metadata": string(limits.PRIVATE_METADATA, least=0),
    "callback_id": string(limits.CALLBACK_ID, least=0),
    "external_id": string(limits.EXTERNAL_ID, least=0),
}
VIEW_CONTENT: dict[str, Check] = {"blocks": items(typed(BLOCKS, IN_VIEWS), limits.VIEW_BLOCKS, 0)}
VIEWS: dict[str, Check] = {
    "home": Shape(VIEW_CONTENT, HOME),
    "modal": Shape(
        {**VIEW_CONTENT, "title": plain(limits.VIEW_TITLE)},
        {
            **HOME,
            "submit": plain(limits.VIEW_TITLE),
            "close": plain(limits.VIEW_TITLE),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
        },
    ),
}


def _submit_rule(view: Json, blocks: list[Any]) -> Problems:
    if view.get("type") != "modal" or view.get("submit"):
        return
    for index, block in enumerate(blocks):
        if isinstance(block, dict) and block.get("type") == "input":
            place = f"/view/blocks/{index}/input"
            yield problem("must define `submit` to use an `input` block in modals", place)


def view_problems(view: Any, kinds: Collection[str] = ("modal",)) -> list[str]:
    """Why Slack would answer `invalid_arguments` to a view; empty when it would not."""
    found = list(typed(VIEWS, kinds)(view, "/view"))
    blocks = view.get("blocks") if isinstance(view, dict) else None
    if isinstance(blocks, list):
        found += [*_clashes(blocks, "/view/blocks"), *_submit_rule(view, blocks)]
    return found
