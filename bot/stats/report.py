"""A report: the lines, the chart, what deserves a look, and what the words mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.message import Chart, Message, Part, Small, Words
from bot.domain.period import Period
from bot.domain.tally import NOTHING_TO_LOOK_AT, Attention, Tally
from bot.domain.words import span_words
from bot.stats import STATISTICS
from bot.stats.look import look
from bot.stats.statistic import Statistic

# https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
MOST_CHARTS = 2
NOTHING_YET = "Nothing was recorded in this time. A referral goes in like this: `/partner refer`."


@dataclass(frozen=True, slots=True)
class Figures:
    """What a report is made of.

    `name` is mrkdwn that says whose figures they are, `facts` are further lines about them.
    `charts` are drawn, the first `MOST_CHARTS` of them. `today` is in the workspace's zone.
    """

    name: str
    period: Period
    today: date
    now: Tally
    before: Tally
    charts: Sequence[Chart] = ()
    attention: Attention = NOTHING_TO_LOOK_AT
    facts: tuple[str, ...] = ()
    statistics: tuple[Statistic, ...] = STATISTICS


def report(figures: Figures, is_public: bool) -> Message:
    """Return the figures as a message: period and definitions said, counts always shown."""
    said = _said(figures)
    lines = [f"{statistic.title}: {line}" for statistic, line in said]
    if figures.now == figures.before == Tally():
        lines = [NOTHING_YET]
    parts: list[Part] = [Words("\n".join((_heading(figures), *lines, *figures.facts)))]
    parts += figures.charts[:MOST_CHARTS]
    parts += look(figures.attention, figures.today)
    parts += _meanings([statistic for statistic, _ in said])
    return Message(tuple(parts), _preview(figures), is_public)


def _said(figures: Figures) -> list[tuple[Statistic, str]]:
    return [
        (statistic, line)
        for statistic in figures.statistics
        if (line := statistic.line(figures.now, figures.before))
    ]


def _heading(figures: Figures) -> str:
    period = figures.period
    before = f"{period.before().words} in parentheses"
    if period.months:
        return f"*{figures.name}, {period.words}* ({_span(figures)}; {before})"
    return f"*{figures.name}, {_span(figures)}* ({before})"


def _span(figures: Figures) -> str:
    return span_words(figures.period.starts_on, figures.period.ends_on, figures.today)


def _preview(figures: Figures) -> str:
    now = figures.now
    return f"{figures.name}, {_span(figures)}: {now.received:,} received, {now.converted:,} came in"


def _meanings(statistics: list[Statistic]) -> list[Part]:
    meanings = [statistic.means for statistic in statistics if statistic.means]
    return [Small(f"_{' '.join(meanings)}_")] if meanings else []
