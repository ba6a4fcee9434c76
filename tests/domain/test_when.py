"""Every zone of the world keeps working hours, whatever its clocks do."""

from bisect import bisect_left
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.when import (
    WorkCalendar,
    is_working_time,
    local_day,
    local_instant,
    morning,
    next_morning,
    next_working_time,
    zone,
)
from bot.errors import UserError

ONE_DAY = timedelta(days=1)
NEW_YORK = "America/New_York"
ANY_WEEKDAY = WorkCalendar()
US = WorkCalendar("US")
ZONES = sorted(available_timezones())
TIMES = [time(0), time(0, 30), time(1, 30), time(2), time(2, 30), time(9), time(16, 59)]
# Clocks that jumped at midnight, by half an hour, by two hours, or over a whole day.
ODD_DAYS = [
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Pacific/Kwajalein", date(1993, 8, 21)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("Australia/Lord_Howe", date(2027, 10, 3)),
    ("Antarctica/Troll", date(2027, 3, 28)),
    ("Europe/Dublin", date(1916, 5, 21)),
]

instants = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))
hours = st.times(time(9), time(16, 59, 59))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def days_of_change(name: str) -> Iterator[date]:
    """The days of 2026 and 2027 on which a zone's clocks change, with the days beside them."""
    place = ZoneInfo(name)
    offset = None
    for number in range(731):
        noon = datetime(2026, 1, 1, 12, tzinfo=place) + number * ONE_DAY
        if offset is not None and noon.utcoffset() != offset:
            yield from (noon.date() + nearby * ONE_DAY for nearby in (-1, 0, 1))
        offset = noon.utcoffset()


CHANGES = [(name, day) for name in ZONES for day in days_of_change(name)] + ODD_DAYS


def shown(instant: datetime, name: str) -> datetime:
    return instant.astimezone(ZoneInfo(name)).replace(tzinfo=None, fold=0)


def test_the_changes_are_found() -> None:
    assert (NEW_YORK, date(2027, 3, 14)) in CHANGES
    assert (NEW_YORK, date(2027, 11, 7)) in CHANGES
    assert len({name for name, _ in CHANGES}) > 100


def test_a_local_time_is_one_instant_at_every_change_of_every_zone() -> None:
    for name, day in CHANGES:
        for hour in TIMES:
            instant = local_instant(day, hour, name)
            wanted = datetime.combine(day, hour)
            assert instant.tzinfo is UTC
            if shown(instant, name) == wanted:
                assert instant.astimezone(ZoneInfo(name)).fold == 0, (name, day, hour)
            else:
                just_before = instant - timedelta(seconds=1)
                assert shown(just_before, name) < wanted < shown(instant, name), (name, day, hour)


def test_there_is_one_morning_a_working_day_at_every_change_of_every_zone() -> None:
    for name, day in CHANGES:
        monday = day - day.weekday() * ONE_DAY
        mornings = [
            morning(monday + number * ONE_DAY, time(9), name, ANY_WEEKDAY) for number in range(14)
        ]
        days = [shown(instant, name) for instant in sorted(set(mornings))]
        assert mornings == sorted(mornings)
        assert len({instant.date() for instant in days}) == len(days) >= 9, (name, day)
        assert all(9 <= instant.hour < 17 and instant.weekday() < 5 for instant in days)


@pytest.mark.parametrize(
    ("name", "day", "hour", "expected"),
    [
        (NEW_YORK, date(2027, 3, 3), time(9), "2027-03-03T14:00Z"),
        (NEW_YORK, date(2027, 3, 14), time(2, 30), "2027-03-14T07:00Z"),
        (NEW_YORK, date(2027, 11, 7), time(1, 30), "2027-11-07T05:30Z"),
        ("Australia/Lord_Howe", date(2027, 10, 3), time(2, 15), "2027-10-02T15:30Z"),
        ("America/Sao_Paulo", date(2018, 11, 4), time(0), "2018-11-04T03:00Z"),
        ("Pacific/Apia", date(2011, 12, 30), time(9), "2011-12-30T10:00Z"),
    ],
)
def test_local_instants(name: str, day: date, hour: time, expected: str) -> None:
    assert local_instant(day, hour, name) == at(expected)


def test_local_days() -> None:
    assert local_day(at("2027-03-03T04:59Z"), NEW_YORK) == date(2027, 3, 2)
    assert local_day(at("2027-03-03T05:00Z"), NEW_YORK) == date(2027, 3, 3)


@pytest.mark.parametrize(
    ("now", "is_working", "resumes"),
    [
        ("2027-03-03T13:59:59Z", False, "2027-03-03T14:00Z"),
        ("2027-03-03T14:00Z", True, "2027-03-03T14:00Z"),
        ("2027-03-03T21:59:59Z", True, "2027-03-03T21:59:59Z"),
        ("2027-03-03T22:00Z", False, "2027-03-04T14:00Z"),
        ("2027-03-05T22:00Z", False, "2027-03-08T14:00Z"),
        ("2027-03-13T15:00Z", False, "2027-03-15T13:00Z"),
        ("2027-07-05T15:00Z", False, "2027-07-06T13:00Z"),
    ],
)
def test_working_hours(now: str, is_working: bool, resumes: str) -> None:
    assert is_working_time(at(now), NEW_YORK, US) is is_working
    assert next_working_time(at(now), NEW_YORK, US) == at(resumes)


