"""The house keeps its shape: layers, sizes, names, and one place for each dangerous thing."""

import ast
import re
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted(
    path
    for folder in ("bot", "jobs")
    for path in (ROOT / folder).rglob("*.py")
    if "versions" not in path.parts
)
TREES = {path: ast.parse(path.read_text("utf-8")) for path in FILES}
VAGUE = {"utils", "helpers", "common", "manager", "service", "core", "misc"}


def functions() -> list[int]:
    return [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_imports_follow_the_layers() -> None:
    checked = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


def test_files_are_short() -> None:
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in FILES}
    assert median(lengths.values()) <= 100
    assert {one: length for one, length in lengths.items() if length > 400} == {}


def test_functions_are_short() -> None:
    lengths = sorted(functions())
    assert median(lengths) <= 8
    assert lengths[int(0.95 * len(lengths))] <= 40


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_module_says_what_it_is_and_is_named_for_it(path: Path) -> None:
    assert ast.get_docstring(TREES[path])
    assert path.stem not in VAGUE


def test_whatever_fails_is_caught_broadly_in_two_places_only() -> None:
    found = [
        name(path) for path in FILES if re.search(r"except (Base)?Exception", path.read_text())
    ]
    # What outlasts an acknowledgement, beside what Bolt itself catches; and the job loop.
    assert found == ["bot/slack/front.py", "jobs/guard.py"]


def test_only_the_settings_and_the_command_line_read_the_environment() -> None:
    found = [name(path) for path in FILES if "os.environ" in path.read_text("utf-8")]
    assert set(found) <= {"bot/cli.py", "bot/settings.py"}


def test_the_time_is_read_by_the_clock_alone() -> None:
    reads = re.compile(r"datetime\.now\(|date\.today\(|utcnow\(")
    found = {name(path) for path in FILES if reads.search(path.read_text("utf-8"))}
    # The metronome names an instant of its own machine; the demo looks for today's date.
    known = {"bot/domain/clock.py", "bot/demo/play.py", "jobs/scheduler.py"}
    assert {one for one in found if not one.startswith("bot/practice/")} <= known


def test_nothing_prints() -> None:
    printing = [
        name(path)
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    ]
    assert [one for one in printing if not one.startswith("bot/practice/")] == []
