"""Days in words, on the day of the samples and on every other."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reading.calendar import WEEKDAYS
from bot.domain.reading.days import future_day, past_day

TODAY = date(2027, 3, 3)
ANY_DAY = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("yesterday", (2027, 3, 2)),
        ("yesteday morning", (2027, 3, 2)),
        ("last Tue", (2027, 3, 2)),
        ("last wed", (2027, 2, 24)),
        ("Wednesday", (2027, 3, 3)),
        ("Monday", (2027, 3, 1)),
        ("on thurs.", (2027, 2, 25)),
        ("sat morning", (2027, 2, 27)),
        ("this monday", (2027, 3, 1)),
        ("this past friday", (2027, 2, 26)),
        ("tuesday last week", (2027, 2, 23)),
        ("last week tuesday", (2027, 2, 23)),
        ("a week ago friday", (2027, 2, 19)),
        ("on the 1st", (2027, 3, 1)),
        ("on the 31st", (2027, 1, 31)),
        ("11/3", (2026, 11, 3)),
        ("Feb 18", (2027, 2, 18)),
        ("18 february", (2027, 2, 18)),
        ("the 18th of feb", (2027, 2, 18)),
        ("Feb. 18th, 2026", (2026, 2, 18)),
        ("02/22/2027", (2027, 2, 22)),
        ("2/22/27", (2027, 2, 22)),
        ("2-22-2027", (2027, 2, 22)),
        ("2027-02-15", (2027, 2, 15)),
        ("2/29", (2024, 2, 29)),
        ("Monday 3/1", (2027, 3, 1)),
        ("Tues, Mar 2", (2027, 3, 2)),
        ("3 days ago", (2027, 2, 28)),
        ("a couple of days ago", (2027, 3, 1)),
        ("a week ago", (2027, 2, 24)),
        ("two weeks ago", (2027, 2, 17)),
        ("a month ago", (2027, 2, 3)),
        ("last week", (2027, 2, 24)),
        ("over the weekend", (2027, 2, 27)),
        ("last night", (2027, 3, 2)),
        ("this morning", (2027, 3, 3)),
        ("am", (2027, 3, 3)),
        ("today", (2027, 3, 3)),
        ("an hour ago", (2027, 3, 3)),
        ("the day before yesterday", (2027, 3, 1)),
    ],
)
def test_past_day(text: str, on: tuple[int, int, int]) -> None:
    read = past_day(f"called {text}, fine", TODAY)
    assert read is not None
    assert (read.on, read.rest) == (date(*on), "called , fine")


@pytest.mark.parametrize(
    "text",
    """2/30|13/45|twice|at 3:30|22 runners|Suite 300|24/7|on the 3rd floor|mondays|every monday|
    by friday|next friday|tomorrow|in 3 days|12/25/2027|the friday workshop|re monday's class|9am|
    I am here|5k|2/3 of the staff|sat down with coach|sun safety|may want|march of dimes|
    since monday|the 2nd visit|120/80|555-0142|3/1x|before 3/1|until 2/20""".split("|"),
)
def test_not_a_past_day(text: str) -> None:
    assert past_day(text.strip(), TODAY) is None


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("by Friday", (2027, 3, 5)),
        ("wednesday", (2027, 3, 10)),
        ("until 3/12", (2027, 3, 12)),
        ("by 3/2", (2028, 3, 2)),
        ("tomorrow", (2027, 3, 4)),
        ("tmrw morning", (2027, 3, 4)),
        ("next week", (2027, 3, 8)),
        ("in 3 days", (2027, 3, 6)),
        ("in two weeks", (2027, 3, 17)),
        ("in a month", (2027, 4, 3)),
        ("on the 12th", (2027, 3, 12)),
        ("on the 2nd", (2027, 4, 2)),
        ("end of month", (2027, 3, 31)),
        ("end of the week", (2027, 3, 5)),
        ("next thursday", (2027, 3, 11)),
        ("next month", (2027, 4, 1)),
        ("a week from friday", (2027, 3, 12)),
        ("monday next week", (2027, 3, 8)),
        ("Mar 20", (2027, 3, 20)),
        ("2027-05-01", (2027, 5, 1)),
        ("today", (2027, 3, 3)),
    ],
)
def test_future_day(text: str, on: tuple[int, int, int]) -> None:
    read = future_day(f"send it {text}", TODAY)
    assert read is not None
    assert (read.on, read.rest) == (date(*on), "send it")


@pytest.mark.parametrize("text", ["yesterday", "last friday", "3 days ago", "2/30", "2027-03-02"])
def test_not_a_future_day(text: str) -> None:
    assert future_day(text, TODAY) is None


def test_a_marked_day_beats_others() -> None:
    read = future_day("send tomorrow's notes by friday to bright path", TODAY)
    assert read is not None
    assert read.on == date(2027, 3, 5)


@given(today=ANY_DAY, word=st.sampled_from(sorted(WEEKDAYS)))
def test_a_weekday_is_of_the_last_seven_days(today: date, word: str) -> None:
    read = past_day(f"called {word}", today)
    assert read is not None
    assert read.on.weekday() == WEEKDAYS[word]
    assert timedelta() <= today - read.on < timedelta(days=7)


@given(today=ANY_DAY, word=st.sampled_from(sorted(WEEKDAYS)))
def test_last_weekday_is_never_today(today: date, word: str) -> None:
    read = past_day(f"last {word}", today)
    assert read is not None
    assert timedelta() < today - read.on <= timedelta(days=7)


WORDS = st.sampled_from(
    "by on in last next the this of week weekend month monday tue fri 1st 31st 2/29 3/3 12/25 "
    "feb 30 may 7 2027-02-15 2/2/99 ago days two a 3 yesterday today tomorrow end before".split()
)


@given(today=ANY_DAY, words=st.lists(WORDS, max_size=8))
def test_days_stay_on_their_side_of_today(today: date, words: list[str]) -> None:
    past, future = past_day(" ".join(words), today), future_day(" ".join(words), today)
    assert past is None or past.on <= today
    assert future is None or future.on >= today


@given(today=ANY_DAY, month=st.integers(1, 12), day=st.integers(1, 28))
def test_only_a_guessed_year_far_back_needs_confirming(today: date, month: int, day: int) -> None:
    read = past_day(f"{month}/{day}", today)
    assert read is not None
    assert read.needs_confirming == ((today - read.on).days > 90)
    written = past_day(f"{month}/{day}/2001", today)
    assert written is None or not written.needs_confirming


@pytest.mark.parametrize("today", [date.min, date.max, date(2028, 2, 29), date(2027, 12, 31)])
def test_the_ends_of_the_calendar(today: date) -> None:
    for words in (
        "yesterday",
        "3 days ago",
        "a year ago",
        "last week",
        "mon",
        "on the 31st",
        "2/29",
    ):
        read = past_day(words, today)
        assert read is None or read.on <= today
    for words in ("tomorrow", "in 3 weeks", "end of month", "next month", "mon", "2/29"):
        ahead = future_day(words, today)
        assert ahead is None or ahead.on >= today