@pytest.mark.parametrize(
    ("now", "hour", "expected"),
    [
        ("2027-03-03T13:00Z", time(9), "2027-03-03T14:00Z"),
        ("2027-03-03T14:00Z", time(9), "2027-03-04T14:00Z"),
        ("2027-03-03T14:00Z", time(10, 30), "2027-03-03T15:30Z"),
        ("2027-03-03T13:00Z", time(6), "2027-03-03T14:00Z"),
        ("2027-03-03T13:00Z", time(17), "2027-03-03T14:00Z"),
        ("2027-12-23T20:00Z", time(9), "2027-12-27T14:00Z"),
    ],
)
def test_next_mornings(now: str, hour: time, expected: str) -> None:
    assert next_morning(at(now), hour, NEW_YORK, US) == at(expected)


@given(instants, st.sampled_from(ZONES), hours)
@settings(deadline=None)
def test_mornings_and_working_hours_lie_ahead(now: datetime, name: str, hour: time) -> None:
    working = next_working_time(now, name, US)
    following = next_morning(now, hour, name, US)
    assert working >= now
    assert following > now
    assert next_working_time(working, name, US) == working
    assert is_working_time(working, name, US)
    assert is_working_time(following, name, US)
    assert following == morning(local_day(following, name), hour, name, US)
    assert is_working_time(now, name, US) == (working == now)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 15))
@settings(deadline=None)
def test_working_days_are_counted_one_by_one(day: date, count: int) -> None:
    following = (day + number * ONE_DAY for number in range(1, 100))
    working = [later for later in following if US.is_working_day(later)]
    assert US.add_working_days(day, count) == working[count - 1]
    assert US.on_or_after(day + ONE_DAY) == working[0]
    assert US.next_monday(day) == working[bisect_left(working, day + (7 - day.weekday()) * ONE_DAY)]


def test_holidays_of_a_place() -> None:
    observed, presidents, chavez = date(2027, 7, 5), date(2027, 2, 15), date(2027, 3, 31)
    assert WorkCalendar().is_working_day(observed)
    assert not US.is_working_day(observed)
    assert US.next_monday(date(2027, 2, 10)) == presidents + ONE_DAY
    assert US.is_working_day(chavez)
    assert not WorkCalendar("us", "ca").is_working_day(chavez)
    assert not US.is_working_day(date(2027, 12, 31)), "New Year's Day of the year after"


@pytest.mark.parametrize(
    ("country", "state", "named"),
    [
        ("XX", None, "XX"),
        ("HolidayBase", None, "HolidayBase"),
        ("US", "ZZ", "ZZ"),
        (None, "CA", "country"),
        ("<!here>", None, "&lt;!here&gt;"),
    ],
)
def test_unknown_places_are_named(country: str | None, state: str | None, named: str) -> None:
    with pytest.raises(UserError, match=named):
        WorkCalendar(country, state)


def test_unknown_zones_are_named() -> None:
    assert zone(NEW_YORK).key == NEW_YORK
    with pytest.raises(UserError, match="Mars/Base"):
        zone("Mars/Base")


@given(st.text(st.characters()) | st.sampled_from(["America", "../UTC", "/etc/passwd", "a" * 500]))
@settings(deadline=None)
def test_any_zone_is_known_or_refused(name: str) -> None:
    with suppress(UserError):
        assert zone(name).key == name


def test_naive_instants_and_counts_of_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_day(datetime(2027, 3, 3), NEW_YORK)
    with pytest.raises(ValueError, match="time zone"):
        next_working_time(datetime(2027, 3, 3), NEW_YORK, US)
    with pytest.raises(ValueError, match="at least 1"):
        US.add_working_days(date(2027, 3, 3), 0)


def test_a_practice_keeps_days_and_hours_of_its_own() -> None:
    saturdays = WorkCalendar("US", days=(5,), starts=time(7, 30), ends=time(11))
    wednesday = at("2027-03-03T15:00:00+00:00")
    opens = at("2027-03-06T12:30:00+00:00")
    assert next_working_time(wednesday, NEW_YORK, saturdays) == opens
    assert next_morning(wednesday, time(9), NEW_YORK, saturdays) == opens + timedelta(minutes=90)
    assert next_morning(wednesday, time(12), NEW_YORK, saturdays) == opens
    assert is_working_time(opens, NEW_YORK, saturdays)
    assert not is_working_time(opens + timedelta(hours=3, minutes=30), NEW_YORK, saturdays)
    assert saturdays.last_half_hour == time(10, 30)
    assert WorkCalendar(starts=time(9), ends=time(9, 10)).last_half_hour == time(9)
    assert WorkCalendar(starts=time(0), ends=time(0, 10)).last_half_hour == time(0)


@pytest.mark.parametrize(
    "never", [{"days": ()}, {"days": (7,)}, {"starts": time(17)}, {"ends": time(8)}]
)
def test_a_calendar_without_working_time_is_refused(never: dict) -> None:
    with pytest.raises(ValueError, match="a calendar needs"):
        WorkCalendar("US", **never)
