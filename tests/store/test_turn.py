"""Periodic work is done by one process at a time."""

import pytest

from bot.store import Store, connect, turn


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_only_one_has_its_turn_and_the_next_when_it_has_ended(
    store: Store, database_url: str
) -> None:
    other = Store(connect(database_url))
    with store.begin() as mine, other.begin() as theirs:
        assert turn.is_mine(mine, "prune")
        assert not turn.is_mine(theirs, "prune")
        assert turn.is_mine(theirs, "something else")
    with other.begin() as theirs:
        assert turn.is_mine(theirs, "prune")
    other.engine.dispose()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_whoever_writes_to_sqlite_has_it_alone(store: Store) -> None:
    with store.begin() as mine:
        assert turn.is_mine(mine, "prune")
