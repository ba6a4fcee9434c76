"""The README tells the truth: what it names exists, and what exists is named."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from bot.commands import SUBCOMMANDS
from bot.sheets import FORMATS, SHEETS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def table(heading: str) -> list[tuple[str, str]]:
    """The rows of the table whose first header cell is `heading`."""
    rows = README.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [tuple(cell.strip() for cell in row.strip("|").split("|", 1)) for row in rows]  # type: ignore[misc]


def quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def test_it_is_as_long_as_a_reader_has_time_for() -> None:
    assert 100 <= len(README.splitlines()) <= 170


def test_the_two_commands_come_first() -> None:
    assert re.findall(r"^make (\w+)$", README, re.M)[:2] == ["demo", "test"]


def test_every_make_target_exists() -> None:
    targets = set(re.findall(r"^([\w.]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert set(re.findall(r"\bmake (demo|test|install|\w+)\b`", README)) <= targets


def test_every_subcommand_has_its_row() -> None:
    said = [quoted(cell)[0] for cell, _ in table("after `/partner`")]
    assert said == [each.usage for each in SUBCOMMANDS]


def test_every_setting_is_one_that_is_read() -> None:
    named = {name for cell, _ in table("variable") for name in quoted(cell)}
    source = (ROOT / "bot/settings.py").read_text("utf-8")
    assert named == set(re.findall(r'known\.value\("(\w+)"', source))


def test_every_scope_is_in_the_manifest_with_its_reason() -> None:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text("utf-8"))
    named = [name for cell, _ in table("scope") for name in quoted(cell)]
    scopes = manifest["oauth_config"]["scopes"]
    assert sorted(named) == sorted([*scopes["bot"], *scopes["bot_optional"]])


def test_every_library_is_there_with_its_reason() -> None:
    needed = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["practice"]]
    names = [re.match(r"[\w-]+", one)[0] for one in needed]  # type: ignore[index]
    assert sorted(quoted(cell)[0] for cell, _ in table("library")) == sorted(names)


@pytest.mark.parametrize(
    "name", sorted(set(re.findall(r"`((?:bot|jobs)/[\w/]*|\w+\.\w+)`", README)))
)
def test_every_file_named_exists(name: str) -> None:
    assert (ROOT / name).exists() or name in ("partners.csv",)


def test_the_sheets_and_formats_are_those_of_the_command_line() -> None:
    for name in (*SHEETS, *FORMATS):
        assert name in README
