"""Notes that are over their time: blanked where owners said so, and not the day they said it."""

from datetime import timedelta

from bot.commands.request import OpenForm
from bot.store import interaction
from jobs.retention import GRACE, blank_old_notes
from tests.invariants import check
from tests.speaker import Team


def notes(team: Team) -> list[str]:
    with team.store.read("T1") as tx:
        return [one.note for one in interaction.everything(tx)]


def keep(team: Team, months: str) -> None:
    form = team.press_value("U3", "practice_settings", "")
    assert isinstance(form, OpenForm)
    assert team.sends_in("U3", form, notes_kept=months) is not None


def test_notes_go_when_they_are_older_than_owners_keep_them(team: Team) -> None:
    team.says("U3", "add Riverside, ortho")
    team.says("U1", "called riverside about knee protocols")
    team.now += timedelta(days=200)
    team.says("U1", "called riverside about running shoes")
    assert blank_old_notes(team.store, team.now) == 0
    keep(team, "6")
    assert blank_old_notes(team.store, team.now + GRACE / 2) == 0
    assert notes(team) == ["about knee protocols", "about running shoes"]
    team.now += GRACE
    assert blank_old_notes(team.store, team.now) == 1
    assert notes(team) == ["", "about running shoes"]
    assert blank_old_notes(team.store, team.now) == 0
    check(team.store, team.now.date())


def test_kept_for_ever_they_stay(team: Team) -> None:
    team.says("U3", "add Riverside, ortho")
    team.says("U1", "called riverside about knee protocols")
    assert blank_old_notes(team.store, team.now + timedelta(days=9999)) == 0
