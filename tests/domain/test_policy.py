"""What is decided and chosen survives JSON, and odd JSON counts as nothing chosen."""

import json
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import QUARTERLY, Cadence, read_cadence
from bot.domain.member import Member, Workspace, calendar_of
from bot.domain.partner import Partner
from bot.domain.policy import RHYTHMS, Policy
from bot.domain.preference import Preferences

weekdays = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
cadences = st.builds(Cadence, st.integers(1, 36), st.just("month"))
hours = st.tuples(st.times(), st.times()).filter(lambda pair: pair[0] < pair[1])
policies = hours.flatmap(
    lambda pair: st.builds(
        Policy,
        work_days=weekdays,
        work_starts=st.just(pair[0]),
        work_ends=st.just(pair[1]),
        thank_you_rhythm=st.sampled_from(RHYTHMS),
        cadence=cadences,
        cadences=st.dictionaries(st.text(), cadences),
        notes_kept_months=st.none() | st.integers(1, 120),
        digest_day=st.none() | st.integers(0, 6),
        digest_at=st.times(),
        decided=st.sets(st.text(min_size=1)).map(lambda names: tuple(sorted(names))),
    )
)
preferences = st.one_of(hours, st.just((None, None))).flatmap(
    lambda pair: st.builds(
        Preferences,
        work_days=st.none() | weekdays,
        quiet_from=st.just(pair[0]),
        quiet_until=st.just(pair[1]),
        is_week_ahead=st.booleans(),
        away_until=st.none() | st.dates(),
        cover=st.none() | st.text(min_size=1),
    )
)
odd = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("09:00+02:00"),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
names = [*Policy.__dataclass_fields__, *Preferences.__dataclass_fields__]


@given(policies)
def test_a_policy_survives_json(policy: Policy) -> None:
    assert Policy.parse(json.loads(json.dumps(policy.stored))) == policy


@given(preferences)
def test_preferences_survive_json(wishes: Preferences) -> None:
    assert Preferences.parse(json.loads(json.dumps(wishes.stored))) == wishes


@given(odd | st.dictionaries(st.sampled_from(names), odd))
def test_odd_json_gives_a_policy_that_can_be_worked_with(kept: Any) -> None:
    Preferences.parse(kept)
    calendar = Workspace("T1", policy=Policy.parse(kept)).calendar
    assert calendar.is_working_day(calendar.on_or_after(date(2027, 3, 3)))


def test_nothing_chosen_is_nothing_kept() -> None:
    assert (Policy().stored, Preferences().stored) == ({}, {})
    assert Policy.parse({"of_a_later_version": 1, "digest_day": 9}) == Policy()
    assert Policy.parse({"work_starts": "18:00:00"}) == Policy()
    assert Preferences.parse({"quiet_from": "10:00:00"}) == Preferences()
    assert not Policy.parse({"digest_day": None}).is_digest_on


@pytest.mark.parametrize(
    ("own", "tier", "category", "words"),
    [
        ("every week", "A", "gym", "every week"),
        (None, " gold ", "gym", "every month"),
        (None, "silver", "gym", "every 6 weeks"),
        (None, None, "school", "every 2 months"),
    ],
)
def test_a_partners_own_cadence_goes_before_its_tier_its_category_and_the_rest(
    own: str | None, tier: str | None, category: str, words: str
) -> None:
    named = {"gold": read_cadence("monthly"), "gym": read_cadence("every 6 weeks")}
    policy = Policy(cadence=read_cadence("every 2 months"), cadences=named)
    one = Partner(1, "T1", "One", category, date(2027, 3, 3), tier=tier, cadence=own)
    assert policy.cadence_of(one) == read_cadence(words)
    assert Policy().cadence_for(category) == QUARTERLY


def test_a_person_works_on_days_of_their_own_in_the_practices_hours() -> None:
    practice = Workspace("T1", policy=Policy((5,), time(7), time(12)))
    thursdays = Member("T1", "U1", preferences=Preferences(work_days=(3,)))
    assert calendar_of(practice, None) == calendar_of(practice, Member("T1", "U2"))
    own = calendar_of(practice, thursdays)
    assert (own.days, own.starts, own.country) == ((3,), time(7), "US")


def test_quiet_hours_and_absence_end_before_their_end() -> None:
    wishes = Preferences(
        quiet_from=time(10), quiet_until=time(11), away_until=date(2027, 3, 8), cover="U2"
    )
    assert [wishes.is_quiet(time(hour)) for hour in (9, 10, 11)] == [False, True, False]
    assert [wishes.is_away(date(2027, 3, day)) for day in (7, 8)] == [True, False]
