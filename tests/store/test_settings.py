"""Settings and preferences in the tables: kept whole, taken back, and heeded by what is planned."""

from datetime import date, time

import pytest
import sqlalchemy as sa

from bot.domain.cadence import read_cadence
from bot.domain.policy import Policy
from bot.domain.preference import Preferences
from bot.store import Store, audit, partner, workspace
from bot.store.schema import members, workspaces
from tests.conftest import NOW
from tests.invariants import check
from tests.jobs.test_messages import at, tick
from tests.speaker import Team

WISHES = Preferences(work_days=(1, 3), away_until=date(2027, 4, 1), cover="U2")
WAYS = Policy(work_ends=time(18, 30), cadences={"gym": read_cadence("monthly")}, digest_day=None)


def test_preferences_and_policy_are_kept_and_can_be_taken_back(store: Store) -> None:
    with store.change("T1", NOW, "preferences", "U1") as change:
        workspace.save_preferences(change, "U1", WISHES, reminder_hour=time(10))
        workspace.save_policy(change, WAYS, country="GB")
    with store.read("T1") as tx:
        ana, settings = workspace.member(tx, "U1"), workspace.get(tx)
        assert [one.preferences for one in workspace.people(tx) if one.name == "Ana"] == [WISHES]
    assert (ana.preferences, ana.reminder_hour) == (WISHES, time(10))
    assert (settings.policy, settings.calendar.country) == (WAYS, "GB")
    with store.change("T1", NOW, "undo", "U1") as undoing:
        audit.undo(undoing, change.audit_id or 0)
    with store.read("T1") as tx:
        assert workspace.member(tx, "U1").preferences == Preferences()
        assert workspace.get(tx).policy == Policy()
        assert workspace.get(tx).country == "US"


@pytest.mark.parametrize("table", [members, workspaces])
def test_what_a_later_version_keeps_there_stays(store: Store, table: sa.Table) -> None:
    column = "preferences" if table is members else "settings"
    with store.begin() as connection:
        connection.execute(sa.update(table).values({column: {"hat": "red", "digest_day": 3}}))
    with store.change("T1", NOW, "settings", "U3") as change:
        workspace.save_preferences(change, "U1", Preferences())
        workspace.save_policy(change, Policy())
    with store.peek() as connection:
        kept = connection.execute(sa.select(table.c[column])).scalars().all()
    assert {"hat": "red"} in kept if table is workspaces else all("hat" in one for one in kept)


def test_a_category_has_its_cadence_unless_a_partner_has_its_own(team: Team) -> None:
    with team.store.change("T1", NOW, "settings", "U3") as change:
        workspace.save_policy(change, WAYS)
    said = team.says("U1", "add Iron Peak, gym")
    assert "Gym, check-in every month." in said.text
    assert "Next check-in: Sat, Apr 3" in said.text or "Mon, Apr 5" in said.text
    assert "check-in every week." in team.says("U1", "add Stride, gym, every week").text
    assert "Check-in every month." in team.says("U1", "show iron peak").text
    check(team.store, team.now.date())


def test_who_works_on_thursdays_hears_on_thursday(team: Team) -> None:
    with team.store.change("T1", NOW, "preferences", "U1") as change:
        workspace.save_preferences(change, "U1", Preferences(work_days=(3,)))
        partner.add(change, "Iron Peak", date(2026, 12, 1), liaison="U1")
    assert tick(team, "2027-03-03 10:00") == []
    assert [post.member for post in tick(team, "2027-03-04 09:00")] == ["U1"]
    assert tick(team, "2027-03-10 12:00") == []
    assert len(tick(team, "2027-03-11 09:00")) == 1


def test_a_practice_that_opens_early_hears_early(team: Team) -> None:
    with team.store.change("T1", NOW, "settings", "U3") as change:
        workspace.save_policy(change, Policy(work_starts=time(7), work_ends=time(12)))
        workspace.save_preferences(change, "U1", Preferences(), reminder_hour=time(7, 30))
        partner.add(change, "Iron Peak", date(2026, 12, 1), liaison="U1")
    team.now = at("2027-03-03 12:30")
    assert tick(team, "2027-03-03 12:30") == []
    assert len(tick(team, "2027-03-04 07:30")) == 1
