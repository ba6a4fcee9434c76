"""Settings and preferences in the tables: kept whole, taken back, and heeded by what is planned."""

from dataclasses import replace
from datetime import date, time

import pytest
import sqlalchemy as sa

from bot.domain.cadence import read_cadence
from bot.domain.policy import Policy
from bot.domain.preference import Preferences
from bot.store import Store, audit, partner, reminder, workspace
from bot.store.schema import members, reminders, workspaces
from tests.conftest import NOW
from tests.invariants import check
from tests.jobs.test_messages import NEW_YORK, at, tick
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
    decided = replace(WAYS, decided=("country",))
    assert (settings.policy, settings.calendar.country) == (decided, "GB")
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


def _due(team: Team, name: str = "Iron Peak") -> tuple[str, date, str]:
    """The open reminder of a partner: its occurrence, its day, and the instant in New York."""
    with team.store.read("T1") as tx:
        found = partner.named(tx, name)
        assert found is not None
        [row] = reminder.of_partner(tx, found.id)
    return row.occurrence, row.show_on, f"{row.due_at.astimezone(NEW_YORK):%m-%d %H:%M}"


def _decide(team: Team, policy: Policy, **columns: str) -> int:
    with team.store.change("T1", team.now, "settings", "U3") as change:
        workspace.save_policy(change, policy, **columns)
    return change.audit_id or 0


def _undo(team: Team, entry: int) -> None:
    with team.store.change("T1", team.now, "undo", "U3") as change:
        audit.undo(change, entry)


def test_new_ways_move_what_is_planned_already_and_undo_moves_it_back(team: Team) -> None:
    team.says("U3", "add Iron Peak, gym, <@U1>")
    team.says("U3", "add Stride, store, every week, <@U1>")
    before = [_due(team), _due(team, "Stride")]
    assert before[0] == ("2027-06-03", date(2027, 6, 3), "06-03 09:00")
    entry = _decide(team, Policy(work_starts=time(10), cadence=read_cadence("every 6 weeks")))
    assert _due(team) == ("2027-04-14", date(2027, 4, 14), "04-14 10:00")
    assert _due(team, "Stride")[2] == "03-10 10:00"
    check(team.store, team.now.date())
    _undo(team, entry)
    assert [_due(team), _due(team, "Stride")] == before
    check(team.store, team.now.date())


def test_a_new_countrys_holidays_are_kept(team: Team) -> None:
    team.says("U3", "add Iron Peak, gym, every month, <@U1>")
    team.says("U3", "log iron peak call on 2/5")
    assert _due(team)[1] == date(2027, 3, 5)
    _decide(team, Policy(work_days=(0, 1, 2)))
    assert _due(team) == ("2027-03-05", date(2027, 3, 8), "03-08 09:00")


def test_what_was_shown_keeps_its_pace_at_the_new_hour(team: Team) -> None:
    with team.store.change("T1", NOW, "seed", "U1") as change:
        partner.add(change, "Iron Peak", date(2026, 12, 1), liaison="U1")
    assert len(tick(team, "2027-03-03 10:00")) == 1
    assert _due(team)[2] == "03-08 09:00"
    with team.store.change("T1", team.now, "preferences", "U1") as change:
        workspace.save_preferences(change, "U1", Preferences((3,)), reminder_hour=time(11, 30))
    assert _due(team)[2] == "03-11 11:30"
    assert tick(team, "2027-03-11 11:00") == []
    assert len(tick(team, "2027-03-11 11:30")) == 1


def test_an_earlier_hour_is_heard_the_next_morning(team: Team) -> None:
    with team.store.change("T1", NOW, "preferences", "U1") as change:
        workspace.save_preferences(change, "U1", Preferences(), reminder_hour=time(14))
        partner.add(change, "Iron Peak", date(2026, 12, 4), liaison="U1")
    assert tick(team, "2027-03-03 16:00") == []
    with team.store.change("T1", team.now, "preferences", "U1") as change:
        workspace.save_preferences(change, "U1", Preferences(), reminder_hour=time(9, 30))
    assert tick(team, "2027-03-04 09:29") == []
    assert len(tick(team, "2027-03-04 09:30")) == 1


def test_a_slower_rhythm_moves_a_thank_you_that_nobody_saw(team: Team) -> None:
    team.now = at("2027-03-02 18:00")
    team.says("U3", "add Riverside, ortho, <@U1>")
    team.says("U1", "log riverside thank you on 2/20")
    for text in ("refer riverside", "convert R-1001"):
        team.says("U1", text)
    _decide(team, Policy(thank_you_rhythm="monthly"))
    with team.store.read("T1") as tx:
        waiting = [row for row in reminder.of_partner(tx, 1) if row.kind == "thank_you"]
    assert [row.show_on for row in waiting] == [date(2027, 3, 22)]
    assert tick(team, "2027-03-03 12:00") == []
    check(team.store, team.now.date())


def test_posting_elsewhere_moves_nothing(team: Team) -> None:
    team.says("U3", "add Iron Peak, gym, <@U1>")
    with team.store.begin() as connection:
        connection.execute(sa.update(reminders).values(due_at=NOW))
    _decide(team, Policy(digest_day=None), channel="C1")
    with team.store.peek() as connection:
        assert connection.execute(sa.select(reminders.c.due_at)).scalars().all() == [NOW]


def test_the_environment_is_heard_until_an_owner_decides(team: Team) -> None:
    given = {"country": "GB", "channel": "C1"}
    with team.store.change("T1", team.now, "environment") as change:
        workspace.heed(change, given)
    with team.store.change("T1", team.now, "settings", "U3") as change:
        workspace.save_policy(change, Policy(), country="CA")
    with team.store.change("T1", team.now, "environment") as again:
        workspace.heed(again, given | {"channel": "C2"})
        found = workspace.get(again)
    assert (found.country, found.channel) == ("CA", "C2")
    with team.store.change("T1", team.now, "environment") as nothing_new:
        workspace.heed(nothing_new, given | {"channel": "C2"})
    assert nothing_new.audit_id is None
