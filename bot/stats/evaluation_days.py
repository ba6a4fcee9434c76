"""How many days pass from a referral to its first evaluation: the median."""

from itertools import accumulate

from bot.domain.tally import Tally
from bot.stats.share import FEWEST_CASES

MEANS = "Referral to evaluation = for evaluations in the period."


def line(now: Tally, before: Tally) -> str | None:
    if not now.came_in:
        return None
    if now.came_in < FEWEST_CASES:
        return f"{_evaluations(now)}, too few for a median"
    compared = f" ({_of(before)})" if before.came_in >= FEWEST_CASES else ""
    return f"*{_days(now)}*, median of {_evaluations(now)}{compared}"


def median(histogram: tuple[tuple[int, int], ...]) -> float:
    """Return the median of pairs of a value and how often it occurs, sorted and not empty."""
    upto = list(accumulate(count for _, count in histogram))
    low, high = (upto[-1] - 1) // 2, upto[-1] // 2

    def at(place: int) -> int:
        return next(value for (value, _), n in zip(histogram, upto, strict=True) if n > place)

    return (at(low) + at(high)) / 2


def _days(tally: Tally) -> str:
    days = median(tally.days_to_evaluation)
    return f"{days:g} day" if days == 1 else f"{days:g} days"


def _of(tally: Tally) -> str:
    return f"{_days(tally)}, of {tally.came_in:,}"


def _evaluations(tally: Tally) -> str:
    return f"{tally.came_in:,} evaluation" + ("" if tally.came_in == 1 else "s")
