"""A SQLite file that is removed or replaced under a running bot."""

from pathlib import Path

import pytest

from bot.errors import NotSaved
from bot.store import Store, workspace
from tests.conftest import TEAM

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def names(store: Store) -> list[str]:
    with store.read(TEAM) as tx:
        return [one.name for one in workspace.people(tx)]


def moved(store: Store, away: Path) -> Path:
    """Move the database and its log away; return where they were."""
    path = Path(store.engine.url.database or "")
    for file in path.parent.glob(f"{path.name}*"):
        file.rename(away / file.name)
    return path


def test_a_file_that_is_gone_is_not_made_anew(store: Store, tmp_path: Path) -> None:
    before = names(store)
    away = tmp_path / "away"
    away.mkdir()
    path = moved(store, away)
    with pytest.raises(NotSaved):
        names(store)
    with pytest.raises(NotSaved), store.begin():
        pass
    assert not path.exists()
    for file in away.iterdir():
        file.rename(path.parent / file.name)
    assert names(store) == before
    with store.begin():
        pass
