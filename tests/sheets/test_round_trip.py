"""What is exported and taken into an empty workspace is exported the same again."""

import csv
import io
import itertools
import json
import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.cadence import read_cadence
from bot.domain.interaction import KINDS
from bot.domain.member import Workspace
from bot.domain.partner import category_named
from bot.domain.referral import LOST_REASONS, RECEIVED, SENT
from bot.sheets import SHEETS, export, take_in
from bot.sheets.cell import tidy
from bot.store import Store, interaction, partner, referral, workspace
from tests.conftest import NOW, TEAM, ZONE

IMPORTED = ("partners", "interactions", "referrals")
CADENCES = ("weekly", "every 6 weeks", "first Monday of the month", "every other Friday")

numbers = itertools.count(1)
anything = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
risky = st.sampled_from("=+-@\t\r\n'\",; éß")


def texts(at_most: int) -> st.SearchStrategy[str]:
    return st.text(anything | risky, max_size=at_most)


def names() -> st.SearchStrategy[str]:
    return texts(40).filter(lambda text: tidy(text) != "")


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def key(name: str) -> str:
    return partner.name_key(tidy(name))


people = maybe(st.sampled_from(["U1", "U2", "W0ABCDEF12"]))
days = st.dates(date(1990, 1, 1), NOW.date())
contacts = st.fixed_dictionaries(
    {"name": names()},
    optional={"role": texts(20), "email": texts(20), "phone": texts(20)},
)
partners = st.fixed_dictionaries(
    {"name": names()},
    optional={
        "category": names().map(category_named).map(lambda text: text[:20] or "other"),
        "specialty": texts(20),
        "tier": texts(10),
        "liaison": people,
        "cadence": st.sampled_from(CADENCES).map(lambda words: read_cadence(words).stored),
        "baseline_on": days,
        "ended_on": days,
        "address": texts(30),
        "notes": texts(60),
        "contacts": st.lists(contacts, max_size=3, unique_by=lambda one: key(one["name"])),
    },
)
interactions = st.fixed_dictionaries(
    {"kind": st.sampled_from(list(KINDS)), "happened_on": days, "note": texts(60), "by": people},
    optional={
        "minutes": st.integers(0, 1440),
        "cost": st.integers(0, 100_000_000).map(lambda cents: Decimal(cents) / 100),
    },
)


@st.composite
def referrals(draw: st.DrawFn) -> dict[str, Any]:
    received = draw(days)
    later = maybe(st.dates(received, NOW.date()))
    end = draw(st.sampled_from(["open", "evaluated", "lost"]))
    ends: dict[str, Any] = {}
    if end == "evaluated":
        ends = {"evaluated_on": draw(st.dates(received, NOW.date()))}
    elif end == "lost":
        ends = {"lost_on": received, "lost_reason": draw(maybe(st.sampled_from([*LOST_REASONS])))}
    return {
        "direction": draw(st.sampled_from([RECEIVED, SENT])),
        "received_on": received,
        "scheduled_on": draw(later),
        "visits": draw(maybe(st.integers(0, 100))),
        "influencer": draw(maybe(texts(20))),
        **ends,
    }


books = st.fixed_dictionaries(
    {
        "partners": st.lists(partners, min_size=1, max_size=4, unique_by=lambda p: key(p["name"])),
        "interactions": st.lists(interactions, max_size=4),
        "referrals": st.lists(referrals(), max_size=4),
    }
)


def new_workspace(store: Store) -> str:
    team = f"T{next(numbers):05}"
    with store.begin() as connection:
        workspace.found(connection, Workspace(team, zone=ZONE), NOW)
    return team


def fill(store: Store, team: str, book: dict[str, list[dict[str, Any]]]) -> None:
    with store.change(team, NOW, "test") as change:
        ids = [_add_partner(change, one) for one in book["partners"]]
        pick = random.Random(0).choice
        for one in book["interactions"]:
            is_reached = one["kind"] != "call" or pick([True, False])
            interaction.add(change, pick(ids), is_reached=is_reached, **one)
        for one in book["referrals"]:
            referral.add(change, pick(ids), **one)


def _add_partner(change: Any, one: dict[str, Any]) -> int:
    values = {name: value for name, value in one.items() if name not in ("name", "contacts")}
    partner_id = partner.add(change, one["name"], NOW.date(), **values)
    for contact in one.get("contacts", ()):
        partner.add_contact(change, partner_id, **contact)
    return partner_id


def exported(store: Store, team: str, sheet: str, form: str = "csv") -> bytes:
    with store.read(team) as tx:
        return export(tx, SHEETS[sheet], form, NOW)


def without_ids(content: bytes) -> list[list[str]]:
    rows = csv.reader(io.StringIO(content.decode(), newline=""))
    return [row[1:] for row in rows]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(book=books)
def test_an_export_taken_into_an_empty_workspace(
    store: Store, book: dict[str, list[dict[str, Any]]]
) -> None:
    team, other = new_workspace(store), new_workspace(store)
    fill(store, team, book)
    for sheet in IMPORTED:
        content = exported(store, team, sheet)
        imported = take_in(store, other, SHEETS[sheet], content, NOW)
        assert imported.refused == []
        assert imported.ignored_columns == ()
        assert without_ids(exported(store, other, sheet)) == without_ids(content)
        again = take_in(store, team, SHEETS[sheet], content, NOW)
        assert (again.added, again.changed, again.refused) == (0, 0, [])
        assert exported(store, team, sheet) == content


@pytest.mark.parametrize("sheet", IMPORTED)
def test_json_holds_the_same_as_csv(store: Store, sheet: str) -> None:
    team = new_workspace(store)
    with store.change(team, NOW, "test") as change:
        found = partner.add(change, "=A", NOW.date(), baseline_on=NOW.date())
        interaction.add(change, found, "lunch", NOW.date(), cost=Decimal("4.50"), minutes=5)
        referral.add(change, found, RECEIVED, NOW.date())
    rows = list(csv.DictReader(io.StringIO(exported(store, team, sheet).decode())))
    values = json.loads(exported(store, team, sheet, "json"))
    assert [list(value) for value in values] == [list(row) for row in rows]
    first = values[0]
    assert isinstance(first["id"], int)
    assert first.get("partner", first.get("name")) == "=A"
    assert first.get("cost", 4.5) == 4.5


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_ten_thousand_rows(store: Store) -> None:
    take_in(store, TEAM, SHEETS["partners"], b"name\nA\nB\n", NOW)
    day = date(2024, 1, 1)
    rows = (f"{'AB'[n % 2]},call,{day + timedelta(n % 1000)},{n % 60}" for n in range(10_000))
    data = "\n".join(["partner,kind,happened_on,minutes", *rows]).encode()
    first = take_in(store, TEAM, SHEETS["interactions"], data, NOW)
    assert (first.added, first.refused) == (10_000, [])
    again = take_in(store, TEAM, SHEETS["interactions"], data, NOW)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 10_000)
