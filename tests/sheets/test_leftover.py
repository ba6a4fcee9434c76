"""Refused rows beside the file: to be mended there and taken in again."""

import csv
import io
import os
import pty
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import cli
from bot.sheets import SHEETS, leftover, take_in
from bot.store import Store
from tests.conftest import NOW, TEAM
from tests.sheets.conftest import Take, counts

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def test_it_has_the_columns_of_the_file_and_the_reason(take: Take) -> None:
    imported = take("partners", "Practice,Color,Owner\nA,red,Ana\nB,,U1\nC,blue,Bob\n")
    found = table(leftover.refused_rows(imported))
    assert [row[:-1] for row in found] == [
        ["Practice", "Color", "Owner"],
        ["A", "red", "Ana"],
        ["C", "blue", "Bob"],
    ]
    assert found[0][-1] == "reason"
    assert found[1][-1].startswith('liaison: "Ana" is neither a Slack user id')


def test_mended_it_is_taken_in(take: Take) -> None:
    first = take("partners", 'name,liaison,notes\nA,Ana,"one\ntwo, ""three"""\n')
    mended = leftover.refused_rows(first).decode().replace(",Ana,", ",U1,")
    again = take("partners", mended)
    assert counts(again) == (1, 0, 0, [])
    assert again.ignored_columns == ("reason",)


def test_refused_again_there_is_one_reason(take: Take) -> None:
    once = leftover.refused_rows(take("partners", "name,liaison\nA,Ana\n"))
    assert table(leftover.refused_rows(take("partners", once))) == table(once)


def test_nothing_is_lost_of_rows_that_are_no_rows(take: Take) -> None:
    imported = take("partners", 'name,notes\nA,x,extra\n"B" C,y\nD,"open\nE,z\n')
    found = table(leftover.refused_rows(imported))
    assert found[1][:2] == ["A", "x"]
    assert found[1][3] == "extra"
    assert found[2][0] == '"B" C,y'
    assert found[3][0] == 'D,"open'
    assert [len(row) for row in found] == [3, 4, 3, 3]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "'="])
def test_no_cell_is_a_formula_and_none_is_changed(take: Take, start: str) -> None:
    note = f'{start}HYPERLINK("http://x")'
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["name", "liaison", "notes"], ["A", "Ana", note]])
    once = leftover.refused_rows(take("partners", file.getvalue()))
    cell = table(once)[1][2]
    assert cell == "'" + note.removeprefix("'")
    again = take("partners", once)
    assert table(leftover.refused_rows(again))[1][2] == cell


def test_a_reason_of_the_file_s_own_keeps_its_place(take: Take) -> None:
    take("partners", "name\nA\n")
    rows = "partner,direction,received_on,reason,note\nA,received,soon,no contact,x\n"
    found = table(leftover.refused_rows(take("referrals", rows)))
    assert found[0] == ["partner", "direction", "received_on", "reason", "note", "reason"]
    assert found[1][3:5] == ["no contact", "x"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("partners.csv", "partners.refused.csv"), ("my.list.xlsx", "my.list.refused.csv")],
)
def test_where_it_is(store: Store, name: str, expected: str) -> None:
    assert leftover.beside(Path("folder") / name) == Path("folder") / expected


def rapport(database_url: str, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli.app, list(arguments), env={"DATABASE_URL": database_url})
    return done.exit_code, done.stderr


def test_the_command_writes_it_but_not_when_dry(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Practice,liaison\nA,Ana\nB,U1\n")
    beside = tmp_path / "list.refused.csv"
    code, words = rapport(database_url, "import", "partners", str(file), "--dry-run")
    assert code == 1
    assert "Read: name from 'Practice', liaison from 'liaison'." in words
    assert not beside.exists()
    code, words = rapport(database_url, "import", "partners", str(file))
    assert code == 1
    assert f"Refused rows are in {beside}" in words
    assert beside.read_text().startswith("Practice,liaison,reason\nA,Ana,")


def test_how_far_it_is_is_told(store: Store) -> None:
    rows = "name\n" + "".join(f"Partner {n}\n" for n in range(120))
    heard: list[tuple[int, int]] = []
    take_in(
        store,
        TEAM,
        SHEETS["partners"],
        rows.encode(),
        NOW,
        told=lambda done, of: heard.append((done, of)),
    )
    assert heard == [(100, 120), (120, 120)]


@pytest.mark.parametrize(("of", "is_shown"), [(3_000, True), (2_999, False)])
def test_progress_is_shown_on_a_terminal(
    store: Store, monkeypatch: pytest.MonkeyPatch, of: int, is_shown: bool
) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        with cli._progress() as told:
            told(1_000, of)
            told(of, of)
        terminal.write("THE END")
        terminal.flush()
        shown = ""
        # A terminal hands over what it has so far.
        while "THE END" not in shown:
            shown += os.read(ours, 100_000).decode()
    os.close(ours)
    assert ("Writing" in shown, "100%" in shown) == (is_shown, is_shown)


def test_a_log_has_no_use_for_progress(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with cli._progress() as told:
        told(5_000, 5_000)
    assert capsys.readouterr().err == ""


def test_what_comes_from_a_pipe_leaves_no_file(store: Store, database_url: str) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"name,liaison\nA,Ana\n")
    os.close(writing)
    before = set(Path("/dev/fd").parent.iterdir())
    code, words = rapport(database_url, "import", "partners", f"/dev/fd/{reading}")
    os.close(reading)
    assert (code, "Refused rows are in" in words) == (1, False)
    assert set(Path("/dev/fd").parent.iterdir()) == before


def test_a_file_without_end_is_not_read_to_its_end(store: Store, database_url: str) -> None:
    code, words = rapport(database_url, "import", "partners", "/dev/zero")
    assert (code, words) == (2, "/dev/zero is larger than 100,000,000 bytes; split it.\n")
