"""Other commands beside a running bot: import, export, and the demo."""

import csv
import io
import json
import signal
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.practice import Person, PracticeSlack
from tests.end_to_end.conftest import Clinic, Starts
from tests.end_to_end.process import RAPPORT, UP_WITHIN, Process, ask


def rapport(database: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [RAPPORT, *arguments],
        env={"DATABASE_URL": database},
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )


def test_an_import_beside_the_bot_is_seen_at_once(
    starts: Starts, slack: PracticeSlack, maya: Person, sqlite_url: str, tmp_path: Path
) -> None:
    starts(sqlite_url, owner=maya.id)
    slack.slash(maya, None, "add Riverside Orthopedics")
    lines = [f"Clinic {n} of Bayview,physician" for n in range(300)]
    (tmp_path / "partners.csv").write_text("\n".join(["name,category", *lines, ",gym"]))
    done = rapport(sqlite_url, tmp_path, "import", "partners", "partners.csv")
    assert (done.returncode, done.stdout) == (1, "")
    assert "300 added, 0 changed, 0 unchanged, 1 refused" in done.stderr
    assert "301 partners" in slack.slash(maya, None, "list").text
    assert "called" not in slack.slash(maya, None, "show clinic 299 of bayview").text.lower()


def test_during_an_import_what_is_said_to_be_saved_is_saved(
    starts: Starts, slack: PracticeSlack, maya: Person, sqlite_url: str, tmp_path: Path
) -> None:
    starts(sqlite_url, owner=maya.id)
    slack.slash(maya, None, "add Riverside Orthopedics")
    lines = [f"Clinic {n} of Bayview,physician" for n in range(400)]
    (tmp_path / "partners.csv").write_text("\n".join(["name,category", *lines]))
    with ThreadPoolExecutor(1) as pool:
        importing = pool.submit(rapport, sqlite_url, tmp_path, "import", "partners", "partners.csv")
        said = []
        while not importing.done():
            said.append(slack.slash(maya, None, "refer riverside").text)
    assert "400 added" in importing.result().stderr
    saved = [text for text in said if "Referral from Riverside" in text]
    assert saved
    assert all("That was NOT saved." in text for text in said if text not in saved)
    assert f"{len(saved)} referral" in slack.slash(maya, None, "show riverside").text


def test_an_export_equals_what_was_logged(clinic: Clinic, tmp_path: Path) -> None:
    ana = clinic.person()
    name = clinic.partner(ana)
    clinic.says(ana, f"called {name} about knees, 20 min, $45")
    clinic.says(ana, f"refer {name}")
    exported = rapport(clinic.database, tmp_path, "export", "interactions")
    assert exported.returncode == 0
    rows = [row for row in csv.DictReader(io.StringIO(exported.stdout)) if row["partner"] == name]
    assert [(row["kind"], row["happened_on"], row["by"]) for row in rows] == [
        ("call", "2027-03-03", ana.id)
    ]
    assert (rows[0]["minutes"], rows[0]["cost"]) == ("20", "45.00")
    assert "knees" in rows[0]["note"]
    exported = rapport(clinic.database, tmp_path, "export", "referrals", "--format", "json")
    found = [row for row in json.loads(exported.stdout) if row["partner"] == name]
    assert [row["direction"] for row in found] == ["received"]


def test_an_import_of_an_export_changes_nothing(
    starts: Starts, slack: PracticeSlack, maya: Person, sqlite_url: str, tmp_path: Path
) -> None:
    # The command line knows no clock but the machine's.
    starts(sqlite_url, datetime.now(UTC), owner=maya.id)
    for text in ("add Riverside, gym", "called riverside about knees, $5", "evals riverside 2"):
        assert "✓" in slack.slash(maya, None, text).text
    for sheet in ("partners", "referrals"):
        file = tmp_path / f"{sheet}.csv"
        assert rapport(sqlite_url, tmp_path, "export", sheet, "-o", str(file)).returncode == 0
        done = rapport(sqlite_url, tmp_path, "import", sheet, str(file))
        assert f"{sheet.capitalize()}: 0 added, 0 changed," in done.stderr
        assert done.returncode == 0


def test_the_demo_opens_and_leaves_nothing(runs: Callable[..., Process], tmp_path: Path) -> None:
    _opens_and_leaves_nothing(runs({"TMPDIR": str(tmp_path)}, "demo", "--no-browser"), tmp_path)


def test_the_demo_ends_even_where_signals_are_held_back(
    runs: Callable[..., Process], tmp_path: Path
) -> None:
    held = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        demo = runs({"TMPDIR": str(tmp_path)}, "demo", "--no-browser")
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
    _opens_and_leaves_nothing(demo, tmp_path)


def _opens_and_leaves_nothing(demo: Process, folder: Path) -> None:
    port = int(demo.says(r"open at http://127\.0\.0\.1:(\d+)/", UP_WITHIN)[1])
    assert ask(port, "GET", "/")[0] == 200
    assert list(folder.iterdir())
    demo.send(signal.SIGINT)
    assert demo.ends() == 0
    assert "Traceback" not in demo.output
    assert list(folder.iterdir()) == []
    with pytest.raises(ConnectionRefusedError):
        ask(port, "GET", "/")
