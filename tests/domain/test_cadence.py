"""Cadences are read from people's words, stored as text, and never drift."""

from calendar import monthrange
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.cadence import (
    QUARTERLY,
    Cadence,
    due_on,
    less_often,
    next_dates,
    read_cadence,
    spread,
)
from bot.domain.recurrence import LAST, MOST, ORDINALS, UNITS, Unit
from bot.domain.when import WorkCalendar
from bot.errors import UserError

ONE_DAY = timedelta(days=1)
US = WorkCalendar("US")

FLOATING = {
    "every day": ["daily", "every 1 day", "each day"],
    "every 10 days": ["every ten days", "every10days", "3 times a month", "3x per month"],
    "every 15 days": ["twice a month", "semi-monthly", "twice monthly"],
    "every 3 days": ["twice a week"],
    "every week": ["weekly", "Every  WEEK.", "once a week", "every 1 week"],
    "every 2 weeks": [
        "biweekly",
        "bi-weekly",
        "fortnightly",
        "every other week",
        "every two weeks",
        "every second week",
        "every couple of weeks",
        "every fortnight",
    ],
    "every 6 weeks": [
        "every 6 weeks",
        "6 weeks",
        "once every six wks",
        "every6weeks",
        "every 6-weeks",
    ],
    "every month": ["monthly", "once a month", "every one month", "per month"],
    "every 2 months": ["every other month", "bimonthly", "every 2 months"],
    "every 3 months": ["quarterly", "every quarter", "every 3 months", "4 times a year"],
    "every 6 months": ["twice a year", "semiannually", "half-yearly", "every other quarter"],
    "every 12 months": ["yearly", "annually", "once a year", "every year", "every 12 months"],
    "every 36 months": ["every 3 years", "every 36 months"],
}
FIXED = {
    "FREQ=WEEKLY;BYDAY=TU": ["every Tuesday", "Tuesdays", "tues", "weekly on Tuesday"],
    "FREQ=WEEKLY;BYDAY=MO,TH": ["Mondays and Thursdays", "every thu, mon"],
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR": ["every other Friday", "biweekly on Fridays"],
    "FREQ=MONTHLY;BYDAY=1MO": [
        "first Monday of the month",
        "1st monday",
        "the first Monday of every month",
        "monthly on the first Monday",
        "every 1st monday of month",
    ],
    "FREQ=MONTHLY;BYDAY=1TU,3TU": ["1st and 3rd Tuesday", "first & third Tuesdays of the month"],
    "FREQ=MONTHLY;BYDAY=-1FR": ["last Friday of each month", "every last friday"],
    "FREQ=MONTHLY;BYDAY=2TU": ["every second Tuesday of the month"],
    "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO": ["first Monday of every other month"],
    "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=1MO": ["first Monday of each quarter"],
    "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=-1FR": ["last Friday of the quarter"],
    "FREQ=MONTHLY;BYMONTH=12;BYDAY=-1FR": ["last Friday of the year"],
    "FREQ=MONTHLY;BYMONTH=1;BYDAY=1MO": ["first Monday of the year", "first Monday in January"],
    "FREQ=MONTHLY;BYMONTHDAY=15": ["the 15th of every month", "monthly on the 15th"],
    "FREQ=MONTHLY;BYMONTHDAY=1,15": ["1st and 15th of the month"],
    "FREQ=MONTHLY;BYMONTHDAY=-1": ["last day of the month"],
    "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1": ["31st of the month"],
    "FREQ=MONTHLY;BYMONTHDAY=15,28,29,30;BYSETPOS=1,-1": ["15th and 30th of the month"],
    "FREQ=MONTHLY;BYMONTH=1;BYMONTHDAY=1": ["every January", "yearly on January 1"],
    "FREQ=MONTHLY;BYMONTH=1,7;BYMONTHDAY=1": ["every Jan and July"],
    "FREQ=MONTHLY;BYMONTH=3;BYMONTHDAY=15": ["every March 15th", "the 15th of March"],
}
REFUSED = """
    |banana|month|last|May|the 15th|every|every weekday|every few weeks|every 1.5 months
    |every -3 weeks|every 6-8 weeks|every 6 to 8 weeks|every ² weeks|every 2nd Tuesday
    |5th Friday|32nd of the month|first Monday and third Thursday|29th and 31st of the month
    |first week of the month|every other January|every 0 weeks|0 times a year|8 times a week
    |every 4 years|every 1096 days|every 99999999999999999999 weeks|<!channel>|monthly weekly
    |every 10 business days|first and last Monday of the quarter
    |Tuesdays in May|January 1st and July 15th
"""

days = st.dates(date(2000, 1, 1), date(2090, 1, 1))


def tuples(values: list[int], smallest: int, largest: int) -> st.SearchStrategy[tuple[int, ...]]:
    chosen = st.lists(st.sampled_from(values), min_size=smallest, max_size=largest, unique=True)
    return chosen.map(lambda items: tuple(sorted(items, key=lambda n: (n == LAST, n))))


