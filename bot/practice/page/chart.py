"""Charts as shapes to draw: where bars, lines, slices and labels stand in an SVG."""

import math
from dataclasses import dataclass, field

from bot.practice.records import Json

WIDTH, HEIGHT = 560, 240
LEFT, RIGHT, TOP, BOTTOM = 44, 10, 26, 40
STEPS = (1, 2, 2.5, 5, 10)
LINES = 4
MANY_LABELS = 8


@dataclass
class Drawing:
    """What the template draws; `series` numbers the colours."""

    title: str
    words: str
    names: list[str] = field(default_factory=list)
    bars: list[Json] = field(default_factory=list)
    paths: list[Json] = field(default_factory=list)
    dots: list[Json] = field(default_factory=list)
    grid: list[Json] = field(default_factory=list)
    labels: list[Json] = field(default_factory=list)
    x_label: str = ""
    y_label: str = ""


def drawing(block: Json) -> Drawing:
    """Return the shapes of a data_visualization block."""
    chart = block["chart"]
    if chart["type"] == "pie":
        return _pie(block["title"], chart["segments"])
    return _Axes(block["title"], chart).drawn()


def figure(value: float) -> str:
    return f"{value:,.10g}"


def _pie(title: str, segments: list[Json]) -> Drawing:
    total = sum(one["value"] for one in segments)
    words = ", ".join(f"{one['label']} {figure(one['value'])}" for one in segments)
    made = Drawing(title, f"Pie chart: {title}. {words}")
    angle = -math.pi / 2
    for number, one in enumerate(segments):
        share = one["value"] / total
        made.names.append(f"{one['label']}: {figure(one['value'])} ({share:.0%})")
        made.paths.append({"series": number, "d": _slice(angle, share), "filled": True})
        angle += share * 2 * math.pi
    return made


def _slice(angle: float, share: float) -> str:
    # An arc cannot lead back to where it began.
    turn = min(share, 0.9999) * 2 * math.pi
    x, y, radius = WIDTH / 2, HEIGHT / 2, HEIGHT / 2 - 10

    def at(turned: float) -> str:
        return f"{x + radius * math.cos(turned):.1f},{y + radius * math.sin(turned):.1f}"

    large = int(turn > math.pi)
    return f"M{x},{y} L{at(angle)} A{radius},{radius} 0 {large} 1 {at(angle + turn)} Z"


def scale(least: float, most: float) -> list[float]:
    """Return round values from at or below `least` to at or above `most`."""
    most = most if most > least else least + 1
    span = most - least
    power = 10 ** math.floor(math.log10(span / LINES))
    step = next(power * one for one in STEPS if span / (power * one) <= LINES)
    first, last = math.floor(least / step), math.ceil(most / step)
    return [round(n * step, 10) for n in range(first, max(last, first + 1) + 1)]


class _Axes:
    """A bar, line or area chart: categories across, values up."""

    def __init__(self, title: str, chart: Json) -> None:
        self.kind, self.series = chart["type"], chart["series"]
        self.axis = chart["axis_config"]
        self.categories = self.axis["categories"]
        self.made = Drawing(title, f"{self.kind.capitalize()} chart: {title}. {self._words()}")
        values = [point["value"] for one in self.series for point in one["data"]]
        self.ticks = scale(min(0, *values, 0), max(0, *values, 0))
        self.room = (WIDTH - LEFT - RIGHT) / len(self.categories)

    def drawn(self) -> Drawing:
        made = self.made
        made.names = [one["name"] for one in self.series]
        made.x_label, made.y_label = self.axis.get("x_label", ""), self.axis.get("y_label", "")
        made.grid = [{"y": self.y(tick), "text": figure(tick)} for tick in self.ticks]
        every = math.ceil(len(self.categories) / MANY_LABELS)
        made.labels = [
            {"x": self.x(i), "text": text}
            for i, text in enumerate(self.categories)
            if i % every == 0
        ]
        for number, one in enumerate(self.series):
            values = self._values(one)
            (self._bars if self.kind == "bar" else self._line)(number, values)
        return made

    def x(self, index: int) -> float:
        return round(LEFT + (index + 0.5) * self.room, 1)

    def y(self, value: float) -> float:
        share = (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    def _values(self, one: Json) -> list[float]:
        """The points may come in any order."""
        named = {point["label"]: point["value"] for point in one["data"]}
        return [named[category] for category in self.categories]

    def _bars(self, number: int, values: list[float]) -> None:
        width = self.room * 0.8 / len(self.series)
        for i, value in enumerate(values):
            x = self.x(i) - self.room * 0.4 + number * width
            top, foot = sorted((self.y(value), self.y(0)))
            bar = {"x": round(x, 1), "y": top, "width": round(width - 1, 1), "height": foot - top}
            text = figure(value) if width > 12 else ""
            self.made.bars.append({**bar, "series": number, "text": text, "said": self._said(i)})

    def _line(self, number: int, values: list[float]) -> None:
        points = [(self.x(i), self.y(value)) for i, value in enumerate(values)]
        line = "M" + " L".join(f"{x},{y}" for x, y in points)
        if self.kind == "area":
            foot = self.y(0)
            closed = f"{line} L{points[-1][0]},{foot} L{points[0][0]},{foot} Z"
            self.made.paths.append({"series": number, "d": closed, "filled": True, "area": True})
        self.made.paths.append({"series": number, "d": line, "filled": False})
        for i, (x, y) in enumerate(points):
            self.made.dots.append({"x": x, "y": y, "series": number, "said": self._said(i)})

    def _said(self, index: int) -> str:
        values = ((one["name"], self._values(one)[index]) for one in self.series)
        figures = ", ".join(f"{name} {figure(value)}" for name, value in values)
        return f"{self.categories[index]}: {figures}"

    def _words(self) -> str:
        return "; ".join(self._said(index) for index in range(len(self.categories)))
