"""Charts of a report over time: by month, or by quarter or year in a long time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.message import Chart
from bot.domain.period import ONE_DAY, Period, months
from bot.domain.tally import Tally
from bot.domain.words import MONTHS, list_words
from bot.stats.share import FEWEST_CASES

# https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
MOST_POINTS = 20

Slice = tuple[date, date]
Groups = Sequence[tuple[str, Tally]]
# What is drawn: a name, and what it counts.
Series = tuple[str, Callable[[Tally], int]]

RECEIVED: Series = ("Received", lambda tally: tally.received)
CAME_IN: Series = ("Came in", lambda tally: tally.converted)
SENT: Series = ("Sent", lambda tally: tally.sent)


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


def chart(
    period: Period, by_month: Mapping[date, Tally], is_both_ways: bool = False
) -> list[Chart]:
    """Return the chart of a period of several months, or nothing when few were received.

    `by_month` holds the tallies by the first day of each month in the period. `is_both_ways` draws
    what was sent as well, if anything was.
    """
    sent = (SENT,) if is_both_ways and any(tally.sent for tally in by_month.values()) else ()
    unit, slices = _slices(period)
    if len(slices) < 2:
        return []
    sums = [(_label(unit, each), _sum(by_month, each)) for each in slices]
    return drawn(unit.name, sums, (RECEIVED, CAME_IN, *sent))


def drawn(by: str, groups: Groups, series: tuple[Series, ...]) -> list[Chart]:
    """Return the chart of labelled `groups`; nothing where it would show too few referrals."""
    cases = [count for one, count in series if one != CAME_IN[0]]
    if sum(count(tally) for _, tally in groups for count in cases) < FEWEST_CASES:
        return []
    named = list_words([name if i == 0 else name.lower() for i, (name, _) in enumerate(series)])
    return [
        Chart(
            f"{named}, by {by}",
            tuple(label for label, _ in groups),
            tuple((name, tuple(count(tally) for _, tally in groups)) for name, count in series),
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
