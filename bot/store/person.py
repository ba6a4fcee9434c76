"""Where a person is named: in every table, in every column that can hold a user id."""

import json
import re
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from bot.store.schema import metadata
from bot.store.transaction import Row, Tx, as_json

# The tables are asked what they hold, so that a table of tomorrow is not forgotten here.
_MAY_NAME = (sa.String, sa.JSON)


def pattern(user: str) -> re.Pattern[str]:
    """Match a user id as a word of its own: in a mention, in a key, or alone."""
    return re.compile(rf"(?<![A-Za-z0-9]){re.escape(user)}(?![A-Za-z0-9])")


def tables() -> list[sa.Table]:
    """Return the tables whose rows belong to a workspace and may name a person."""
    return [table for table in metadata.sorted_tables if "id" in table.c and columns(table)]


def columns(table: sa.Table) -> list[sa.Column[Any]]:
    """Return the columns of a table that may name a person."""
    keys = {*table.primary_key.columns, table.c.get("workspace")}
    return [one for one in table.c if isinstance(one.type, _MAY_NAME) and one not in keys]


def rows(tx: Tx, table: sa.Table, user: str) -> list[Row]:
    """Return the rows of a table in this workspace in which a word, such as an id, stands."""
    words = {user, json.dumps(user)[1:-1]}
    named = [
        sa.cast(one, sa.Text).contains(word, autoescape=True)
        for one in columns(table)
        for word in words
    ]
    mine = table.c.workspace if "workspace" in table.c else table.c.id
    query = sa.select(table).where(mine == tx.workspace, sa.or_(*named)).order_by(table.c.id)
    is_named = pattern(user).search
    return [row for row in tx.rows(query) if any(map(is_named, _texts(table, row)))]


def kept(tx: Tx, user: str) -> dict[str, list[dict[str, Any]]]:
    """Return everything that names a person, by table, as it would be written in JSON."""
    found = {table.name: [as_json(row) for row in rows(tx, table, user)] for table in tables()}
    return {name: of_person for name, of_person in found.items() if of_person}


def _texts(table: sa.Table, row: Row) -> Iterator[str]:
    for column in columns(table):
        if row[column.name] is not None:
            yield str(row[column.name])
