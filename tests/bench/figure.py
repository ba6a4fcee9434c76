"""What a measurement finds, as a table to read and as JSON to keep."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

HEAD = "| where | what | figure | goal |\n|---|---|---|---|"
Unit = Literal["rows/s", "messages/s", "ms", "s", "MB", "lost", "twice", "times", "kills"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: `where` groups what was measured in one go, `who` and `what` name it.

    `goal` is the limit it was to keep (as words), `is_met` whether it did. Without a value the
    `note` says why there is none.
    """

    where: str
    who: str
    value: float | None
    unit: Unit
    goal: str = ""
    is_met: bool | None = None
    note: str = ""


def at_least(where: str, who: str, value: float, least: float, unit: Unit = "times") -> Figure:
    return Figure(where, who, value, unit, f">= {least:g}", value >= least)


def at_most(where: str, who: str, value: float, most: float, unit: Unit = "times") -> Figure:
    return Figure(where, who, value, unit, f"<= {most:g}", value <= most)


def percentile(values: Iterable[float], part: float) -> float:
    """Return the value below which `part` (0 to 1) of all values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def line(one: Figure) -> str:
    """Draw a figure as a row of a Markdown table under HEAD."""
    figure = "none" if one.value is None else f"{_number(one.value)} {one.unit}"
    verdict = {None: "", True: ": met", False: ": missed"}[one.is_met]
    shown = f"{figure} ({one.note})" if one.note else figure
    return f"| {one.where} | {one.who} | {shown} | {one.goal}{verdict} |"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
