"""What is kept of a person: given to them, forgotten, and old notes blanked, on real databases."""

import json
import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner, Result

from bot import privacy
from bot.cli import app
from bot.domain.home import Place
from bot.domain.member import FORGOTTEN
from bot.errors import UserError
from bot.sheets import SHEETS, export, take_in
from bot.store import Store, Tx, forget, home, interaction, partner, retention, workspace
from bot.store.schema import metadata
from jobs.deliver import deliver
from jobs.plan import plan
from tests.conftest import NOW, TEAM
from tests.invariants import check
from tests.jobs.test_messages import Fixed
from tests.speaker import Team

Rapport = Callable[..., Result]
SECRET_NOTE = "likes the early slot"

sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def rapport(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rapport:
    """Run `rapport` on the test's database, in an empty folder."""
    for name in [name for name in os.environ if name.startswith(("SLACK_", "RAPPORT_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.chdir(tmp_path)

    def rapport(*arguments: str | Path, **environ: str) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments], env=environ)

    return rapport


@pytest.fixture
def luis(team: Team) -> Team:
    """A team in which Luis (U2) did much, was told much, and handed everything over."""
    for user, text in (
        ("U2", "add Riverside, physician, every 2 weeks, <@U2>"),
        ("U1", "add Harbor, gym, <@U1>"),
        ("U2", "called riverside about parking, 20 min"),
        ("U2", "refer riverside"),
        ("U1", "next harbor send flyers by Friday <@U2>"),
        ("U1", "riverside came in"),
    ):
        team.says(user, text)
    team.now += timedelta(days=14)
    for _ in range(20):
        clock = Fixed(team.now)
        planned = plan(team.store, team.inbox, TEAM, team.now)
        if not planned + deliver(team.store, team.inbox, clock, TEAM):
            break
    assert team.inbox.to("U2")
    return team


def everything(store: Store) -> str:
    """Every value of every row, as text."""
    with store.peek() as connection:
        found: list[Any] = []
        for table in metadata.sorted_tables:
            found += connection.execute(sa.select(*(sa.cast(c, sa.Text) for c in table.c))).all()
    return "\n".join(" ".join(str(value) for value in row) for row in found)


def is_named(store: Store, user: str) -> bool:
    return bool(re.search(rf"(?<![A-Za-z0-9]){user}(?![A-Za-z0-9])", everything(store)))


def counts(store: Store) -> dict[str, int]:
    with store.peek() as connection:
        count = sa.select(sa.func.count())
        names = ("partners", "interactions", "referrals", "next_steps", "audit")
        return {
            name: int(connection.execute(count.select_from(metadata.tables[name])).scalar_one())
            for name in names
        }


def test_a_person_gets_all_that_is_kept_of_them(luis: Team, rapport: Rapport) -> None:
    done = rapport("export", "--person", "U2")
    assert (done.exit_code, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert (found["person"], found["workspace"]) == ("U2", TEAM)
    kept = found["kept"]
    assert kept["members"][0]["name"] == "Luis"
    assert [row["kind"] for row in kept["interactions"]] == ["call"]
    assert [row["what"] for row in kept["next_steps"]] == ["send flyers"]
    assert {"add", "log", "refer", "next"} <= {row["what"] for row in kept["audit"]}
    assert {row["recipient"] for row in kept["deliveries"]} == {"U2"}


@sqlite_only
def test_of_others_nothing_is_given(luis: Team, rapport: Rapport) -> None:
    found = json.loads(rapport("export", "--person", "U4").stdout)
    assert set(found["kept"]) == {"members"}
    assert json.loads(rapport("export", "--person", "U9").stdout)["kept"] == {}


@sqlite_only
def test_a_liaison_hands_over_before_being_forgotten(luis: Team, rapport: Rapport) -> None:
    before = everything(luis.store)
    done = rapport("forget", "--person", "U2")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "U2 still looks after Riverside. Hand them over first" in done.stderr
    assert everything(luis.store) == before


def test_a_person_is_forgotten_everywhere(luis: Team, rapport: Rapport) -> None:
    luis.says("U3", "assign riverside <@U1>")
    before = counts(luis.store)
    done = rapport("forget", "--person", "U2")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "Deleted: the profile and the list of" in done.stderr
    assert "1 open next step went to the partners' liaisons." in done.stderr
    assert re.search(r"Their name or id was replaced in .*\d+ in interactions", done.stderr)
    assert not is_named(luis.store, "U2")
    assert not is_named(luis.store, "Luis")
    assert counts(luis.store) == {**before, "audit": before["audit"] + 1}
    with luis.store.read(TEAM) as tx:
        assert {one.by for one in interaction.everything(tx)} == {FORGOTTEN}
        (harbor,) = [one for one in partner.everything(tx) if one.name == "Harbor"]
        assert [step.owner for step in interaction.open_steps(tx, harbor.id)] == ["U1"]
    check(luis.store, luis.now.date())
    assert "by somebody no longer here" in luis.says("U1", "show riverside").text
    assert rapport("forget", "--person", "U2").stderr == "Nothing here names U2.\n"


def test_two_people_are_forgotten_and_others_are_told_as_before(luis: Team) -> None:
    luis.says("U3", "assign riverside <@U4>")
    luis.now += timedelta(minutes=1)
    luis.says("U3", "assign riverside <@U1>")
    with luis.store.begin() as connection:
        for user in ("U2", "U4"):
            home.save(Tx(connection, TEAM), user, Place(), luis.now)
    for user in ("U2", "U4"):
        privacy.forget_person(luis.store, TEAM, user, luis.now)
        assert not is_named(luis.store, user)
    luis.now += timedelta(days=14)
    clock = Fixed(luis.now)
    while plan(luis.store, luis.inbox, TEAM, luis.now) + deliver(
        luis.store, luis.inbox, clock, TEAM
    ):
        pass
    assert luis.inbox.to("U1")
    check(luis.store, luis.now.date())


@sqlite_only
def test_what_a_forgotten_person_did_can_be_imported_again(luis: Team) -> None:
    luis.says("U3", "assign riverside <@U1>")
    privacy.forget_person(luis.store, TEAM, "U2", luis.now)
    sheet = SHEETS["interactions"]
    with luis.store.read(TEAM) as tx:
        file = export(tx, sheet, "csv", NOW)
    assert FORGOTTEN.encode() in file
    again = take_in(luis.store, TEAM, sheet, file, luis.now)
    assert (again.unchanged, again.refused) == (1, [])


@sqlite_only
def test_nothing_of_them_is_left_in_the_files(
    luis: Team, database_url: str, rapport: Rapport
) -> None:
    luis.says("U3", "assign riverside <@U1>")
    rapport("forget", "--person", "U2")
    path = Path(database_url.removeprefix("sqlite:///"))
    for file in path.parent.glob(f"{path.name}*"):
        assert b"Luis" not in file.read_bytes(), file.name


@sqlite_only
def test_owners(luis: Team, rapport: Rapport) -> None:
    last = rapport("forget", "--person", "U3")
    assert (last.exit_code, last.stderr) == (
        2,
        "U3 is the only owner. Name another in RAPPORT_OWNERS first.\n",
    )
    named = rapport("forget", "--person", "U01ABCD", RAPPORT_OWNERS="U01ABCD")
    assert (named.exit_code, "out of RAPPORT_OWNERS first" in named.stderr) == (2, True)


@sqlite_only
def test_steps_that_nobody_could_take_over(luis: Team, rapport: Rapport) -> None:
    luis.says("U3", "assign riverside <@U1>")
    with luis.store.change(TEAM, luis.now, "seed") as change:
        (harbor,) = [one for one in partner.everything(change) if one.name == "Harbor"]
        partner.update(change, harbor.id, liaison=None)
    done = rapport("forget", "--person", "U2")
    assert "next steps with Harbor, where no liaison could take them over" in done.stderr


def test_old_notes_go_and_what_was_done_stays(team: Team) -> None:
    team.says("U1", "add Riverside, physician")
    team.says("U1", f"called riverside, {SECRET_NOTE}")
    team.says("U1", "texted riverside about the newsletter")
    with team.store.change(TEAM, team.now, "seed", "U1") as change:
        old, _ = interaction.everything(change)
        change.update(metadata.tables["interactions"], old.id, happened_on=old_day())
    assert SECRET_NOTE in everything(team.store)
    trial = privacy.blank_old_notes(team.store, TEAM, timedelta(days=730), NOW, is_dry_run=True)
    assert trial.startswith("1 note of interactions before 2025-03-03 would be blanked.")
    assert SECRET_NOTE in everything(team.store)
    said = privacy.blank_old_notes(team.store, TEAM, timedelta(days=730), NOW)
    assert said.startswith("1 note of interactions before 2025-03-03 blanked")
    assert SECRET_NOTE not in everything(team.store)
    assert "newsletter" in everything(team.store)
    assert "0 notes" in privacy.blank_old_notes(team.store, TEAM, timedelta(days=730), NOW)
    with team.store.read(TEAM) as tx:
        assert [one.kind for one in interaction.everything(tx)] == ["call", "text"]
    check(team.store, team.now.date())


def old_day() -> Any:
    return (NOW - timedelta(days=800)).date()


@sqlite_only
def test_a_note_that_was_taken_back_goes_from_the_audit_too(team: Team) -> None:
    team.says("U1", "add Riverside, physician")
    team.says("U1", f"called riverside, {SECRET_NOTE}")
    team.says("U1", "undo")
    later = NOW + timedelta(days=800)
    assert SECRET_NOTE in everything(team.store)
    privacy.blank_old_notes(team.store, TEAM, timedelta(days=730), later)
    assert SECRET_NOTE not in everything(team.store)


@sqlite_only
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["prune", "--notes-older-than", "soon"], "write it like 730d or 2y"),
        (["prune", "--notes-older-than", "7d"], "Notes are kept for 30 days at least."),
        (["prune"], "notes-older-than"),
        (["forget"], "person"),
        (["forget", "--person", "ana"], "wants a Slack user id"),
        (["forget", "--person", "U1%"], "wants a Slack user id"),
        (["export", "partners", "--person", "U1"], "Choose one"),
    ],
)
def test_unusable_arguments(
    rapport: Rapport, store: Store, arguments: list[str], said: str
) -> None:
    done = rapport(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@sqlite_only
def test_the_command_says_what_it_would_do(team: Team, rapport: Rapport) -> None:
    done = rapport("prune", "--notes-older-than", "2y", "--dry-run")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "0 notes" in done.stderr


@pytest.mark.parametrize(("text", "days"), [("730d", 730), ("2y", 730), ("90 days", 90)])
def test_ages(text: str, days: int) -> None:
    assert privacy.age(text) == timedelta(days=days)


@sqlite_only
def test_an_id_within_another_is_another_person(luis: Team) -> None:
    with pytest.raises(UserError):
        privacy.user_id("U2; DROP")
    luis.says("U3", "assign riverside <@U1>")
    with luis.store.change(TEAM, luis.now, "seed", "U22") as change:
        (harbor,) = [one for one in partner.everything(change) if one.name == "Harbor"]
        interaction.add(change, harbor.id, "call", luis.now.date(), note="with <@U2|luis> and U22")
    privacy.forget_person(luis.store, TEAM, "U2", luis.now)
    with luis.store.read(TEAM) as tx:
        newest = interaction.recent(tx, harbor.id)[0]
    assert (newest.by, newest.note) == ("U22", f"with <@{FORGOTTEN}|luis> and U22")


def test_a_full_name_goes_from_what_people_wrote(luis: Team) -> None:
    luis.says("U3", "assign riverside <@U1>")
    with luis.store.begin() as connection:
        workspace.save(connection, TEAM, "U2", name="Luís Ortega-Peña")
    luis.says("U1", "called riverside with <@U2> about parking")
    luis.says("U1", "next riverside ask <@U2> for the map by Friday")
    assert is_named(luis.store, "Luís Ortega-Peña")
    privacy.forget_person(luis.store, TEAM, "U2", luis.now)
    left = everything(luis.store)
    assert "Ortega" not in left
    assert "with a former colleague" in left
    check(luis.store, luis.now.date())


@sqlite_only
def test_much_is_forgotten_in_short_transactions(
    luis: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others write in between, and nothing of the person is left."""
    monkeypatch.setattr(forget, "BATCH", 1)
    luis.says("U3", "assign riverside <@U1>")
    for number in range(5):
        luis.says("U2", f"called harbor about flyer {number}")
    begun: list[int] = []
    begin = luis.store.begin

    def counted(*arguments: Any, **options: Any) -> Any:
        begun.append(1)
        return begin(*arguments, **options)

    monkeypatch.setattr(luis.store, "begin", counted)
    said = privacy.forget_person(luis.store, TEAM, "U2", luis.now)
    assert len(begun) > 10
    assert re.search(r"\d+ in audit", said)
    assert not is_named(luis.store, "U2")
    check(luis.store, luis.now.date())


@sqlite_only
def test_who_may_not_be_forgotten_yet_is_left_as_they_were(luis: Team) -> None:
    before = everything(luis.store)
    with pytest.raises(UserError, match="still looks after"):
        forget.ahead(luis.store, TEAM, "U2")
    assert everything(luis.store) == before


@sqlite_only
def test_notes_in_the_audit_go_in_short_transactions(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 1)
    team.says("U1", "add Riverside, physician")
    for _ in range(4):
        team.says("U1", f"called riverside, {SECRET_NOTE}")
    seen = retention.ahead(team.store, TEAM, (NOW + timedelta(days=1)).date())
    with team.store.peek() as connection:
        images = sa.cast(metadata.tables["audit"].c.images, sa.Text)
        kept = list(connection.execute(sa.select(images)).scalars())
    assert seen == len(kept)
    assert not any(SECRET_NOTE in one for one in kept)
