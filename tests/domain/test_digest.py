"""When the weekly digest is due: once a week, in working hours, wherever the practice is."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.digest import covered, is_channel, week_of
from bot.domain.member import Workspace
from bot.domain.policy import Policy
from bot.domain.when import is_working_time, local_instant

PRACTICE = Workspace("T1", zone="America/New_York", channel="C1")
ZONES = st.sampled_from(sorted(available_timezones()))
HOUR = timedelta(hours=1)


def practice(**policy: object) -> Workspace:
    return replace(PRACTICE, policy=Policy(**policy))  # type: ignore[arg-type]


def at(text: str, zone: str = "America/New_York") -> datetime:
    moment = datetime.fromisoformat(text)
    return local_instant(moment.date(), moment.time(), zone)


@pytest.mark.parametrize(
    ("when", "week"),
    [
        ("2027-03-01 08:59", None),
        ("2027-03-01 09:00", "2027-W09"),
        ("2027-03-01 16:59", "2027-W09"),
        ("2027-03-01 17:00", None),
        ("2027-03-02 09:00", "2027-W09"),  # after a day without power
        ("2027-03-03 09:00", None),
        ("2027-05-31 10:00", None),  # Memorial Day
        ("2027-06-01 09:00", "2027-W22"),
        ("2027-03-07 12:00", None),
    ],
)
def test_it_is_due_on_monday_from_nine(when: str, week: str | None) -> None:
    assert week_of(at(when), PRACTICE) == week


def test_it_is_off_without_a_channel_or_a_day() -> None:
    now = at("2027-03-01 10:00")
    assert week_of(now, replace(PRACTICE, channel=None)) is None
    assert week_of(now, practice(digest_day=None)) is None


def test_an_hour_after_work_means_the_next_morning() -> None:
    late = practice(digest_day=4, digest_at=time(18))
    assert week_of(at("2027-03-05 16:59"), late) is None
    assert week_of(at("2027-03-08 09:00"), late) == "2027-W09"


@given(
    ZONES,
    st.dates(date(2024, 1, 1), date(2029, 12, 31)),
    st.integers(0, 6),
    st.integers(0, 16).map(time),
    st.sets(st.integers(0, 6), min_size=2),
)
@settings(max_examples=25, deadline=None)
def test_every_week_has_its_hours(
    zone: str, start: date, day: int, hour: time, days: set[int]
) -> None:
    policy = Policy(digest_day=day, digest_at=hour, work_days=tuple(sorted(days)))
    one = replace(PRACTICE, zone=zone, policy=policy, country="US")
    now = datetime.combine(start, time(), UTC)
    found: list[str] = []
    for _ in range(6 * 7 * 24):
        now += HOUR
        week = week_of(now, one)
        assert week is None or is_working_time(now, zone, one.calendar)
        if week and week not in found[-1:]:
            found.append(week)
    # Never one that was over, and none left out but for holidays, which may swallow one.
    assert found == sorted(set(found))
    assert len(found) >= 4


@pytest.mark.parametrize("day", range(7))
def test_it_covers_the_seven_days_before(day: int) -> None:
    week = covered("2027-W09", day)
    assert week.ends_on == date(2027, 3, 1) + timedelta(days=day - 1)
    assert week.ends_on - week.starts_on == timedelta(days=6)


def test_people_are_not_channels() -> None:
    assert [is_channel(one) for one in ("C01", "G01", "U01", "W01")] == [True, True, False, False]
