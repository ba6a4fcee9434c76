"""Undo: what it takes back, what it refuses, and what it does only once."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.store import Store
from bot.store.audit import ALREADY_UNDONE, CHANGED_SINCE
from bot.store.schema import audit, contacts, interactions, partners, referrals, reminders
from tests.speaker import TEAM, Team


def rows(store: Store, table: sa.Table) -> list[Any]:
    with store.peek() as connection:
        return list(connection.execute(sa.select(table).order_by(table.c.id)).mappings())


@pytest.fixture
def doctor(team: Team) -> Team:
    team.says("U1", "add Dr. Amy Lee, physician, every 2 weeks, <@U1>")
    return team


def test_undo_takes_back_a_log(doctor: Team) -> None:
    doctor.says("U1", "called dr amy lee")
    assert "Undone" in doctor.says("U1", "undo").text
    assert rows(doctor.store, interactions) == []


def test_undo_takes_back_evaluations_that_made_their_referrals(doctor: Team) -> None:
    before = rows(doctor.store, reminders)
    doctor.says("U4", "evals dr amy lee 2")
    assert "Undone" in doctor.says("U4", "undo").text
    assert rows(doctor.store, referrals) == []
    assert [row["kind"] for row in rows(doctor.store, reminders)] == [row["kind"] for row in before]


def test_undo_of_a_new_partner_takes_its_unshown_reminders_along(doctor: Team) -> None:
    assert "Undone" in doctor.says("U1", "undo").text
    assert rows(doctor.store, partners) == []
    assert rows(doctor.store, reminders) == []


@pytest.mark.parametrize("more", ["called dr amy lee", "evals dr amy lee"])
def test_undo_of_a_new_partner_that_has_a_history_is_refused(doctor: Team, more: str) -> None:
    doctor.says("U4", more)
    assert doctor.says("U1", "undo").text == CHANGED_SINCE
    assert len(rows(doctor.store, partners)) == 1


def test_undo_of_a_new_partner_with_a_contact_is_refused(doctor: Team) -> None:
    with doctor.store.change(TEAM, doctor.now, "edit", "U2") as change:
        change.insert(contacts, partner_id=1, name="Pat")
    assert doctor.says("U1", "undo").text == CHANGED_SINCE
    assert len(rows(doctor.store, contacts)) == 1


def test_undo_refuses_what_was_changed_since(doctor: Team) -> None:
    doctor.says("U1", "cadence dr amy lee every 3 weeks")
    doctor.now += timedelta(minutes=1)
    doctor.says("U3", "cadence dr amy lee every 4 weeks")
    assert doctor.says("U1", "undo").text == CHANGED_SINCE
    assert "4" in rows(doctor.store, partners)[0]["cadence"]
    assert [row["undone_at"] for row in rows(doctor.store, audit)] == [None, None, None]


def test_pressed_twice_undo_happens_once(doctor: Team) -> None:
    said = doctor.says("U1", "called dr amy lee")
    doctor.presses("U1", said, "Undo")
    again = doctor.presses("U1", said, "Undo")
    assert again is not None
    assert again.text == ALREADY_UNDONE


def test_somebody_elses_change_is_theirs_or_an_owners_to_undo(doctor: Team) -> None:
    said = doctor.says("U1", "called dr amy lee")
    refused = doctor.presses("U2", said, "Undo")
    assert refused is not None
    assert "or an owner" in refused.text
    assert len(rows(doctor.store, interactions)) == 1
    doctor.presses("U3", said, "Undo")
    assert rows(doctor.store, interactions) == []


def test_undo_by_asking_ends_after_ten_minutes(doctor: Team) -> None:
    doctor.says("U1", "called dr amy lee")
    doctor.now += timedelta(minutes=10)
    assert "Nothing of yours" in doctor.says("U1", "undo").text


def test_an_entry_says_who_when_what_before_and_after(doctor: Team) -> None:
    doctor.says("U1", "cadence dr amy lee every 3 weeks")
    entry = rows(doctor.store, audit)[-1]
    assert (entry["by"], entry["at"], entry["what"]) == ("U1", doctor.now, "cadence")
    (image,) = entry["images"]
    assert (image["table"], image["id"]) == ("partners", 1)
    assert image["before"]["cadence"] != image["after"]["cadence"]
