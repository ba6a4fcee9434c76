"""When people are left alone: never told within, told at the first moment after, and why."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.member import Member, Workspace, calendar_of
from bot.domain.policy import Policy
from bot.domain.preference import Preferences
from bot.domain.respect import held_because, held_words, vacation_until
from bot.domain.when import is_working_time, local_instant, zone

NEW_YORK = "America/New_York"
PRACTICE = Workspace("T1", zone=NEW_YORK)
ANA = Member("T1", "U1", zone=NEW_YORK)
ZONES = st.sampled_from(sorted(available_timezones()))
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2029, 12, 31)).map(
    lambda at: at.replace(tzinfo=UTC)
)
DAYS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))


def at(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return local_instant(moment.date(), moment.time(), NEW_YORK)


def wishing(**wishes: object) -> Member:
    return replace(ANA, preferences=Preferences(**wishes))  # type: ignore[arg-type]


@st.composite
def people(draw: st.DrawFn) -> tuple[Member, Workspace, datetime]:
    now = draw(INSTANTS)
    quiet = sorted(draw(st.tuples(st.times(), st.times())))
    days = draw(st.integers(-5, 30))
    wishes = Preferences(
        work_days=draw(st.none() | DAYS),
        quiet_from=draw(st.sampled_from([None, quiet[0]])),
        quiet_until=quiet[1],
        away_until=draw(st.sampled_from([None, now.date() + timedelta(days=days)])),
    )
    hours = sorted(draw(st.sets(st.integers(0, 23), min_size=2, max_size=2)))
    policy = Policy(work_days=draw(DAYS), work_starts=time(hours[0]), work_ends=time(hours[1]))
    dnd = now + timedelta(minutes=draw(st.integers(-600, 600)))
    undisturbed = (dnd, dnd + timedelta(minutes=draw(st.integers(1, 900))))
    person = Member(
        "T1",
        "U1",
        zone=draw(ZONES),
        preferences=wishes,
        undisturbed=draw(st.sampled_from([None, undisturbed])),
    )
    return person, replace(PRACTICE, policy=policy), now


@given(people())
@settings(max_examples=150, deadline=None)
def test_nobody_is_told_anything_while_they_are_held(
    given_: tuple[Member, Workspace, datetime],
) -> None:
    person, practice, now = given_
    held = held_because(person, practice, now)
    if held is None:
        _is_free(person, practice, now)
        return
    assert held.until > now
    assert held.why
    if not held.is_lasting:
        assert held_because(person, practice, held.until) is None
        _is_free(person, practice, held.until)
    for part in range(1, 20):
        between = now + (held.until - now) * part / 20
        assert held_because(person, practice, between) is not None


def _is_free(person: Member, practice: Workspace, now: datetime) -> None:
    wishes, local = person.preferences, now.astimezone(zone(person.zone or ""))
    assert is_working_time(now, person.zone or "", calendar_of(practice, person))
    assert not wishes.is_away(local.date())
    assert not wishes.is_quiet(local.time())
    start, end = person.undisturbed or (now, now)
    assert not start <= now < end


@pytest.mark.parametrize(
    ("person", "now", "said"),
    [
        (ANA, "2027-03-03 10:00", ""),
        (ANA, "2027-03-03 07:00", "held until today at 9:00 am: outside working hours"),
        (ANA, "2027-03-03 18:00", "held until tomorrow at 9:00 am: outside working hours"),
        (ANA, "2027-03-05 18:00", "held until Mon, Mar 8 at 9:00 am: outside working hours"),
        (ANA, "2027-03-06 12:00", "held until Mon, Mar 8 at 9:00 am: a day off"),
        (ANA, "2027-05-31 10:00", "held until tomorrow at 9:00 am: Memorial Day"),
        (
            wishing(quiet_from=time(8), quiet_until=time(11, 30)),
            "2027-03-03 10:00",
            "held until today at 11:30 am: quiet hours",
        ),
        (
            wishing(quiet_from=time(14), quiet_until=time(23)),
            "2027-03-03 15:00",
            "held until tomorrow at 9:00 am: quiet hours",
        ),
        (
            wishing(away_until=date(2027, 3, 8)),
            "2027-03-03 10:00",
            "held until Mon, Mar 8 at 9:00 am: away",
        ),
        (
            wishing(away_until=date(2027, 5, 31)),
            "2027-05-27 10:00",
            "held until Tue, Jun 1 at 9:00 am: away",
        ),
        (
            replace(ANA, undisturbed=(at("2027-03-03 09:00"), at("2027-03-03 13:00"))),
            "2027-03-03 10:00",
            "held until today at 1:00 pm: do not disturb",
        ),
    ],
)
def test_it_says_why_and_until_when(person: Member, now: str, said: str) -> None:
    held = held_because(person, PRACTICE, at(now))
    words = held_words(held, NEW_YORK, at(now)) if held else ""
    assert re.sub(r"<!date\^[^|]*\|([^>]*)>", r"\1", words) == said


def test_who_left_and_who_is_unknown_is_held_for_good() -> None:
    left = held_because(replace(ANA, is_deactivated=True), PRACTICE, at("2027-03-03 10:00"))
    assert left
    assert left.is_lasting
    unknown = held_because(replace(ANA, zone=None), PRACTICE, at("2027-03-03 10:00"))
    assert unknown
    assert unknown.is_lasting


@pytest.mark.parametrize(
    ("emoji", "text", "ends", "back"),
    [
        (":palm_tree:", "", "2027-03-05 23:59", date(2027, 3, 6)),
        ("", "Out of office", "2027-03-05 23:59", date(2027, 3, 6)),
        ("", "PTO!", "2027-03-05 23:59", date(2027, 3, 6)),
        ("", "on PTO", "2027-03-08 08:00", date(2027, 3, 8)),
        (":spiral_calendar_pad:", "In a meeting", "2027-03-05 11:00", None),
        ("", "Vacationing the data", "2027-03-05 23:59", None),
    ],
)
def test_a_status_tells_of_a_vacation(emoji: str, text: str, ends: str, back: date | None) -> None:
    expires = int(at(ends).timestamp())
    assert vacation_until(emoji, text, expires, NEW_YORK) == back
    assert vacation_until(emoji, text, 0, NEW_YORK) is None
    assert vacation_until(emoji, text, expires, None) is None
