"""Instants and local days: when it is morning somewhere, and when people work."""

from bisect import bisect_left
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.words import plain, short
from bot.domain.workday import ONE_DAY, WorkCalendar
from bot.errors import UserError

__all__ = [
    "WorkCalendar",
    "is_working_time",
    "local_day",
    "local_instant",
    "morning",
    "next_morning",
    "next_working_time",
    "zone",
]


def zone(name: str) -> ZoneInfo:
    """Return the zone of an IANA name; raises UserError when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UserError(
            f'I don\'t know the time zone "{plain(short(name, 60))}". '
            "Try one like America/New_York."
        ) from None


def local_instant(day: date, at: time, zone_name: str) -> datetime:
    """Return the instant (UTC) at which the clocks of a zone show `day` and `at`.

    A time that the clocks skip becomes the moment they jump; one they show twice is the first.
    """
    place = zone(zone_name)
    shown = datetime.combine(day, at.replace(tzinfo=None, fold=0), tzinfo=place)
    instant = shown.astimezone(UTC)
    if instant.astimezone(place).replace(tzinfo=None) == shown.replace(tzinfo=None):
        return instant.replace(fold=0)
    return _jump(shown.replace(fold=1).astimezone(UTC), instant, place)


def local_day(now: datetime, zone_name: str) -> date:
    """Return the date in a zone; raises ValueError for a naive `now`."""
    return _local(now, zone_name).date()


def is_working_time(now: datetime, zone_name: str, calendar: WorkCalendar) -> bool:
    """Tell whether it is a working hour of a working day in a zone."""
    local = _local(now, zone_name)
    return calendar.is_working_hour(local.time()) and calendar.is_working_day(local.date())


def next_working_time(now: datetime, zone_name: str, calendar: WorkCalendar) -> datetime:
    """Return `now` itself inside working hours, else the instant (UTC) at which they next begin."""
    if is_working_time(now, zone_name, calendar):
        return now
    return next_morning(now, calendar.starts, zone_name, calendar)


# A practice's people share a few hours and calendars.
@lru_cache(maxsize=4096)
def morning(day: date, hour: time, zone_name: str, calendar: WorkCalendar) -> datetime:
    """Return the instant (UTC) of the morning message on the first working day from `day` on.

    An `hour` outside working hours counts as their first.
    """
    at = hour if calendar.is_working_hour(hour) else calendar.starts
    instant = local_instant(calendar.on_or_after(day), at, zone_name)
    if is_working_time(instant, zone_name, calendar):
        return instant
    # Only where the clocks skipped the working day itself, as Samoa did on December 30, 2011.
    return morning(calendar.add_working_days(day, 1), hour, zone_name, calendar)


def next_morning(now: datetime, hour: time, zone_name: str, calendar: WorkCalendar) -> datetime:
    """Return the first instant (UTC) of a morning message strictly after `now`."""
    today = local_day(now, zone_name)
    instant = morning(today, hour, zone_name, calendar)
    return instant if instant > now else morning(today + ONE_DAY, hour, zone_name, calendar)


def _local(now: datetime, zone_name: str) -> datetime:
    if now.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return now.astimezone(zone(zone_name))


def _jump(before: datetime, after: datetime, place: ZoneInfo) -> datetime:
    """Return the instant between two at which a zone's clocks jump forward."""
    new_offset = after.astimezone(place).utcoffset()
    seconds = range(int(before.timestamp()), int(after.timestamp()))
    steps = bisect_left(
        seconds,
        True,
        key=lambda second: datetime.fromtimestamp(second, place).utcoffset() == new_offset,
    )
    return datetime.fromtimestamp(seconds.start + steps, UTC)
