"""The database is locked or gone: that is said, the words come back, and nothing is written."""

import sqlite3
from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.commands.dispatch import answer, press
from bot.commands.request import Context, Request, identify
from bot.store import Store
from tests.commands.looking import ONE_DATABASE
from tests.invariants import dump
from tests.speaker import Team

WRITES = (
    "called riverside, 20 min",
    "add Stride, gym, <@U1>",
    "refer riverside",
    "evals riverside 2",
    "convert R-1001",
    "lost R-1001",
    "next riverside send cards by Friday",
    "assign harbor <@U2>",
    "cadence riverside monthly",
    "pause riverside",
    "undo",
)
READS = ("show riverside", "list", "due", "due all", "stats", "riverside", "no such thing")


@pytest.fixture
def asked(clinic: Team) -> Request:
    """Who asks, known before the database goes away."""
    clinic.says("U1", "refer riverside 3/1")
    return identify(clinic.context, "T1", "U1", clinic.now, "key", "C1")


def _is_given_back(said: str, text: str) -> None:
    assert said.startswith("That was NOT saved. Please try again in a minute."), said
    assert f'You typed: "{text.replace("<", "&lt;").replace(">", "&gt;")}"' in said


@ONE_DATABASE
@pytest.mark.parametrize("text", ["called riverside, 20 min", "evals riverside 2"])
def test_locked_by_another_writer(
    clinic: Team, asked: Request, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.database.REQUEST_PATIENCE", 0.1)
    before = dump(clinic.store)
    quick = Context(_Impatient(clinic.store.engine), clinic.inbox)
    other = sqlite3.connect(str(clinic.store.engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    _is_given_back(answer(text, asked, quick).text, text)
    other.execute("ROLLBACK")
    other.close()
    assert dump(clinic.store) == before
    assert "✓" in answer(text, asked, quick).text


class _Impatient(Store):
    """A store that waits for other writers a tenth of a second only."""

    def change(self, *arguments, **named):  # type: ignore[no-untyped-def]
        return super().change(*arguments, **{**named, "patience": 0.1})


@pytest.mark.parametrize("text", [*WRITES, *READS])
def test_gone(clinic: Team, asked: Request, text: str) -> None:
    before = dump(clinic.store)
    url = clinic.store.engine.url
    nowhere = url.set(port=1) if url.host else url.set(database="/no/such/folder/rapport.db")
    lost = Context(Store(sa.create_engine(nowhere)), clinic.inbox)
    _is_given_back(answer(text, asked, lost).text, text)
    assert dump(clinic.store) == before


@ONE_DATABASE
@pytest.mark.parametrize(
    "action", ["did", "undo", "came_in", "show", "referred", "log_it", "again"]
)
def test_a_press_says_so_too(clinic: Team, asked: Request, action: str) -> None:
    lost = Context(Store(sa.create_engine("sqlite:////no/such/folder/rapport.db")), clinic.inbox)
    value = '{"text": "called riverside"}' if action == "again" else "1:call"
    value = "1" if action in ("undo", "came_in", "show", "referred") else value
    said = press(action, value, replace(asked, key="press"), lost)
    assert said is not None
    assert said.text.startswith("That was NOT saved. Please try again in a minute.")


@ONE_DATABASE
def test_a_long_text_comes_back_cut(clinic: Team, asked: Request) -> None:
    lost = Context(Store(sa.create_engine("sqlite:////no/such/folder/rapport.db")), clinic.inbox)
    said = answer(f"called riverside {'about parking ' * 500}", asked, lost).text
    assert 1500 < len(said) < 3000