weekdays = tuples(list(range(7)), 1, 3)
month_names = tuples(list(range(1, 13)), 1, 4)
days_of_month = st.builds(
    lambda early, late: early + late,
    tuples(list(range(1, 29)), 0, 2),
    tuples([29, 30, 31, LAST], 0, 1),
).filter(bool)
floating = st.sampled_from(list(UNITS.values())).flatmap(
    lambda unit: st.builds(Cadence, st.integers(1, MOST[unit]), st.just(unit))
)
monthly: st.SearchStrategy[Unit] = st.just("month")
fixed = st.one_of(
    st.builds(Cadence, st.integers(1, 8), st.just("week"), weekdays),
    st.builds(Cadence, st.integers(1, 12), monthly, weekdays, tuples(list(ORDINALS), 1, 2)),
    st.builds(Cadence, st.integers(1, 12), monthly, st.just(()), days_of_month),
    st.builds(Cadence, st.just(1), monthly, weekdays, tuples(list(ORDINALS), 1, 2), month_names),
    st.builds(Cadence, st.just(1), monthly, st.just(()), days_of_month, month_names),
)
cadences = floating | fixed


def is_named(cadence: Cadence, day: date) -> bool:
    """Tell, one day at a time and without a rule, whether a fixed cadence names a day."""
    length = monthrange(day.year, day.month)[1]
    if cadence.unit == "week":
        is_its_turn = (day.toordinal() - 1) // 7 % cadence.every == 0
        return is_its_turn and day.weekday() in cadence.weekdays
    is_its_turn = (day.year * 12 + day.month - 1) % cadence.every == 0
    if not is_its_turn or (cadence.months and day.month not in cadence.months):
        return False
    if not cadence.weekdays:
        return day.day in {length if n == LAST else min(n, length) for n in cadence.positions}
    places = {(day.day - 1) // 7 + 1} | ({LAST} if day.day + 7 > length else set())
    return day.weekday() in cadence.weekdays and bool(places & set(cadence.positions))


@pytest.mark.parametrize(
    ("words", "stored"),
    [(words, stored) for stored, spellings in FLOATING.items() for words in spellings]
    + [(words, f"RRULE:{rule}") for rule, spellings in FIXED.items() for words in spellings],
)
def test_reading(words: str, stored: str) -> None:
    assert read_cadence(words).stored == stored


@pytest.mark.parametrize("words", [words.strip() for words in REFUSED.split("|")])
def test_what_is_not_clear_is_refused_with_words(words: str) -> None:
    with pytest.raises(UserError) as refusal:
        read_cadence(words)
    assert not set("<>") & set(str(refusal.value))


@pytest.mark.parametrize("words", ["off", " None "])
def test_no_cadence_is_a_pause(words: str) -> None:
    with pytest.raises(UserError, match="/partner pause"):
        read_cadence(words)


@pytest.mark.parametrize(
    ("typed", "read_back"),
    [
        ("every 3 months", "every quarter"),
        ("every 24 months", "every 2 years"),
        ("1st monday", "the first Monday of every month"),
        ("1st and 3rd tues", "the first and third Tuesday of every month"),
        ("first monday of each quarter", "the first Monday of every quarter"),
        ("every other fri", "every other Friday"),
        ("31st of the month", "the 31st of every month (the last day of shorter months)"),
        ("1st and last day of the month", "the 1st and last day of every month"),
        ("every jan", "the 1st of every January"),
    ],
)
def test_reading_back(typed: str, read_back: str) -> None:
    assert read_cadence(typed).words == read_back


@given(cadences)
@settings(deadline=None)
def test_what_is_stored_and_what_is_read_back_mean_the_same(cadence: Cadence) -> None:
    assert Cadence.parse(cadence.stored) == cadence
    assert read_cadence(cadence.words) == cadence


@given(st.text(max_size=130))
@settings(deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(UserError):
        cadence = read_cadence(text)
        assert Cadence.parse(cadence.stored) == cadence


@pytest.mark.parametrize(
    "text",
    [
        "",
        "quarterly",
        "every 0 weeks",
        "every 1 week",
        "every 200 weeks",
        "RRULE:FREQ=DAILY",
        "RRULE:FREQ=WEEKLY;BYDAY=XX",
        "RRULE:FREQ=MONTHLY;BYDAY=9MO",
    ],
)
def test_only_canonical_text_is_stored(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Cadence.parse(text)


@pytest.mark.parametrize(
    ("words", "last", "expected"),
    [
        ("every 6 weeks", date(2027, 3, 3), ["2027-04-14", "2027-05-26"]),
        ("monthly", date(2027, 1, 31), ["2027-02-28", "2027-03-31", "2027-04-30"]),
        ("quarterly", date(2026, 11, 30), ["2027-02-28", "2027-05-30"]),
        ("first Monday of the month", date(2027, 3, 1), ["2027-04-05", "2027-05-03"]),
        ("first Monday of the month", date(2027, 2, 28), ["2027-03-01", "2027-04-05"]),
        ("31st of the month", date(2027, 1, 31), ["2027-02-28", "2027-03-31", "2027-04-30"]),
        ("every January", date(2027, 3, 3), ["2028-01-01", "2029-01-01"]),
        ("every February 29th", date(2027, 3, 3), ["2028-02-29", "2029-02-28"]),
    ],
)
def test_next_dates(words: str, last: date, expected: list[str]) -> None:
    dates = next_dates(read_cadence(words), last, len(expected))
    assert [day.isoformat() for day in dates] == expected


@given(floating, days, st.integers(1, 12))
@settings(deadline=None)
def test_a_floating_cadence_counts_from_the_last_touch(
    cadence: Cadence, last: date, count: int
) -> None:
    length = {"day": 1, "week": 7}.get(cadence.unit, 0)
    expected = [
        last
        + relativedelta(months=0 if length else k * cadence.every, days=k * cadence.every * length)
        for k in range(1, count + 1)
    ]
    assert next_dates(cadence, last, count) == expected
    assert due_on(cadence, last) == expected[0] > last


@given(fixed, days)
@settings(deadline=None)
def test_a_fixed_cadence_falls_on_the_first_day_it_names(cadence: Cadence, last: date) -> None:
    first, second = next_dates(cadence, last, 2)
    assert last < first < second
    assert due_on(cadence, last) == first
    passed = ((second - last).days - n for n in range((second - last).days))
    named = [day for n in passed if is_named(cadence, day := last + n * ONE_DAY)]
    assert sorted(named) == [first, second]


def test_every_other_friday_does_not_flip() -> None:
    cadence = read_cadence("every other Friday")
    fridays = {due_on(cadence, date(2027, 1, 1) + n * ONE_DAY) for n in range(365)}
    gaps = {(b - a).days for a, b in pairwise(sorted(fridays))}
    assert gaps == {14}


@given(st.integers(0, 400), cadences, days, st.integers(1, 8))
@settings(deadline=None)
def test_many_partners_are_spread_evenly(
    count: int, cadence: Cadence, start: date, per_day: int
) -> None:
    due = spread(count, cadence, start, US, per_day)
    assert len(due) == count
    assert due == sorted(due)
    assert all(day > start and US.is_working_day(day) for day in due)
    a_day = Counter(due).values()
    assert max(a_day, default=0) <= per_day
    if cadence.is_floating and US.add_working_days(start, -(-count // per_day) or 1) <= due_on(
        cadence, start
    ):
        assert all(day <= due_on(cadence, start) for day in due)


@given(st.integers(2, 60), days)
@settings(deadline=None)
def test_the_spread_reaches_from_end_to_end(count: int, start: date) -> None:
    due = spread(count, QUARTERLY, start, US)
    end = due_on(QUARTERLY, start)
    span = (start + n * ONE_DAY for n in range(1, (end - start).days + 1))
    working = [day for day in span if US.is_working_day(day)]
    gaps = {working.index(b) - working.index(a) for a, b in pairwise(due)}
    assert due[-1] == working[-1]
    assert max(gaps) - min(gaps) <= 1


def test_a_handful_is_spread_over_a_quarter() -> None:
    due = spread(3, QUARTERLY, date(2027, 3, 3), US)
    assert [day.isoformat() for day in due] == ["2027-04-02", "2027-05-04", "2027-06-03"]
    assert spread(0, QUARTERLY, date(2027, 3, 3), US) == []
    assert set(Counter(spread(30, read_cadence("weekly"), date(2027, 3, 3), US)).values()) == {5}


@given(cadences, days)
@settings(deadline=None)
def test_less_often_is_less_often(cadence: Cadence, start: date) -> None:
    longer = less_often(cadence)
    if longer is None:
        return
    until = start + 12 * 365 * ONE_DAY

    def count(one: Cadence) -> int:
        return sum(day <= until for day in next_dates(one, start, 700))

    assert longer.is_floating == cadence.is_floating
    assert (longer.weekdays, longer.positions) == (cadence.weekdays, cadence.positions)
    assert count(longer) < count(cadence) or count(longer) == 700
    assert Cadence.parse(longer.stored) == longer


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("every week", "every 2 weeks"),
        ("every 2 weeks", "every month"),
        ("every month", "every 2 months"),
        ("every 6 weeks", "every quarter"),
        ("every quarter", "every 6 months"),
        ("every 6 months", "every year"),
        ("first Monday of the month", "the first Monday of every other month"),
        ("every Tuesday", "every other Tuesday"),
        ("first Monday of the quarter", "the first Monday of every January and July"),
        ("every year", None),
        ("March 15", None),
    ],
)
def test_the_next_longer_cadence(now: str, then: str | None) -> None:
    longer = less_often(read_cadence(now))
    assert (longer and longer.words) == then
