"""Each statistic says what was counted, and nothing that the counts do not carry."""

import re
import statistics as stdlib
from itertools import chain, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.tally import Tally
from bot.stats import (
    BALANCE,
    CAME_IN,
    CHECK_INS,
    CONVERSION_RATE,
    EVALUATION_DAYS,
    INTERACTIONS,
    PERSONAL,
    RECEIVED,
    SENT,
    STATISTICS,
    THANKED,
)
from bot.stats.conversion_rate import is_too_early
from bot.stats.evaluation_days import median
from bot.stats.share import FEWEST_CASES, percent, share
from bot.stats.statistic import Statistic
from tests.stats.given import HISTOGRAM, tallies

NONE = Tally()
GOOD = Tally(
    received=39,
    converted=30,
    lost=9,
    sent=9,
    interactions=48,
    check_ins=50,
    on_time=36,
    to_thank=20,
    thanked=15,
    days_to_evaluation=((6, 10), (8, 11), (20, 9)),
)
NEW = Tally(
    received=46,
    converted=31,
    lost=6,
    sent=12,
    interactions=57,
    check_ins=52,
    on_time=41,
    to_thank=28,
    thanked=24,
    days_to_evaluation=((2, 3), (6, 30), (15, 1)),
)
FEW = Tally(
    received=3, converted=2, check_ins=3, on_time=2, days_to_evaluation=((1, 1), (4, 1)), sent=5
)

SAID: tuple[tuple[Statistic, Tally, Tally, str | None], ...] = (
    (RECEIVED, NEW, GOOD, "*46* (39)"),
    (RECEIVED, NONE, NONE, "*0* (0)"),
    (CAME_IN, NEW, GOOD, "*31 so far*; 6 didn't, 9 still open (30 came in, 9 didn't)"),
    (CAME_IN, GOOD, NEW, "*30*; 9 didn't (31 came in, 6 didn't, 9 still open)"),
    (CAME_IN, GOOD, NONE, "*30*; 9 didn't"),
    (CAME_IN, NONE, GOOD, None),
    (CONVERSION_RATE, NEW, GOOD, "31 of 46 so far. Too early to compare rates."),
    (CONVERSION_RATE, GOOD, GOOD, "*77%*, 30 of 39 (30 of 39, 77%)"),
    (CONVERSION_RATE, GOOD, NEW, "*77%*, 30 of 39 (31 of 46, 9 still open: not compared)"),
    (CONVERSION_RATE, GOOD, NONE, "*77%*, 30 of 39"),
    (CONVERSION_RATE, GOOD, Tally(received=3, converted=2, lost=1), "*77%*, 30 of 39 (2 of 3)"),
    (CONVERSION_RATE, FEW, GOOD, "2 of 3 came in, too few for a rate"),
    (CONVERSION_RATE, NONE, GOOD, None),
    (EVALUATION_DAYS, NEW, GOOD, "*6 days*, median of 34 evaluations (8 days, of 30)"),
    (EVALUATION_DAYS, NEW, FEW, "*6 days*, median of 34 evaluations"),
    (EVALUATION_DAYS, FEW, GOOD, "2 evaluations, too few for a median"),
    (EVALUATION_DAYS, NONE, GOOD, None),
    (SENT, NEW, GOOD, "*12* (9)"),
    (SENT, NONE, GOOD, "*0* (9)"),
    (SENT, NONE, NONE, None),
    (BALANCE, NEW, FEW, "*34 more received than sent* (2 more sent than received)"),
    (BALANCE, NONE, GOOD, "*none either way* (30 more received than sent)"),
    (BALANCE, Tally(received=4), NONE, None),
    (BALANCE, Tally(sent=2, received=2), NONE, "*as many received as sent* (none either way)"),
    (INTERACTIONS, NEW, GOOD, "*57* (48)"),
    (CHECK_INS, NEW, GOOD, "*41 of 52, 79%* (36 of 50, 72%)"),
    (CHECK_INS, FEW, NONE, "*2 of 3*"),
    (CHECK_INS, NONE, GOOD, None),
    (THANKED, NEW, GOOD, "*24 of 28, 86%* (15 of 20, 75%)"),
    (THANKED, FEW, GOOD, None),
)


@pytest.mark.parametrize(("statistic", "now", "before", "said"), SAID)
def test_says(statistic: Statistic, now: Tally, before: Tally, said: str | None) -> None:
    assert statistic.line(now, before) == said


def test_every_statistic_is_in_the_table_once_and_tested() -> None:
    names = [statistic.name for statistic in STATISTICS]
    assert len(set(names)) == len(names)
    assert {statistic.name for statistic, *_ in SAID} == set(names)
    assert set(PERSONAL) <= set(STATISTICS)


@given(tallies(), tallies())
def test_no_percentage_under_five_cases(now: Tally, before: Tally) -> None:
    few = Tally(
        received=min(now.received, 4),
        converted=min(now.converted, now.received, 4),
        check_ins=min(now.check_ins, 4),
        on_time=min(now.on_time, 4),
    )
    for statistic in STATISTICS:
        assert "%" not in (statistic.line(few, few) or "")
        line = (statistic.line(now, before) or "").split(" (")[0]
        if "%" in line:
            wholes = [int(number) for number in re.findall(r"of (\d+)", line)]
            assert min(wholes) >= FEWEST_CASES


@given(tallies(), tallies())
def test_no_rate_while_over_a_tenth_is_open(now: Tally, before: Tally) -> None:
    line = CONVERSION_RATE.line(now, before) or ""
    if 10 * now.still_open > now.received:
        assert "%" not in line
    elif 10 * before.still_open > before.received:
        assert line.count("%") <= 1


@given(tallies(), tallies())
def test_lines_are_one_line_and_figures_stand_in_them(now: Tally, before: Tally) -> None:
    for statistic in STATISTICS:
        line = statistic.line(now, before)
        assert line is None or (line and "\n" not in line and "-" not in line)
    assert f"*{now.received}*" in (RECEIVED.line(now, before) or "")


@given(tallies(), tallies())
def test_tallies_add_up(one: Tally, other: Tally) -> None:
    both = one + other
    assert both == other + one
    assert one + NONE == one
    assert both.converted + both.lost + both.still_open == both.received
    assert both.came_in == one.came_in + other.came_in
    assert both.still_open == one.still_open + other.still_open


@given(tallies())
def test_too_early_is_over_a_tenth(tally: Tally) -> None:
    assert is_too_early(tally) == (10 * tally.still_open > tally.received)


@given(HISTOGRAM.filter(bool))
def test_median_is_the_middle_of_the_values_one_by_one(
    histogram: tuple[tuple[int, int], ...],
) -> None:
    values = chain.from_iterable(repeat(value, count) for value, count in histogram)
    assert median(histogram) == stdlib.median(values)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_percentages_are_the_nearest_whole_ones(case: tuple[int, int]) -> None:
    part, whole = case
    assert abs(percent(part, whole) - 100 * part / whole) <= 0.5
    assert 0 <= percent(part, whole) <= 100
    assert share(part, whole).startswith(f"{part:,} of {whole:,}")
    assert ("%" in share(part, whole)) == (whole >= FEWEST_CASES)
