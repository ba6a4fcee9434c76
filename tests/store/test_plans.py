"""What a database reads to answer: for counts of a period an index, and never the rows."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.period import Period
from bot.domain.tally import Scope
from bot.store import Store, Tx, agenda, partner, referral
from bot.store.attention import attention
from bot.store.tally import By, tallies
from tests.bench import seed
from tests.bench.command import fill
from tests.bench.seed import TEAM
from tests.bench.setting import Setting

TODAY = datetime.now(UTC).date()
QUARTER = Period(TODAY - timedelta(days=89), TODAY, "the last 90 days")
SIZE = Setting(partners=100, interactions=10_000)
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
# So few rows are read whole whatever there is; of a million PostgreSQL would not.
AS_IF_LARGE = ("enable_seqscan", "enable_bitmapscan")


@pytest.fixture
def large(empty_store: Store) -> Store:
    """A practice with three years of history, up to today."""
    fill(empty_store, SIZE)
    return empty_store


def plan(store: Store, ask: Callable[[Tx], object], words: str) -> str:
    """How the database finds what is asked of it in the one statement that has these words."""
    heard: list[tuple[str, Any]] = []

    def hear(*args: Any) -> None:
        heard.append((args[2], args[3]))

    with store.read(TEAM) as tx:
        sa.event.listen(store.engine, "before_cursor_execute", hear)
        ask(tx)
        sa.event.remove(store.engine, "before_cursor_execute", hear)
        if not store.is_sqlite:
            for setting in AS_IF_LARGE:
                tx.connection.exec_driver_sql(f"SET LOCAL {setting} = off")
        explain = "EXPLAIN QUERY PLAN" if store.is_sqlite else "EXPLAIN"
        [(text, values)] = [(text, values) for text, values in heard if words in text]
        found = tx.connection.exec_driver_sql(f"{explain} {text}", values)
        return "\n".join(row[-1] for row in found)


def answers(index: str, plan: str) -> bool:
    """Whether an index, or one of several, answers by itself."""
    return bool(re.search(rf"(COVERING INDEX|Index Only Scan using) ({index})\b", plan))


@on_postgresql
def test_a_tick_reads_the_head_of_the_index_whatever_the_instant(empty_store: Store) -> None:
    seed.practice(empty_store, 20_000, 100, seed.NOT_DUE)
    asked = str(agenda._WITH_WORK.compile(empty_store.engine))
    # The plan that is kept once a statement was asked often.
    numbered = re.sub(r"%\(\w+\)s", "$1", asked).replace("$1::VARCHAR", "'available'")
    with empty_store.peek() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN (GENERIC_PLAN) {numbered}")
        found = "\n".join(row[0] for row in rows)
    assert answers("ix_reminders_next", found), found
    assert "Seq Scan on reminders" not in found


@pytest.mark.parametrize("by", ["practice", "month", "member"])
@pytest.mark.parametrize("scope", [Scope(), Scope(member="U1")])
def test_interactions_are_counted_from_their_index(large: Store, by: By, scope: Scope) -> None:
    found = plan(large, lambda tx: tallies(tx, QUARTER, by, TODAY, scope), "AS interactions")
    assert answers("ix_interactions_day", found), found


def test_partners_are_not_looked_up_where_nothing_is_asked_of_them(large: Store) -> None:
    found = plan(large, lambda tx: tallies(tx, QUARTER, "month", TODAY), "AS interactions")
    assert "partners" not in found


@pytest.mark.parametrize("ids", [[], [7], [7, 8, 9]])
def test_ids_in_one_parameter_are_looked_up_one_by_one(large: Store, ids: list[int]) -> None:
    found = plan(large, lambda tx: partner.some(tx, ids), "FROM partners")
    assert re.search(r"partners USING .*\b(rowid|id)=\?|Index Cond: .*\bid = ANY", found), found


def test_the_names_of_partners_are_read_from_their_index(large: Store) -> None:
    found = plan(large, partner.book, "partners.name")
    assert answers("ix_partners_listed", found), found


def test_thank_yous_that_are_owed_are_found_by_their_partner(large: Store) -> None:
    found = plan(large, lambda tx: referral.unthanked(tx, [7]), "FROM referrals")
    for table in ("referrals", "reminders", "interactions"):
        by_partner = rf"{table} USING .*partner_id=\?|ix_{table}_partner on {table}"
        assert re.search(by_partner, found), found


def test_what_deserves_a_look_is_found_in_the_indexes_of_referrals(large: Store) -> None:
    quiet = plan(large, lambda tx: attention(tx, TODAY), "AS first_on")
    assert answers("ix_referrals_day|ix_referrals_partner", quiet), quiet
    open_too_long = plan(large, lambda tx: attention(tx, TODAY), "lost_on IS NULL")
    assert answers("ix_referrals_open", open_too_long), open_too_long
