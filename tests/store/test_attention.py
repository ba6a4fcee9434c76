"""What deserves a look, found by the database."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.tally import Attention, OpenTooLong, Scope, Unassigned, Waiting
from bot.store import Store, partner, schema
from bot.store.attention import attention
from tests.conftest import NOW, TEAM

TODAY = date(2027, 3, 3)


@pytest.fixture
def ids(store: Store) -> dict[str, int]:
    with store.change(TEAM, NOW, "setup") as change:
        return {
            name: partner.add(change, name, TODAY, category=category, liaison=liaison)
            for name, category, liaison in (
                ("Bayview", "physician", "U1"),
                ("Harbor", "chiropractor", "U2"),
                ("Meals", "community", None),
            )
        }


def refer(store: Store, partner_id: int, *days_ago: int, **values: Any) -> None:
    with store.begin() as connection:
        number = connection.execute(sa.select(sa.func.count()).select_from(schema.referrals))
        first = number.scalar_one()
        rows = [
            {
                "workspace": TEAM,
                "number": first + n,
                "partner_id": partner_id,
                "direction": "received",
                "received_on": TODAY - timedelta(days=days),
                "created_at": NOW,
                **values,
            }
            for n, days in enumerate(days_ago)
        ]
        connection.execute(sa.insert(schema.referrals), rows)


def look(store: Store, scope: Scope = Scope()) -> Attention:  # noqa: B008
    with store.read(TEAM) as tx:
        return attention(tx, TODAY, scope)


def quiet(store: Store) -> list[str]:
    return [rhythm.name for rhythm in look(store).quiet]


def test_a_partner_that_stopped_is_quiet(store: Store, ids: dict[str, int]) -> None:
    refer(store, ids["Bayview"], *range(50, 150, 10), evaluated_on=TODAY)
    [found] = look(store).quiet
    assert (found.name, found.count, found.last_on) == ("Bayview", 10, date(2027, 1, 12))
    assert round(found.per_month) == 3


@pytest.mark.parametrize(
    ("days", "is_quiet"),
    [
        (range(30, 80, 10), False),  # five are too few to have a rhythm
        (range(30, 90, 10), True),
        (range(29, 89, 10), False),  # under 30 days
        (range(60, 360, 50), False),  # its gap is about 45 days, and 60 is no 2.5 times that
        (range(130, 360, 40), True),
        (range(366, 426, 10), False),  # over a year ago
    ],
)
def test_quiet_needs_a_rhythm_and_a_long_silence(
    store: Store, ids: dict[str, int], days: range, is_quiet: bool
) -> None:
    refer(store, ids["Bayview"], *days, evaluated_on=TODAY)
    assert quiet(store) == ["Bayview"] * is_quiet


def test_an_ended_partner_is_left_in_peace(store: Store, ids: dict[str, int]) -> None:
    refer(store, ids["Bayview"], *range(50, 150, 10))
    with store.change(TEAM, NOW, "end") as change:
        for id_ in ids.values():
            partner.update(change, id_, ended_on=TODAY)
    assert look(store) == Attention()


def test_open_over_three_weeks(store: Store, ids: dict[str, int]) -> None:
    refer(store, ids["Harbor"], 22, 40, 90)
    refer(store, ids["Bayview"], 22, 21, 1)
    refer(store, ids["Meals"], 50, lost_on=TODAY)
    refer(store, ids["Meals"], 50, evaluated_on=TODAY)
    refer(store, ids["Meals"], 50, direction="sent")
    assert look(store).open_too_long == (
        OpenTooLong(ids["Harbor"], "Harbor", 3),
        OpenTooLong(ids["Bayview"], "Bayview", 1),
    )


def test_nobody_looks_after_the_partners_of_somebody_who_left(
    store: Store, ids: dict[str, int]
) -> None:
    assert look(store).unassigned == (Unassigned(ids["Meals"], "Meals"),)
    with store.begin() as connection:
        gone = sa.update(schema.members).where(schema.members.c.member == "U2")
        connection.execute(gone.values(is_deactivated=True))
    assert [each.name for each in look(store).unassigned] == ["Harbor", "Meals"]


def test_waiting_for_over_two_weeks(store: Store, ids: dict[str, int]) -> None:
    for name, days, values in (
        ("Bayview", 15, {}),
        ("Harbor", 40, {}),
        ("Meals", 60, {"back_on": TODAY + timedelta(days=1)}),
    ):
        with store.begin() as connection:
            here = sa.and_(
                schema.reminders.c.partner_id == ids[name], schema.reminders.c.kind == "check_in"
            )
            changed = connection.execute(
                sa.update(schema.reminders)
                .where(here)
                .values(show_on=TODAY - timedelta(days=days), **values)
            )
            assert changed.rowcount == 1
    assert look(store).waiting == (
        Waiting(ids["Harbor"], "Harbor", date(2027, 1, 22)),
        Waiting(ids["Bayview"], "Bayview", date(2027, 2, 16)),
    )


def test_a_scope_narrows_it_down(store: Store, ids: dict[str, int]) -> None:
    for id_ in ids.values():
        refer(store, id_, 30, 40)
    for scope, names in (
        (Scope(member="U1"), ["Bayview"]),
        (Scope(category="chiropractor"), ["Harbor"]),
        (Scope(partner_id=ids["Meals"]), ["Meals"]),
    ):
        found = look(store, scope)
        assert [each.name for each in found.open_too_long] == names
        assert len(found.unassigned) == (names == ["Meals"])


def test_at_most_three_of_each_sort(store: Store, ids: dict[str, int]) -> None:
    with store.change(TEAM, NOW, "setup") as change:
        for n in range(5):
            partner.add(change, f"More {n}", TODAY)
    assert len(look(store).unassigned) == 3
