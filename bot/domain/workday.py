"""When people work: their days of the week less the public holidays of a place, and their hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache

from bot.domain.words import plain, short
from bot.errors import UserError

ONE_DAY = timedelta(days=1)
MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
STARTS, ENDS = time(9), time(17)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The working days and hours in a country (ISO 3166 code) and state (its code, "CA").

    `days` are weekdays, 0 is Monday; work goes on from `starts` until just before `ends`. Without
    a country there are no holidays. Raises UserError for a place that is not known, and ValueError
    where nobody would ever work.
    """

    country: str | None = None
    state: str | None = None
    days: tuple[int, ...] = MONDAY_TO_FRIDAY
    starts: time = STARTS
    ends: time = ENDS

    def __post_init__(self) -> None:
        _require_known(self.country, self.state)
        if not self.days or not set(self.days) <= set(range(7)) or self.starts >= self.ends:
            raise ValueError("a calendar needs working days, and hours that begin before they end")

    def is_working_day(self, day: date) -> bool:
        return day.weekday() in self.days and day not in _public_holidays(
            self.country, self.state, day.year
        )

    def holiday(self, day: date) -> str | None:
        """Return the name of the public holiday on a day, such as "Memorial Day", or None."""
        return _public_holidays(self.country, self.state, day.year).get(day)

    @property
    def last_half_hour(self) -> time:
        """When the last half hour of a working day begins; a shorter day is all of it."""
        minutes = max(0, self.ends.hour * 60 + self.ends.minute - 30)
        return max(self.starts, time(*divmod(minutes, 60)))

    def is_working_hour(self, at: time) -> bool:
        """Tell whether a time of the day, without a zone, lies inside working hours."""
        return self.starts <= at < self.ends

    def add_working_days(self, day: date, count: int) -> date:
        """Return the `count`-th (>= 1) working day after `day`, which may be any day."""
        if count < 1:
            raise ValueError(f"count must be at least 1, not {count}")
        for _ in range(count):
            day = self.on_or_after(day + ONE_DAY)
        return day

    def on_or_after(self, day: date) -> date:
        """Return the first working day on or after `day`."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def next_monday(self, day: date) -> date:
        """Return the Monday after `day`, or the first working day after it if it is a holiday."""
        return self.on_or_after(day + timedelta(days=7 - day.weekday()))


@lru_cache(maxsize=256)
def _require_known(country: str | None, state: str | None) -> None:
    if state and not country:
        raise UserError("A state needs a country, such as US.")
    if not country:
        return
    _require_country(country)
    try:
        _look_up(country, state, ())
    except NotImplementedError:
        raise UserError(
            f'I don\'t know the state "{plain(short(state or "", 40))}" of {country.upper()}. '
            "Use its short code, such as CA."
        ) from None


def _require_country(country: str) -> None:
    known = country.isascii() and country.isalpha() and len(country) in (2, 3)
    try:
        if known:
            _look_up(country, None, ())
    except NotImplementedError:
        known = False
    if not known:
        raise UserError(
            f'I don\'t know the holidays of "{plain(short(country, 40))}". '
            "Use a country code, such as US."
        )


@lru_cache(maxsize=1024)
def _public_holidays(country: str | None, state: str | None, year: int) -> Mapping[date, str]:
    return _look_up(country, state, (year,)) if country else {}


def _look_up(country: str, state: str | None, years: tuple[int, ...]) -> Mapping[date, str]:
    # Imported here because it takes a tenth of a second, which the command line would feel.
    import holidays

    place = state.upper() if state else None
    return dict(holidays.country_holidays(country.upper(), subdiv=place, years=years))
