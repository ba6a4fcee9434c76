"""Files taken into the workspace T1, and what it holds afterwards."""

import csv
import io
from collections.abc import Callable

import pytest

from bot.sheets import SHEETS, Imported, export, take_in
from bot.store import Store
from tests.conftest import NOW, TEAM

Take = Callable[..., Imported]
Rows = Callable[[str], list[dict[str, str]]]


@pytest.fixture
def take(store: Store) -> Take:
    """Take a file, text or bytes, into a sheet."""

    def take(sheet: str, data: str | bytes, is_dry_run: bool = False) -> Imported:
        content = data.encode() if isinstance(data, str) else data
        return take_in(store, TEAM, SHEETS[sheet], content, NOW, is_dry_run)

    return take


@pytest.fixture
def rows(store: Store) -> Rows:
    """The rows of a sheet's export."""

    def rows(sheet: str) -> list[dict[str, str]]:
        with store.read(TEAM) as tx:
            text = export(tx, SHEETS[sheet], "csv", NOW).decode()
        return list(csv.DictReader(io.StringIO(text, newline="")))

    return rows


def counts(imported: Imported) -> tuple[int, int, int, list[int]]:
    """Rows added, changed and unchanged, and the lines refused."""
    return (
        imported.added,
        imported.changed,
        imported.unchanged,
        [refused.line for refused in imported.refused],
    )
