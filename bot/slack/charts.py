"""Figures as Slack draws them, and the plainer ways for workspaces that refuse to."""

import math
from collections.abc import Iterable

from bot.domain.message import Chart
from bot.slack import limits
from bot.slack.mrkdwn import Json, mrkdwn, raw

XY_KINDS = ("bar", "line")


def drawn(chart: Chart) -> Json | None:
    """Return a `data_visualization` block; None when there is nothing that can be drawn."""
    body = _pie(chart) if chart.kind == "pie" else _xy(chart)
    title = raw(chart.title, limits.CHART_TITLE)
    return body and {"type": "data_visualization", "title": title, "chart": body}


def data_table(chart: Chart) -> Json | None:
    """Return the figures as a `data_table` block."""
    rows = [
        [_text_cell(label), *({"type": "raw_number", **_figure(value)} for value in values)]
        for label, values in _points(chart)
    ]
    if not rows:
        return None
    caption = raw(chart.title, limits.HEADER_TEXT)
    return {"type": "data_table", "caption": caption, "rows": [_header(chart), *rows]}


def table(chart: Chart) -> Json | None:
    """Return the figures as a `table` block."""
    rows = [
        [_text_cell(label), *({"type": "raw_text", "text": _words(value)} for value in values)]
        for label, values in _points(chart)
    ]
    if not rows:
        return None
    right = [{"align": "right"} for _ in _names(chart)]
    return {
        "type": "table",
        "rows": [_header(chart), *rows],
        "column_settings": [{"align": "left"}, *right],
    }


def in_words(chart: Chart) -> Json | None:
    """Return the figures as a paragraph."""
    title, _, figures = chart.text.partition("\n")
    said = f"*{title}*\n{figures}" if title.strip() and figures else chart.text
    return {"type": "section", "text": mrkdwn(said, limits.SECTION_TEXT)} if said.strip() else None


def _pie(chart: Chart) -> Json | None:
    sizes = [(label, values[0]) for label, values in _points(chart) if values[0] > 0]
    segments = [{"label": label, "value": size} for label, size in sizes[: limits.CHART_SERIES]]
    return {"type": "pie", "segments": segments} if segments else None


def _xy(chart: Chart) -> Json | None:
    points = _points(chart)
    if not points:
        return None
    series = [
        {"name": name, "data": [{"label": label, "value": values[i]} for label, values in points]}
        for i, name in enumerate(_names(chart))
    ]
    categories = [label for label, _ in points]
    kind = chart.kind if chart.kind in XY_KINDS else XY_KINDS[0]
    return {"type": kind, "series": series, "axis_config": {"categories": categories}}


def _points(chart: Chart) -> list[tuple[str, list[float]]]:
    """The labels that fit, each with its value in every series that fits."""
    columns = [values for _, values in chart.series[: limits.CHART_SERIES]]
    if not columns:
        return []
    labels = _unique(chart.labels[: limits.CHART_POINTS])
    return [(label, [_finite(c[i]) for c in columns]) for i, label in enumerate(labels)]


def _names(chart: Chart) -> list[str]:
    return _unique(name for name, _ in chart.series[: limits.CHART_SERIES])


def _unique(labels: Iterable[str]) -> list[str]:
    """Cut labels to the limit; those that became the same get a number instead of their end."""
    found: list[str] = []
    for label in labels:
        text, n = raw(label, limits.CHART_LABEL), 2
        while text in found:
            text, n = f"{raw(label, limits.CHART_LABEL - 1 - len(str(n)))} {n}", n + 1
        found.append(text)
    return found


def _finite(value: float) -> float:
    return value if math.isfinite(value) else 0


def _words(value: float) -> str:
    return f"{value:g}"


def _figure(value: float) -> Json:
    return {"value": value, "text": _words(value)}


def _text_cell(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def _header(chart: Chart) -> list[Json]:
    corner = raw(chart.title, limits.CHART_LABEL)
    return [_text_cell(text) for text in (corner, *_names(chart))]
