"""Transactions bound to a workspace; a change keeps the images of its rows for the audit."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from datetime import time as clock_time
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeVar

import sqlalchemy as sa

from bot.store import schema

Row = Mapping[str, Any] | sa.RowMapping
Image = dict[str, Any]
Value = TypeVar("Value")


def as_values(make: Callable[..., Value], found: sa.Result[Any]) -> list[Value]:
    """Return what was found as frozen values of a class whose fields are among the columns."""
    of = _places(make, tuple(found.keys()))
    return [make(*of(row)) for row in found.all()]


@lru_cache(maxsize=256)
def _places(
    make: Callable[..., object], columns: tuple[str, ...]
) -> Callable[[sa.Row[Any]], tuple[Any, ...]]:
    """Look up once where in a row the fields of a class stand, not for each row by name."""
    names = make.__dataclass_fields__  # type: ignore[attr-defined]
    return itemgetter(*(columns.index(name) for name in names))


def fields(
    table: sa.Table, make: Callable[..., Value], but: Collection[str] = ()
) -> list[sa.Column[Any]]:
    """Return the columns of a table that a value of that class is made of, in its order."""
    names = make.__dataclass_fields__  # type: ignore[attr-defined]
    return [table.c[name] for name in names if name not in but]


class Tx:
    """A reading transaction in one workspace."""

    def __init__(self, connection: sa.Connection, workspace: str) -> None:
        self.connection = connection
        self.workspace = workspace
        self._kept: dict[str, Any] = {}

    def once(self, name: str, read: Callable[[], Value]) -> Value:
        """Return what `read` returned when `name` was first asked for in this transaction."""
        if name not in self._kept:
            self._kept[name] = read()
        kept: Value = self._kept[name]
        return kept

    def rows(self, query: sa.Executable) -> Sequence[Row]:
        """Return all rows of a query."""
        return self.connection.execute(query).mappings().all()

    def row(self, query: sa.Executable) -> Row | None:
        """Return the first row of a query, if there is one."""
        return self.connection.execute(query).mappings().first()

    def values(
        self, make: Callable[..., Value], query: sa.Executable, **given: object
    ) -> list[Value]:
        """Return all rows of a query as values; `given` are parameters, beside `workspace`."""
        given = {"workspace": self.workspace, **given} if given else {}
        return as_values(make, self.connection.execute(query, given))

    def value(self, make: Callable[..., Value], query: sa.Executable) -> Value | None:
        """Return the first row of a query as a value, if there is one."""
        return next(iter(self.values(make, query)), None)

    def scalar(self, query: sa.Executable) -> Any:
        """Return the first column of the first row, or None."""
        return self.connection.execute(query).scalar()

    def mine(self, table: sa.Table) -> sa.ColumnElement[bool]:
        """The condition that keeps a query in this workspace."""
        return (table.c.workspace if "workspace" in table.c else table.c.id) == self.workspace


class Change(Tx):
    """A writing transaction: what it does to rows by id is kept, so that it can be undone.

    `audit_id` is the id of its audit entry once it is committed, None when nothing was changed;
    `remark` is what that entry says besides.
    """

    def __init__(
        self, connection: sa.Connection, workspace: str, now: datetime, by: str | None
    ) -> None:
        super().__init__(connection, workspace)
        self.now = now
        self.by = by
        self.images: list[Image] = []
        self.replanned = 0
        self.audit_id: int | None = None
        self.remark: str | None = None

    def insert(self, table: sa.Table, **values: Any) -> int:
        """Insert a row and return its id."""
        row = (
            self.connection.execute(
                sa.insert(table).values(workspace=self.workspace, **values).returning(table)
            )
            .mappings()
            .one()
        )
        # All of it, defaults too: whatever is changed later shows when it is taken back.
        self._keep(table, row["id"], None, row)
        return int(row["id"])

    def update(self, table: sa.Table, row_id: int | str, **values: Any) -> bool:
        """Update a row; False when it does not exist."""
        here = sa.and_(self.mine(table), table.c.id == row_id)
        before = self.row(sa.select(*(table.c[name] for name in values)).where(here))
        if before is None:
            return False
        self.connection.execute(sa.update(table).where(here).values(**values))
        self._keep(table, row_id, dict(before), values)
        return True

    def update_all(self, table: sa.Table, where: sa.ColumnElement[bool], **values: Any) -> int:
        """Update every row of this workspace that fits; returns how many."""
        here = sa.and_(self.mine(table), where)
        query = sa.select(table.c.id, *(table.c[name] for name in values)).where(here)
        rows = self.rows(query.with_for_update())
        self.connection.execute(sa.update(table).where(here).values(**values))
        for row in rows:
            self._keep(table, row["id"], {name: row[name] for name in values}, values)
        return len(rows)

    def delete(self, table: sa.Table, row_id: int) -> bool:
        """Delete a row; False when it does not exist."""
        here = sa.and_(self.mine(table), table.c.id == row_id)
        before = self.row(sa.select(table).where(here))
        if before is None:
            return False
        self.connection.execute(sa.delete(table).where(here))
        self._keep(table, row_id, {**before}, None)
        return True

    def _keep(
        self, table: sa.Table, row_id: int | str, before: Row | None, after: Row | None
    ) -> None:
        self.images.append(
            {
                "table": table.name,
                "id": row_id,
                "before": before and as_json(before),
                "after": after and as_json(after),
            }
        )


def as_json(row: Row) -> dict[str, Any]:
    """Return a row with days, instants and amounts as text, ready to be kept in the audit."""
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | clock_time):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def from_json(table: sa.Table, image: Mapping[str, Any]) -> dict[str, Any]:
    """Return a kept row with its values as the table's columns hold them."""
    return {name: _typed(table.c[name].type, value) for name, value in image.items()}


def _typed(kind: sa.types.TypeEngine[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, schema.Instant):
        return datetime.fromisoformat(value)
    if isinstance(kind, schema.Money):
        return Decimal(value)
    if isinstance(kind, sa.Date):
        return date.fromisoformat(value)
    return clock_time.fromisoformat(value) if isinstance(kind, sa.Time) else value
