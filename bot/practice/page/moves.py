"""Where the clock can be moved to, and how time is played."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

MORNING = time(9)
SATURDAY = 5
WORDS = {
    "morning": "Next working morning, 9:00",
    "day": "+1 day",
    "week": "+1 week",
    "play": "▶ Play",
}
PLAY_STEP = timedelta(minutes=15)
PLAY_SECONDS = 0.25

IsWorkingDay = Callable[[date], bool]


def is_weekday(day: date) -> bool:
    return day.weekday() < SATURDAY


def next_morning(now: datetime, is_working_day: IsWorkingDay) -> datetime:
    """Return the next 9:00 of a working day after `now`, in its zone."""
    day = now.date() if now.time() < MORNING else now.date() + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, MORNING, now.tzinfo)


def target(name: str, now: datetime, is_working_day: IsWorkingDay) -> datetime:
    """Return the instant that a move leads to; raises LookupError."""
    if name == "morning":
        return next_morning(now, is_working_day)
    return now + {"day": timedelta(days=1), "week": timedelta(weeks=1)}[name]
