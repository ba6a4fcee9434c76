"""A Message as Block Kit, in a ladder of ever plainer ways to say the same."""

from collections.abc import Callable, Iterable, Iterator
from typing import assert_never

from bot.domain.message import (
    Chart,
    Control,
    Controls,
    Heading,
    Message,
    Part,
    Row,
    Small,
    Words,
)
from bot.domain.words import count_words, short
from bot.slack import charts, limits
from bot.slack.elements import ActionIds, elements
from bot.slack.mrkdwn import Json, cut, mrkdwn, plain_text

Draw = Callable[[Chart], Json | None]

ROW, BUTTONS = "row:", "buttons:"
# Each way to show a chart, with how many of its kind a message may hold.
CHART_RUNGS: tuple[tuple[Draw, int], ...] = (
    (charts.drawn, limits.CHARTS),
    (charts.data_table, limits.MESSAGE_BLOCKS),
    (charts.table, limits.TABLES),
)
NOTHING = "Nothing to show."


def rungs(message: Message) -> list[Json]:
    """Return `text` and `blocks` of the message, then the same in ever plainer ways.

    The last one has no blocks and is taken by every workspace.
    """
    has_chart = any(isinstance(part, Chart) for part in message.parts)
    drawn = [_rung(message, draw, most) for draw, most in CHART_RUNGS] if has_chart else []
    return [*drawn, worded(message), plain(message)]


def worded(message: Message) -> Json:
    """Return the rung with buttons but without any block that a workspace may refuse."""
    return _rung(message, charts.in_words, 0)


def plain(message: Message) -> Json:
    """Return the rung without blocks."""
    return {"text": cut(message.text, limits.MESSAGE_TEXT) if message.text.strip() else NOTHING}


def reminder_ids(blocks: Iterable[Json]) -> tuple[int, ...]:
    """Return the reminders whose rows stand in the blocks of a message."""
    named = (str(block.get("block_id", "")) for block in blocks)
    numbers = (name.removeprefix(ROW) for name in named if name.startswith(ROW))
    return tuple(int(number) for number in numbers if number.isdecimal())


def _rung(message: Message, draw: Draw, most: int) -> Json:
    ids = ActionIds()
    shown: list[list[Json]] = []
    for part in message.parts:
        if isinstance(part, Chart):
            most -= 1
        shown.append(list(_blocks(part, draw if most >= 0 else charts.in_words, ids)))
    return {**plain(message), "blocks": _without_repeated_ids(_fitting(shown))}


def _fitting(shown: list[list[Json]]) -> list[Json]:
    """Whole parts while they fit, then one line that says how many did not."""
    fitting: list[Json] = []
    for i, blocks in enumerate(shown):
        together = [*fitting, *blocks]
        is_last = i == len(shown) - 1
        room = limits.MESSAGE_BLOCKS - (0 if is_last else 1)
        if len(together) > room or _length(together) > limits.BLOCKS_TEXT:
            left = count_words(sum(map(bool, shown[i:])), "more item")
            return [*fitting, _context(f"{left} did not fit here.")]
        fitting = together
    return fitting


def _length(part: object) -> int:
    """The number of characters in all texts of a block."""
    if isinstance(part, dict):
        return sum(
            len(v) if k == "text" and isinstance(v, str) else _length(v) for k, v in part.items()
        )
    return sum(map(_length, part)) if isinstance(part, list) else 0


def _without_repeated_ids(blocks: list[Json]) -> list[Json]:
    seen: set[str] = set()
    for block in blocks:
        if block.get("block_id") in seen:
            del block["block_id"]
        seen.add(block.get("block_id", ""))
    return blocks


def _blocks(part: Part, draw: Draw, ids: ActionIds) -> Iterator[Json]:
    match part:
        case Heading(text):
            yield from _if_any(text, _header)
        case Words(text):
            yield from _if_any(text, _section)
        case Small(text):
            yield from _if_any(text, _context)
        case Controls(controls):
            yield from _actions(controls, ids)
        case Row():
            yield from _row(part, ids)
        case Chart():
            block = draw(part) or charts.in_words(part)
            yield from [block] if block else []
        case _:
            assert_never(part)


def _row(row: Row, ids: ActionIds) -> Iterator[Json]:
    for block in _if_any(row.text, _section):
        yield block if row.id is None else {**block, "block_id": f"{ROW}{row.id}"}
    yield from _if_any(row.draft, _quote)
    yield from _if_any(row.small, _context)
    yield from _actions(row.controls, ids, row.id)


def _if_any(text: str, make: Callable[[str], Json]) -> Iterator[Json]:
    if text.strip():
        yield make(text)


def _header(text: str) -> Json:
    return {"type": "header", "text": plain_text(text, limits.HEADER_TEXT)}


def _section(text: str) -> Json:
    return {"type": "section", "text": mrkdwn(text, limits.SECTION_TEXT)}


def _context(text: str) -> Json:
    return {"type": "context", "elements": [mrkdwn(text, limits.SECTION_TEXT)]}


def _quote(text: str) -> Json:
    """A quotation of literal text: what is copied from it is the note and nothing else."""
    pieces = [{"type": "text", "text": short(text.strip(), limits.SECTION_TEXT)}]
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_quote", "elements": pieces}],
    }


def _actions(
    controls: tuple[Control, ...], ids: ActionIds, reminder: int | None = None
) -> Iterator[Json]:
    made = elements(controls, ids)
    for start in range(0, len(made), limits.ACTIONS):
        block: Json = {"type": "actions", "elements": made[start : start + limits.ACTIONS]}
        yield block if reminder is None else {"block_id": f"{BUTTONS}{reminder}", **block}
