"""What a statistic is."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.tally import Tally


@dataclass(frozen=True, slots=True)
class Statistic:
    """One line of a report.

    `line(now, before)` returns mrkdwn to stand after `title`, with the figures of the period
    before in parentheses, or None where there is nothing to say. `means` defines what is counted.
    """

    name: str
    title: str
    line: Callable[[Tally, Tally], str | None]
    means: str = ""
