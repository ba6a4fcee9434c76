"""The counts of SQL are those of counting row by row, on random data and both databases."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.period import Period, months
from bot.domain.tally import Scope, Tally
from bot.domain.when import local_day
from bot.store import Store, schema
from bot.store.tally import By, referral_tallies, tallies, tally

TEAM, OTHER, ZONE = "T1", "T2", "America/New_York"
TODAY = date(2027, 3, 3)
NOW = datetime(2027, 3, 3, 15, tzinfo=UTC)
QUARTER = Period(date(2026, 12, 4), TODAY, "the last 90 days")
PEOPLE = ("U1", "U2", None)
CATEGORIES = ("physician", "chiropractor", "gym", "vet")
WAYS: tuple[By, ...] = ("practice", "partner", "category", "month", "member")

Rows = dict[str, list[dict[str, Any]]]


def some_day(rng: random.Random) -> date:
    return TODAY - timedelta(days=rng.randrange(-5, 200))


def maybe(rng: random.Random, day: date, most: int, chance: float) -> date | None:
    return day + timedelta(days=rng.randrange(most)) if rng.random() < chance else None


def a_partner(rng: random.Random, n: int) -> dict[str, Any]:
    return {
        "id": n,
        "name": f"Partner {n}",
        "name_key": f"partner {n}",
        "category": rng.choice(CATEGORIES),
        "treating": rng.choice((None, None, True, False)),
        "liaison": rng.choice(PEOPLE),
        "added_on": TODAY,
    }


def a_referral(rng: random.Random, n: int) -> dict[str, Any]:
    received_on = some_day(rng)
    evaluated_on = maybe(rng, received_on, 30, 0.6)
    return {
        "number": n,
        "direction": rng.choice(("received", "received", "received", "sent")),
        "received_on": received_on,
        "evaluated_on": evaluated_on,
        "lost_on": None if evaluated_on else maybe(rng, received_on, 30, 0.5),
        "thank_by_on": evaluated_on and maybe(rng, evaluated_on, 5, 0.8),
        "created_at": NOW,
    }


def an_interaction(rng: random.Random, n: int) -> dict[str, Any]:
    return {
        "kind": rng.choice(("call", "thank_you", "visit")),
        "happened_on": some_day(rng),
        "by": rng.choice(PEOPLE),
        "created_at": NOW,
    }


def a_reminder(rng: random.Random, n: int) -> dict[str, Any]:
    shown_at = datetime.combine(some_day(rng), time(rng.randrange(24)), UTC)
    until = shown_at.date() + timedelta(days=3)
    how = rng.choice((None, None, "done", "done", "skipped", "moved", "untrue"))
    return {
        "kind": rng.choice(("check_in", "check_in", "thank_you")),
        "subject": n,
        "occurrence": str(n),
        "recipient": rng.choice(PEOPLE),
        "show_on": shown_at.date(),
        "due_at": shown_at,
        "look_at": shown_at,
        "first_shown_at": rng.choice((shown_at, shown_at, shown_at, None)),
        "good_until_on": until,
        "closed_how": how,
        "closed_at": NOW if how else None,
        "closed_on": until + timedelta(days=rng.randrange(-3, 3)) if how else None,
        "created_at": NOW,
    }


MAKERS: dict[str, tuple[Callable[[random.Random, int], dict[str, Any]], int]] = {
    "referrals": (a_referral, 120),
    "interactions": (an_interaction, 120),
    "reminders": (a_reminder, 200),
}


def fill(store: Store, seed: int, team: str = TEAM, first: int = 1) -> Rows:
    """Insert random rows into a workspace and return them."""
    rng = random.Random(seed)
    rows: Rows = {"partners": [a_partner(rng, n) for n in range(first, first + 8)]}
    for name, (make, count) in MAKERS.items():
        made = (make(rng, n) for n in range(count))
        rows[name] = [{**row, "partner_id": rng.randrange(first, first + 8)} for row in made]
    with store.begin() as connection:
        for name, values in rows.items():
            table = schema.metadata.tables[name]
            connection.execute(sa.insert(table), [{**row, "workspace": team} for row in values])
    return rows


def add_workspace(store: Store, team: str) -> None:
    with store.begin() as connection:
        connection.execute(
            sa.insert(schema.workspaces).values(id=team, zone=ZONE, created_at=NOW, settings={})
        )


class Naive:
    """Counts the slow way."""

    def __init__(self, rows: Rows, period: Period, by: By, scope: Scope) -> None:
        self.rows, self.period, self.by, self.scope = rows, period, by, scope
        self.partners = {row["id"]: row for row in rows["partners"]}
        self.counts: dict[Any, Counter[str]] = {}
        self.days: dict[Any, Counter[int]] = {}

    def count(self) -> dict[Any, Tally]:
        for row in self.rows["referrals"]:
            self.referral(row)
        for row in self.rows["interactions"]:
            self.add(row, row["happened_on"], row["by"], "interactions")
        for row in self.rows["reminders"]:
            self.check_in(row)
        return {
            key: Tally(**counts, days_to_evaluation=tuple(sorted(self.days[key].items())))
            for key, counts in self.counts.items()
        }

    def referral(self, row: dict[str, Any]) -> None:
        person = self.partners[row["partner_id"]]["liaison"]
        if row["direction"] == "sent":
            self.add(row, row["received_on"], person, "sent")
            return
        self.add(row, row["received_on"], person, "received")
        if row["evaluated_on"]:
            self.add(row, row["received_on"], person, "converted")
            days = (row["evaluated_on"] - row["received_on"]).days
            self.add(row, row["evaluated_on"], person, days)
            self.thanks(row, person)
        elif row["lost_on"]:
            self.add(row, row["received_on"], person, "lost")

    def thanks(self, row: dict[str, Any], person: str | None) -> None:
        partner = self.partners[row["partner_id"]]
        treating = partner["treating"]
        if treating is None:
            treating = partner["category"] in ("physician", "chiropractor")
        if not treating or row["thank_by_on"] is None:
            return
        is_thanked = any(
            note["kind"] == "thank_you"
            and note["partner_id"] == row["partner_id"]
            and row["evaluated_on"] <= note["happened_on"] <= row["thank_by_on"]
            for note in self.rows["interactions"]
        )
        if is_thanked:
            self.add(row, row["evaluated_on"], person, "thanked")
        if is_thanked or row["thank_by_on"] < TODAY:
            self.add(row, row["evaluated_on"], person, "to_thank")

    def check_in(self, row: dict[str, Any]) -> None:
        how, until = row["closed_how"], row["good_until_on"]
        if row["kind"] != "check_in" or row["first_shown_at"] is None:
            return
        day = local_day(row["first_shown_at"], ZONE)
        if how in ("done", "skipped") or (how is None and until < TODAY):
            self.add(row, day, row["recipient"], "check_ins")
        if how == "done" and row["closed_on"] <= until:
            self.add(row, day, row["recipient"], "on_time")

    def add(self, row: dict[str, Any], day: date, person: str | None, what: str | int) -> None:
        partner = self.partners[row["partner_id"]]
        wanted = (
            self.scope.partner_id in (None, row["partner_id"])
            and self.scope.category in (None, partner["category"])
            and self.scope.member in (None, person)
        )
        if not wanted or not self.period.starts_on <= day <= self.period.ends_on:
            return
        keys = {
            "practice": TEAM,
            "partner": row["partner_id"],
            "category": partner["category"],
            "member": person,
            "month": max(first for first, _ in months(self.period) if first <= day),
        }
        counts = self.counts.setdefault(keys[self.by], Counter())
        days = self.days.setdefault(keys[self.by], Counter())
        if isinstance(what, int):
            days[what] += 1
        else:
            counts[what] += 1


def without_empty(found: dict[Any, Tally]) -> dict[Any, Tally]:
    return {key: value for key, value in found.items() if value != Tally()}


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("by", WAYS)
def test_agrees_with_counting_row_by_row(store: Store, by: By, seed: int) -> None:
    rows = fill(store, seed)
    with store.read(TEAM) as tx:
        found = tallies(tx, QUARTER, by, TODAY)
    assert without_empty(found) == Naive(rows, QUARTER, by, Scope()).count()


@pytest.mark.parametrize(
    "scope",
    [
        Scope(partner_id=3),
        Scope(category="physician"),
        Scope(member="U1"),
        Scope(category="gym", member="U2"),
    ],
)
def test_a_scope_narrows_everything_down(store: Store, scope: Scope) -> None:
    rows = fill(store, 11)
    with store.read(TEAM) as tx:
        found = tallies(tx, QUARTER, "month", TODAY, scope)
    assert without_empty(found) == Naive(rows, QUARTER, "month", scope).count()


@pytest.mark.parametrize("by", WAYS)
def test_referrals_are_counted_alike_without_the_rest(store: Store, by: By) -> None:
    fill(store, 12)
    with store.read(TEAM) as tx:
        every = tallies(tx, QUARTER, by, TODAY)
        found = referral_tallies(tx, QUARTER, by, TODAY)
    rest = {"interactions": 0, "check_ins": 0, "on_time": 0}
    assert found == without_empty({key: replace(one, **rest) for key, one in every.items()})
    assert sum(one.came_in for one in found.values())


@pytest.mark.parametrize("by", WAYS)
def test_groups_and_periods_add_up(store: Store, by: By) -> None:
    fill(store, 5)
    cut = date(2027, 1, 17)
    halves = (
        Period(QUARTER.starts_on, cut, "first"),
        Period(cut + timedelta(days=1), QUARTER.ends_on, "second"),
    )
    with store.read(TEAM) as tx:
        whole = tally(tx, QUARTER, TODAY)
        groups = tallies(tx, QUARTER, by, TODAY)
        parts = [tally(tx, half, TODAY) for half in halves]
    assert sum(groups.values(), Tally()) == whole == parts[0] + parts[1]
    assert 0 not in (whole.received, whole.came_in, whole.thanked, whole.on_time)


def test_sees_nothing_of_another_workspace(store: Store) -> None:
    add_workspace(store, OTHER)
    fill(store, 6, OTHER, first=101)
    with store.read(TEAM) as tx:
        assert tallies(tx, QUARTER, "partner", TODAY) == {}
        assert tally(tx, QUARTER, TODAY) == Tally()


def test_takes_the_same_statements_for_any_number_of_rows(store: Store) -> None:
    said: list[str] = []

    @sa.event.listens_for(store.engine, "before_cursor_execute")
    def _note(*args: Any) -> None:
        said.append(args[2])

    with store.read(TEAM) as tx:
        tallies(tx, QUARTER, "partner", TODAY)
    for_none = len(said)
    fill(store, 7)
    said.clear()
    with store.read(TEAM) as tx:
        tallies(tx, QUARTER, "partner", TODAY)
    assert len(said) == for_none


def test_a_check_in_shown_late_in_the_evening_belongs_to_that_day(store: Store) -> None:
    """23:30 in New York on the last of the month is the next month in UTC."""
    shown_at = datetime(2027, 2, 1, 4, 30, tzinfo=UTC)
    rng = random.Random(1)
    row = {**a_reminder(rng, 1), "kind": "check_in", "partner_id": 1, "first_shown_at": shown_at}
    row |= {"closed_how": "done", "closed_on": date(2027, 2, 1), "good_until_on": date(2027, 2, 3)}
    with store.begin() as connection:
        connection.execute(sa.insert(schema.partners).values(workspace=TEAM, **a_partner(rng, 1)))
        connection.execute(sa.insert(schema.reminders).values(workspace=TEAM, **row))
    january = Period(date(2027, 1, 1), date(2027, 1, 31), "January 2027", 1)
    february = Period(date(2027, 2, 1), date(2027, 2, 28), "February 2027", 1)
    with store.read(TEAM) as tx:
        assert tally(tx, january, TODAY).on_time == 1
        assert tally(tx, february, TODAY).on_time == 0
