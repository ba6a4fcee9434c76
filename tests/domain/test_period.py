"""Periods are read from the end of a text, and compared with the same shape before."""

from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.period import Period, months, read_period
from bot.errors import UserError

TODAY = date(2026, 9, 14)
ONE_DAY = timedelta(days=1)

PERIODS = [
    # text, first day, last day, words, first and last day of the period before
    ("", "2026-06-17", "2026-09-14", "the last 90 days", "2026-03-19", "2026-06-16"),
    ("90d", "2026-06-17", "2026-09-14", "the last 90 days", "2026-03-19", "2026-06-16"),
    (
        "the last 30 days",
        "2026-08-16",
        "2026-09-14",
        "the last 30 days",
        "2026-07-17",
        "2026-08-15",
    ),
    ("past 2 weeks", "2026-09-01", "2026-09-14", "the last 14 days", "2026-08-18", "2026-08-31"),
    ("last 3 months", "2026-06-15", "2026-09-14", "the last 92 days", "2026-03-15", "2026-06-14"),
    ("1 day", "2026-09-14", "2026-09-14", "today", "2026-09-13", "2026-09-13"),
    ("month", "2026-09-01", "2026-09-14", "September 2026 so far", "2026-08-01", "2026-08-14"),
    ("Last Month", "2026-08-01", "2026-08-31", "August 2026", "2026-07-01", "2026-07-31"),
    ("this quarter", "2026-07-01", "2026-09-14", "Q3 2026 so far", "2026-04-01", "2026-06-14"),
    ("last quarter", "2026-04-01", "2026-06-30", "Q2 2026", "2026-01-01", "2026-03-31"),
    ("2026-Q2", "2026-04-01", "2026-06-30", "Q2 2026", "2026-01-01", "2026-03-31"),
    ("2026-q1", "2026-01-01", "2026-03-31", "Q1 2026", "2025-10-01", "2025-12-31"),
    ("q2", "2026-04-01", "2026-06-30", "Q2 2026", "2026-01-01", "2026-03-31"),
    ("Q4", "2025-10-01", "2025-12-31", "Q4 2025", "2025-07-01", "2025-09-30"),
    ("2026-08", "2026-08-01", "2026-08-31", "August 2026", "2026-07-01", "2026-07-31"),
    ("feb 2024", "2024-02-01", "2024-02-29", "February 2024", "2024-01-01", "2024-01-31"),
    ("year", "2026-01-01", "2026-09-14", "2026 so far", "2025-01-01", "2025-09-14"),
    ("ytd", "2026-01-01", "2026-09-14", "2026 so far", "2025-01-01", "2025-09-14"),
    ("last year", "2025-01-01", "2025-12-31", "2025", "2024-01-01", "2024-12-31"),
    ("2025", "2025-01-01", "2025-12-31", "2025", "2024-01-01", "2024-12-31"),
]


def the_days(period: Period) -> tuple[str, str]:
    return period.starts_on.isoformat(), period.ends_on.isoformat()


@pytest.mark.parametrize(("text", "first", "last", "words", "first_before", "last_before"), PERIODS)
@pytest.mark.parametrize("start", ["", "iron peak"])
def test_reading(
    start: str, text: str, first: str, last: str, words: str, first_before: str, last_before: str
) -> None:
    period, rest = read_period(f"{start} {text} ", TODAY)
    assert the_days(period) == (first, last)
    assert the_days(period.before()) == (first_before, last_before)
    assert (period.words, rest) == (words, start)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("iron peak for the last month", "iron peak"),
        ("iron peak, in 2026-Q2", "iron peak"),
        ("Dr. May", "Dr. May"),
        ("dr may may 2026", "dr may"),
        ("Fournier90d", "Fournier90d"),
        ("month by month gym", "month by month gym"),
        ("Yearly Checks", "Yearly Checks"),
    ],
)
def test_what_is_left_of_the_text(text: str, rest: str) -> None:
    assert read_period(text, TODAY)[1] == rest


@pytest.mark.parametrize(
    "text", ["2026-Q4", "2027", "2026-13", "2026-Q5", "0d", "9999d", "2026-10"]
)
def test_refusals_say_why(text: str) -> None:
    with pytest.raises(UserError, match=r"\.$"):
        read_period(text, TODAY)


def test_the_last_day_of_a_month_makes_it_whole() -> None:
    period, _ = read_period("month", date(2026, 9, 30))
    assert period.words == "September 2026"
    assert the_days(period.before()) == ("2026-08-01", "2026-08-31")


def test_a_part_is_no_longer_than_the_unit_before() -> None:
    period, _ = read_period("month", date(2027, 3, 30))
    assert the_days(period.before()) == ("2027-02-01", "2027-02-28")


def test_words_of_the_period_before() -> None:
    said = [
        read_period(text, TODAY)[0].before().words for text in ("90d", "1d", "month", "2026-Q1")
    ]
    assert said == [
        "the 90 days before",
        "the day before",
        "August 2026 up to the same day",
        "Q4 2025",
    ]


@given(st.sampled_from(PERIODS), st.dates(date(2026, 9, 1), date(2060, 12, 31)))
@settings(deadline=None)
def test_periods_end_by_today_and_the_one_before_ends_before(
    case: tuple[str, ...], today: date
) -> None:
    period, _ = read_period(case[0], today)
    before = period.before()
    assert period.starts_on <= period.ends_on <= today
    assert before.starts_on <= before.ends_on < period.starts_on
    assert before.before().ends_on < before.starts_on


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 800))
@settings(deadline=None)
def test_months_cover_a_period_without_gap_or_overlap(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    slices = months(Period(start, end, ""))
    assert (slices[0][0], slices[-1][1]) == (start, end)
    assert all((first.year, first.month) == (last.year, last.month) for first, last in slices)
    assert all(
        last + ONE_DAY == first and first.day == 1 for (_, last), (first, _) in pairwise(slices)
    )


@given(st.text())
@settings(deadline=None)
def test_any_text_is_read_or_refused_with_words(text: str) -> None:
    with suppress(UserError):
        period, rest = read_period(text, TODAY)
        assert period.words
        assert rest in text
