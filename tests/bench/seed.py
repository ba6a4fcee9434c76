"""Rows by the hundred thousand, written by the database itself."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.domain.member import Workspace
from bot.store import Store, workspace
from bot.store.schema import Instant
from tests.bench.place import POSTGRESQL, SQLITE

INSTANT = Instant()
TEAM, ZONE = "T1", "America/New_York"
# A Wednesday, 10:00 in New York: everybody's working hours.
NOW = datetime(2027, 3, 3, 15, 0, tzinfo=UTC)
DUE, NOT_DUE = NOW - timedelta(hours=1), NOW + timedelta(days=30)

_NUMBERS = {
    SQLITE: "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE "
    "n < :count) INSERT INTO {table} ({columns}) SELECT {values} FROM numbers",
    POSTGRESQL: "INSERT INTO {table} ({columns}) SELECT {values} "
    "FROM generate_series(1, :count) AS numbers(n)",
}
Columns = dict[str, str]

MEMBER: Columns = {
    "member": "'U' || n",
    "name": "'Ana ' || n",
    "zone": f"'{ZONE}'",
    "profile_at": ":now",
}
PARTNER: Columns = {
    "name": "'Place ' || n",
    "name_key": "'place ' || n",
    "category": "CASE n % 4 WHEN 0 THEN 'physician' WHEN 1 THEN 'gym' "
    "WHEN 2 THEN 'school' ELSE 'employer' END",
    "liaison": "'U' || ((n - 1) % :people + 1)",
    "cadence": "'every 6 weeks'",
    "added_on": ":day",
}
CHECK_IN: Columns = {
    "kind": "'check_in'",
    "subject": "n",
    "partner_id": "n",
    "recipient": "'U' || ((n - 1) % :people + 1)",
    "occurrence": "'2027-03-03'",
    "show_on": ":day",
    "due_at": ":due",
    "look_at": ":due",
    "created_at": ":now",
}


def insert(store: Store, name: str, columns: Columns, count: int, **values: object) -> None:
    """Write `count` rows of a workspace; each column is an expression of the row's number `n`."""
    kind = SQLITE if store.is_sqlite else POSTGRESQL
    all_of = columns if "id" in columns else {"workspace": f"'{TEAM}'", **columns}
    text = _NUMBERS[kind].format(
        table=name,
        columns=", ".join(f'"{one}"' for one in all_of),
        values=", ".join(all_of.values()),
    )
    used = {key: _stored(store, value) for key, value in values.items() if f":{key}" in text}
    with store.begin() as connection:
        if not store.is_sqlite:
            # The rows refer to each other as they should; asking for each would take a minute.
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.execute(sa.text(text), {"count": count, **used})


def _stored(store: Store, value: object) -> object:
    """SQLite's instants are text without a zone."""
    if store.is_sqlite and isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    if store.is_sqlite and not isinstance(value, int):
        return str(value)
    return value


def practice(store: Store, partners: int, people: int, due: datetime = DUE) -> None:
    """A workspace of so many partners and people, a check-in planned for each partner.

    Everybody's profile was read just now, as on any day but the first.
    """
    with store.begin() as connection:
        workspace.found(connection, Workspace(TEAM, "Practice", zone=ZONE), NOW)
    facts = {"now": NOW, "day": NOW.date(), "due": due, "people": people}
    insert(store, "members", MEMBER, people, **facts)
    insert(store, "partners", PARTNER, partners, **facts)
    insert(store, "reminders", CHECK_IN, partners, **facts)
    analyze(store)


def analyze(store: Store) -> None:
    """Have the database count what it holds, as it does by itself within a day."""
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE" if store.is_sqlite else "VACUUM ANALYZE")
