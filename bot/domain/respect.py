"""When a person is left alone, and why: the one answer that planning and `/partner due` share."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.member import Member, Workspace, calendar_of
from bot.domain.when import (
    WorkCalendar,
    is_working_time,
    local_day,
    local_instant,
    next_working_time,
    zone,
)
from bot.domain.words import instant_words
from bot.domain.workday import ONE_DAY

# How long to wait before asking Slack again for a person's time zone.
ASK_AGAIN_AFTER = timedelta(minutes=10)
# How long a person whom Slack has deactivated is left alone.
GONE_FOR = timedelta(days=1)
# Each reason ends by itself; more in a row than this would be a rule that never lets go.
MOST_REASONS = 50


@dataclass(frozen=True, slots=True)
class Held:
    """Nothing is sent before `until`; `why` says what the first reason is, in a few words.

    `is_lasting` means that it does not end by itself, so that `until` is when to look again.
    """

    until: datetime
    why: str
    is_lasting: bool = False


def held_because(person: Member, settings: Workspace, now: datetime) -> Held | None:
    """Return why a person is told nothing at `now` and from when on they are, or None.

    Reasons that follow upon one another count as one, named after the first: whoever is away until
    a holiday hears on the day after it.
    """
    if person.is_deactivated:
        return Held(now + GONE_FOR, "has left Slack", is_lasting=True)
    if person.zone is None:
        return Held(now + ASK_AGAIN_AFTER, "time zone isn't known yet", is_lasting=True)
    calendar = calendar_of(settings, person)
    first, at = "", now
    for _ in range(MOST_REASONS):
        held = next(_reasons(person, person.zone, calendar, at), None)
        if held is None:
            break
        first, at = first or held.why, held.until
    else:
        # Somebody's quiet hours hold all their working hours.
        return Held(at, first, is_lasting=True)
    return Held(at, first) if first else None


def _reasons(
    person: Member, zone_name: str, calendar: WorkCalendar, now: datetime
) -> Iterator[Held]:
    local = now.astimezone(zone(zone_name))
    today, wishes = local.date(), person.preferences
    if wishes.away_until and wishes.is_away(today):
        yield Held(local_instant(wishes.away_until, calendar.starts, zone_name), "away")
    if not is_working_time(now, zone_name, calendar):
        yield Held(next_working_time(now, zone_name, calendar), _day_off(today, calendar))
    if wishes.quiet_until and wishes.is_quiet(local.time()):
        ends = local_instant(today, wishes.quiet_until, zone_name)
        # Where the clocks go back, a quiet hour comes twice.
        yield Held(ends if ends > now else now + timedelta(minutes=30), "quiet hours")
    if person.undisturbed and person.undisturbed[0] <= now < person.undisturbed[1]:
        yield Held(person.undisturbed[1], "do not disturb")


def _day_off(today: date, calendar: WorkCalendar) -> str:
    if calendar.is_working_day(today):
        return "outside working hours"
    return calendar.holiday(today) or "a day off"


def asked_instead(person: Member, cover: Member | None, today: date) -> str:
    """Return who is asked about a person's partners: their cover while they are away.

    A cover who is away too, or gone, is none: then everything waits for the person.
    """
    if cover is None or not person.preferences.is_away(today):
        return person.member
    is_there = not (cover.is_deactivated or cover.is_barred or cover.preferences.is_away(today))
    return cover.member if is_there else person.member


def held_words(held: Held, zone_name: str, now: datetime) -> str:
    """Say until when, and why: "held until Mon, Mar 8 at 9:00 am: quiet hours"."""
    local = held.until.astimezone(zone(zone_name))
    return f"held until {instant_words(local, local_day(now, zone_name))}: {held.why}"


# What people set as their status when they are away.
VACATION_SIGNS = frozenset(
    (":palm_tree:", ":desert_island:", ":beach_with_umbrella:", ":airplane:", ":mountain:")
)
_WORD = re.compile(r"[^\W_]+")
VACATION_WORDS = ("vacation", "out of office", "ooo", "pto", "on leave", "holiday", "away until")


def vacation_until(emoji: str, text: str, expires_at: int, zone_name: str | None) -> date | None:
    """Return the first day back that a Slack status of vacation tells, or None.

    `expires_at` is the Unix time at which the status ends, 0 for one that never does. One that
    ends within the day it was read is a lunch, not a vacation: the caller compares.
    """
    words = f" {' '.join(_WORD.findall(text.casefold()))} "
    is_vacation = emoji in VACATION_SIGNS or any(f" {word} " in words for word in VACATION_WORDS)
    if not is_vacation or not expires_at or zone_name is None:
        return None
    ends = datetime.fromtimestamp(expires_at, zone(zone_name))
    # A status "until Friday" ends at Friday's end; one that ends in the morning, on its day.
    return ends.date() + ONE_DAY if ends.hour >= 12 else ends.date()
