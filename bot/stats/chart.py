"""The chart of a report: received and came in, by month, or by quarter or year in a long time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.message import Chart, Part
from bot.domain.period import ONE_DAY, Period, months
from bot.domain.tally import Tally
from bot.domain.words import MONTHS

# https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
MOST_POINTS = 20

Slice = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Unit:
    """A calendar unit: the day on which that of a given day starts, and its label in the chart."""

    name: str
    start: Callable[[date], date]
    label: Callable[[date], str]


UNITS = (
    Unit(
        "month",
        lambda day: day.replace(day=1),
        lambda day: f"{MONTHS[day.month - 1][:3]} {day.year}",
    ),
    Unit(
        "quarter",
        lambda day: day.replace(month=day.month - (day.month - 1) % 3, day=1),
        lambda day: f"Q{(day.month + 2) // 3} {day.year}",
    ),
    Unit("year", lambda day: day.replace(month=1, day=1), lambda day: f"{day.year}"),
)


def chart(period: Period, by_month: Mapping[date, Tally]) -> list[Part]:
    """Return the chart of a period of several months with any referral, else nothing.

    `by_month` holds the tallies by the first day of each month in the period.
    """
    if not any(tally.received for tally in by_month.values()):
        return []
    unit, slices = _slices(period)
    if len(slices) < 2:
        return []
    sums = [_sum(by_month, each) for each in slices]
    return [
        Chart(
            f"Received and came in, by {unit.name}",
            tuple(_label(unit, each) for each in slices),
            (
                ("Received", tuple(tally.received for tally in sums)),
                ("Came in", tuple(tally.converted for tally in sums)),
            ),
        )
    ]


def _slices(period: Period) -> tuple[Unit, list[Slice]]:
    """The finest unit that fits, and the days of each in the period."""
    for unit in UNITS:
        slices: dict[date, Slice] = {}
        for first, last in months(period):
            begun_on, _ = slices.get(unit.start(first), (first, last))
            slices[unit.start(first)] = begun_on, last
        if len(slices) <= MOST_POINTS:
            break
    return unit, list(slices.values())


def _label(unit: Unit, days: Slice) -> str:
    first, last = days
    is_whole = unit.start(first) == first and unit.start(last + ONE_DAY) == last + ONE_DAY
    return unit.label(first) if is_whole else f"{unit.label(first)} (part)"


def _sum(by_month: Mapping[date, Tally], days: Slice) -> Tally:
    inside = (tally for first, tally in by_month.items() if days[0] <= first <= days[1])
    return sum(inside, Tally())
