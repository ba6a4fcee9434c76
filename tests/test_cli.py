"""The command line, on real databases."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import __version__
from bot.cli import app
from bot.domain.member import Workspace
from bot.practice import PracticeSlack
from bot.store import Store, workspace
from tests.conftest import NOW, TEAM

Rapport = Callable[..., Result]

PARTNERS = "name,category,liaison\nRiverside,doctor,ana@example.com\nHarbor,gym,\n"
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


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


def process(database_url: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        env={**os.environ, "DATABASE_URL": database_url},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def write(folder: Path, text: str) -> Path:
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_files_in_and_out(rapport: Rapport, store: Store, tmp_path: Path) -> None:
    file = write(tmp_path, PARTNERS)
    first = rapport("import", "partners", file)
    assert (first.exit_code, first.stdout) == (0, "")
    assert "2 added, 0 changed, 0 unchanged, 0 refused" in first.stderr
    again = rapport("import", "partners", file, "--workspace", TEAM)
    assert "0 added, 0 changed, 2 unchanged" in again.stderr
    out = rapport("export", "partners")
    assert (out.exit_code, out.stderr) == (0, "")
    assert out.stdout.splitlines()[1].startswith("1,Riverside,physician,,,,U1,")
    reminders = json.loads(rapport("export", "reminders", "--format", "json").stdout)
    assert [row["partner"] for row in reminders] == ["Riverside", "Harbor"]


@sqlite_only
def test_people_nobody_has_seen_yet_are_asked_for_in_slack(
    rapport: Rapport, empty_store: Store, tmp_path: Path
) -> None:
    rows = "name,liaison\nA,ana@clinic.example\nB,nobody@clinic.example\n"
    with PracticeSlack() as slack:
        ana = slack.add_user("ana", "Ana Silva", email="ana@clinic.example")
        done = rapport("import", "partners", write(tmp_path, rows), **slack.environment)
    assert done.exit_code == 1
    assert "Line 3: liaison: nobody I know in Slack has the email nobody@" in done.stderr
    assert f",{ana.id}," in rapport("export", "partners").stdout


def test_refused_rows_are_named_and_good_ones_kept(
    rapport: Rapport, store: Store, tmp_path: Path
) -> None:
    file = write(tmp_path, "name,liaison,Color\nA,Ana,red\nB,U1,blue\n")
    done = rapport("import", "partners", file)
    assert done.exit_code == 1
    assert 'Line 2: liaison: "Ana" is neither' in done.stderr
    assert '"Color"' in done.stderr
    assert "1 added" in done.stderr
    assert "B" in rapport("export", "partners").stdout


@sqlite_only
def test_as_a_process_of_its_own(store: Store, tmp_path: Path, database_url: str) -> None:
    file = write(tmp_path, "name,liaison,notes\nCafé,Ana,\nCafé Médico,U1,\n")
    with process(database_url, "import", "partners", str(file)) as running:
        out, words = running.communicate()
    assert (running.returncode, out) == (1, b"")
    assert words.decode().startswith("Line 2: ")
    with process(database_url, "export", "partners") as running:
        out, words = running.communicate()
    assert (running.returncode, words) == (0, b"")
    assert "Café Médico" in out.decode()


@sqlite_only
def test_a_dry_run_saves_nothing(rapport: Rapport, store: Store, tmp_path: Path) -> None:
    done = rapport("import", "partners", write(tmp_path, PARTNERS), "--dry-run")
    assert done.exit_code == 0
    assert "2 added" in done.stderr
    assert "nothing was saved" in done.stderr
    assert len(rapport("export", "partners").stdout.splitlines()) == 1


@sqlite_only
def test_an_export_to_a_file_is_whole(rapport: Rapport, store: Store, tmp_path: Path) -> None:
    rapport("import", "partners", write(tmp_path, PARTNERS))
    done = rapport("export", "partners", "-o", "out.csv")
    assert (done.exit_code, done.stdout) == (0, "")
    assert (tmp_path / "out.csv").read_text() == rapport("export", "partners").stdout
    assert not list(tmp_path.glob(".*.part"))
    folder = rapport("export", "partners", "-o", tmp_path)
    assert (folder.exit_code, folder.stderr.count("\n")) == (2, 1)
    assert "is a folder" in folder.stderr
    nowhere = rapport("export", "partners", "-o", "no/such/folder.csv")
    assert nowhere.exit_code == 2
    assert "cannot write" in nowhere.stderr
    assert rapport("export", "partners", "-o", "/dev/null").exit_code == 0
    assert not Path("/dev/null").is_file()


@sqlite_only
def test_whoever_reads_may_stop_early(
    rapport: Rapport, store: Store, tmp_path: Path, database_url: str
) -> None:
    rows = "".join(f"Partner {n},{'x' * 4000}\n" for n in range(60))
    rapport("import", "partners", write(tmp_path, f"name,notes\n{rows}"))
    with process(database_url, "export", "partners") as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.read(10) == b"id,name,ca"
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


@sqlite_only
def test_a_workspace_is_named_when_there_are_several(rapport: Rapport, store: Store) -> None:
    other = rapport("export", "partners", "--workspace", "T2")
    assert (other.exit_code, other.stderr) == (2, "There is no workspace T2 here, only T1.\n")
    with store.begin() as connection:
        workspace.found(connection, Workspace("T2"), NOW)
    which = rapport("export", "partners")
    assert (which.exit_code, which.stderr) == (
        2,
        "Choose a workspace with --workspace: T1 and T2.\n",
    )
    assert rapport("export", "partners", "--workspace", "T2").exit_code == 0


@sqlite_only
def test_an_empty_database_without_a_token_says_what_to_do(rapport: Rapport) -> None:
    done = rapport("export", "partners")
    assert done.exit_code == 2
    assert "There is no workspace in this database yet" in done.stderr
    assert "SLACK_BOT_TOKEN" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def slack(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a Slack that gives one answer to everything."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"] or 0))
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(request.param).encode())

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/api/"
        server.shutdown()


@sqlite_only
@pytest.mark.parametrize(
    "slack", [{"ok": True, "team_id": "T7", "team": "Clinic", "user_id": "UBOT"}], indirect=True
)
def test_an_empty_database_belongs_to_the_tokens_workspace(
    rapport: Rapport, empty_store: Store, tmp_path: Path, slack: str
) -> None:
    file = write(tmp_path, "name\nA\n")
    done = rapport("import", "partners", file, **TOKENS, SLACK_API_URL=slack)
    assert (done.exit_code, done.stderr) == (
        0,
        "Partners: 1 added, 0 changed, 0 unchanged, 0 refused.\n",
    )
    assert rapport("export", "partners", "--workspace", "T7").exit_code == 0


@sqlite_only
@pytest.mark.parametrize("slack", [{"ok": False, "error": "invalid_auth"}], indirect=True)
def test_a_token_that_slack_refuses(rapport: Rapport, slack: str) -> None:
    done = rapport("export", "partners", **TOKENS, SLACK_API_URL=slack)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "invalid_auth" in done.stderr


@sqlite_only
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import", "patients", "x.csv"], "choose partners, interactions, referrals"),
        (["import", "reminders", "x.csv"], "choose partners, interactions, referrals"),
        (["import", "partners", "missing.csv"], "I cannot read missing.csv: No such file"),
        (["import", "partners", "."], "I cannot read"),
        (["import", "partners", "empty.csv"], "The file is empty."),
        (["import", "interactions", "cities.csv"], "no columns partner, kind and happened_on"),
        (["export", "partners", "--format", "xml"], "choose csv or json"),
        (["export"], "Missing argument"),
        (["explode"], "explode"),
    ],
)
def test_unusable_arguments(
    rapport: Rapport, store: Store, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "empty.csv").touch()
    (tmp_path / "cities.csv").write_text("City\nSpringfield\n")
    done = rapport(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@sqlite_only
@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://localhost/x", "DATABASE_URL must be"),
        ("sqlite:////no/such/folder/x.db", "The database cannot be used"),
        ("postgresql://nobody:hunter2@127.0.0.1:1/x", "The database cannot be used"),
    ],
)
def test_unusable_databases(rapport: Rapport, url: str, said: str) -> None:
    done = rapport("export", "partners", DATABASE_URL=url)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "hunter2" not in done.stderr


@sqlite_only
def test_a_database_of_a_newer_version(rapport: Rapport, store: Store) -> None:
    with store.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'tomorrow'")
    done = rapport("export", "partners")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "The database cannot be used" in done.stderr


@sqlite_only
def test_version(rapport: Rapport) -> None:
    assert rapport("--version").stdout == f"rapport {__version__}\n"
