"""Charts and tables: `data_visualization`, `data_table`, `table`.

The shapes enforced, as Slack's pages for these blocks state them:

    data_visualization  {title, chart, block_id?}
        chart           {type: pie, segments: [{label, value > 0}, ...]}
                        {type: bar|area|line, series: [{name, data: [{label, value}, ...]}, ...],
                         axis_config: {categories: [str, ...], x_label?, y_label?}}
                        every series has one point for each category, in any order;
                        names, labels and categories are unique
    data_table          {caption, rows: [[cell, ...], ...], page_size?, row_header_column_index?}
                        the first row is the header (no rich_text in it); rows equally long
    table               {rows: [[cell, ...], ...], column_settings?: [{align?, is_wrapped?}, ...]}
    cell                {type: raw_text, text} | {type: raw_number, value, text} | rich_text block

Slack raised the number of series and segments from 6 to 12; older copies of the page say 6.
"""

from collections.abc import Iterator
from typing import Any

from bot.practice import limits
from bot.practice.richtext import RICH_TEXT
from bot.practice.shapes import (
    Check,
    Problems,
    Shape,
    anything,
    boolean,
    items,
    number,
    one_of,
    problem,
    string,
    typed,
)

BLOCK: dict[str, Check] = {"type": anything, "block_id": string(limits.BLOCK_ID)}
LABEL = string(limits.CHART_LABEL)


def _values(rows: Any, key: str) -> list[Any]:
    return [row.get(key) for row in rows or [] if isinstance(row, dict)]


def _unique(found: list[Any], what: str, place: str) -> Problems:
    if len(found) != len({str(value) for value in found}):
        yield problem(f"must provide unique {what}", place)


def _pie_rule(chart: Any, place: str) -> Problems:
    yield from _unique(_values(chart.get("segments"), "label"), "labels", f"{place}/segments")


def _positive(value: Any, place: str) -> Problems:
    yield from number()(value, place)
    if isinstance(value, int | float) and value <= 0:
        yield problem("must be greater than 0", place)


def _series_rule(chart: Any, place: str) -> Problems:
    series = [one for one in chart.get("series") or [] if isinstance(one, dict)]
    yield from _unique(_values(series, "name"), "names", f"{place}/series")
    axis = chart.get("axis_config")
    categories = axis.get("categories") if isinstance(axis, dict) else None
    if not isinstance(categories, list):
        return
    yield from _unique(categories, "categories", f"{place}/axis_config/categories")
    for index, one in enumerate(series):
        labels = sorted(map(str, _values(one.get("data"), "label")))
        if labels != sorted(map(str, categories)):
            where = f"{place}/series/{index}/data"
            yield problem("must provide one data point for each category", where)


POINT = Shape({"label": LABEL, "value": number()})
SERIES = Shape({"name": LABEL, "data": items(POINT, limits.CHART_POINTS)})
AXIS = Shape(
    {"categories": items(LABEL, limits.CHART_POINTS)},
    {"x_label": string(limits.AXIS_LABEL), "y_label": string(limits.AXIS_LABEL)},
)
PIE = Shape(
    {"segments": items(Shape({"label": LABEL, "value": _positive}), limits.CHART_SERIES)},
    {"type": anything},
    _pie_rule,
)
XY = Shape(
    {"series": items(SERIES, limits.CHART_SERIES), "axis_config": AXIS},
    {"type": anything},
    _series_rule,
)
CHARTS: dict[str, Check] = {"pie": PIE, "bar": XY, "area": XY, "line": XY}
DATA_VISUALIZATION = Shape({"title": string(limits.CHART_TITLE), "chart": typed(CHARTS)}, BLOCK)

CELL_TEXT = string(limits.TABLE_CHARACTERS)
RAW_TEXT = Shape({"text": CELL_TEXT}, {"type": anything})
RAW_NUMBER = Shape({"value": number(), "text": CELL_TEXT}, {"type": anything})
CELLS: dict[str, Check] = {
    "raw_text": RAW_TEXT,
    "raw_number": RAW_NUMBER,
    "rich_text": RICH_TEXT,
}
ROW = items(typed(CELLS), limits.TABLE_COLUMNS)
COLUMN = Shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})


def _cells(value: Any) -> Iterator[Any]:
    rows = value.get("rows")
    for row in rows if isinstance(rows, list) else []:
        yield from row if isinstance(row, list) else []


def _letters(part: Any) -> int:
    if isinstance(part, dict):
        own = len(part["text"]) if isinstance(part.get("text"), str) else 0
        return own + sum(_letters(part[key]) for key in ("elements",) if key in part)
    return sum(map(_letters, part)) if isinstance(part, list) else 0


def characters(block: Any) -> int:
    """How much text stands in the cells of a table."""
    return sum(map(_letters, _cells(block)))


def _equal_rows(value: Any, place: str) -> Problems:
    rows = value.get("rows")
    lengths = {len(row) for row in rows if isinstance(row, list)} if isinstance(rows, list) else {}
    if len(lengths) > 1:
        yield problem("must provide rows of equal length", f"{place}/rows")


def _data_table_rule(value: Any, place: str) -> Problems:
    yield from _equal_rows(value, place)
    rows = value.get("rows")
    header = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], list) else []
    for index, cell in enumerate(header):
        if isinstance(cell, dict) and cell.get("type") == "rich_text":
            yield problem("unsupported type: rich_text", f"{place}/rows/0/{index}/type")


DATA_TABLE = Shape(
    {"caption": string(limits.SECTION_TEXT), "rows": items(ROW, limits.DATA_TABLE_ROWS, least=2)},
    {
        **BLOCK,
        "page_size": number(1, limits.DATA_TABLE_PAGE, whole=True),
        "row_header_column_index": number(0, limits.TABLE_COLUMNS - 1, whole=True),
    },
    _data_table_rule,
)
TABLE = Shape(
    {"rows": items(ROW, limits.TABLE_ROWS)},
    {**BLOCK, "column_settings": items(COLUMN, limits.TABLE_COLUMNS, least=0)},
)
