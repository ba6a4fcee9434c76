"""A Message as Block Kit, in a ladder of ever plainer ways to say the same."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from bot.domain.message import (
    Ask,
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
from bot.slack.elements import ActionIds, asked, elements
from bot.slack.mrkdwn import Json, cut, mrkdwn, plain_text

Draw = Callable[[Chart], Json | None]

ROW, BUTTONS = "row:", "buttons:"


@dataclass(frozen=True, slots=True)
class Room:
    """How many blocks fit, and how many characters in all of them."""

    blocks: int
    text: int


IN_MESSAGE = Room(limits.MESSAGE_BLOCKS, limits.BLOCKS_TEXT)
IN_VIEW = Room(limits.VIEW_BLOCKS, limits.VIEW_TEXT)
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
    return [*_drawn(message, IN_MESSAGE), worded(message), plain(message)]


def worded(message: Message, room: Room = IN_MESSAGE) -> Json:
    """Return the rung with buttons but without any block that a workspace may refuse."""
    return _rung(message, charts.in_words, 0, room)


def home_rungs(message: Message) -> list[Json]:
    """Return the message as a Home view, in ever plainer ways; the last is nothing but text."""
    text = Message((Words(plain(message)["text"]),))
    drawn = [*_drawn(message, IN_VIEW), worded(message, IN_VIEW), worded(text, IN_VIEW)]
    return [{"type": "home", "blocks": rung["blocks"]} for rung in drawn]


def with_empty_menus(drawn: Json, mark: str) -> Json:
    """Return what is drawn again with rows whose menus show nothing picked.

    Slack's client keeps what was picked in a block of the same name, and takes the same pick for
    none at all the next time: so each drawing has a `mark` of its own in their names.
    """
    named = [
        {**block, "block_id": f"{name}:{mark}"} if name.startswith(BUTTONS) else block
        for block in drawn.get("blocks", ())
        for name in [str(block.get("block_id", ""))]
    ]
    return {**drawn, **({"blocks": named} if named else {})}


def page_over(title: str, message: Message) -> Json:
    """Return the message as a modal to read and close, without its controls."""
    told = [part for part in message.parts if not isinstance(part, Controls | Ask)]
    return {
        "type": "modal",
        "title": plain_text(title, limits.VIEW_TITLE),
        "close": plain_text("Close", limits.VIEW_TITLE),
        "blocks": worded(Message(tuple(told)), IN_VIEW)["blocks"],
    }


def plain(message: Message) -> Json:
    """Return the rung without blocks."""
    return {"text": cut(message.text, limits.MESSAGE_TEXT) if message.text.strip() else NOTHING}


def reminder_ids(blocks: Iterable[Json]) -> tuple[int, ...]:
    """Return the reminders whose rows stand in the blocks of a message."""
    named = (str(block.get("block_id", "")) for block in blocks)
    numbers = (name.removeprefix(ROW) for name in named if name.startswith(ROW))
    return tuple(int(number) for number in numbers if number.isdecimal())


def _drawn(message: Message, room: Room) -> list[Json]:
    """The rungs that have charts of a kind; none when there is nothing to draw."""
    if not any(isinstance(part, Chart) for part in message.parts):
        return []
    return [_rung(message, draw, most, room) for draw, most in CHART_RUNGS]


def _rung(message: Message, draw: Draw, most: int, room: Room) -> Json:
    ids = ActionIds()
    shown: list[list[Json]] = []
    for part in message.parts:
        if isinstance(part, Chart):
            most -= 1
        shown.append(list(_blocks(part, draw if most >= 0 else charts.in_words, ids)))
    return {**plain(message), "blocks": _without_repeated_ids(_fitting(shown, room))}


def _fitting(shown: list[list[Json]], room: Room) -> list[Json]:
    """Whole parts while they fit, then one line that says how many did not."""
    fitting: list[Json] = []
    length = 0
    for i, blocks in enumerate(shown):
        length += _length(blocks)
        is_last = i == len(shown) - 1
        most = room.blocks - (0 if is_last else 1)
        if len(fitting) + len(blocks) > most or length > room.text:
            left = count_words(sum(map(bool, shown[i:])), "more item")
            return [*fitting, _context(f"{left} did not fit here.")]
        fitting += blocks
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
        case Heading(text, level):
            yield from _if_any(text, lambda words: _header(words, level))
        case Words(text):
            yield from _if_any(text, _section)
        case Small(text):
            yield from _if_any(text, _context)
        case Controls(controls):
            yield from _actions(controls, ids)
        case Ask():
            yield asked(part, ids)
        case Row():
            yield from _row(part, ids)
        case Chart():
            block = draw(part) or charts.in_words(part)
            yield from [block] if block else []
        case _:
            assert_never(part)


def _row(row: Row, ids: ActionIds) -> Iterator[Json]:
    if _is_line(row):
        beside = elements(row.controls, ids)
        yield {**_section(row.text), **({"accessory": beside[0]} if beside else {})}
        return
    for block in _if_any(row.text, _section):
        yield block if row.id is None else {**block, "block_id": f"{ROW}{row.id}"}
    yield from _if_any(row.draft, _quote)
    yield from _if_any(row.small, _context)
    yield from _actions(row.controls, ids, row.id)


def _is_line(row: Row) -> bool:
    """Whether there is nothing but a text and one control, which then stands beside it."""
    is_alone = row.id is None and not row.draft and not row.small
    return is_alone and len(row.controls) == 1 and bool(row.text.strip())


def _if_any(text: str, make: Callable[[str], Json]) -> Iterator[Json]:
    if text.strip():
        yield make(text)


def _header(text: str, level: int | None) -> Json:
    header = {"type": "header", "text": plain_text(text, limits.HEADER_TEXT)}
    return {**header, "level": level} if level else header


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
