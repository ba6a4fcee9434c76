"""Any number of ids in one parameter, so that a statement is made, and planned, only once."""

import json
from collections.abc import Collection
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class _Many(sa.types.TypeDecorator[Collection[Any]]):
    """Numbers or texts: an array on PostgreSQL, JSON on SQLite."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, of: sa.types.TypeEngine[Any]) -> None:
        super().__init__()
        self.of = of

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        is_sqlite = dialect.name == "sqlite"
        return dialect.type_descriptor(sa.Text() if is_sqlite else postgresql.ARRAY(self.of))

    def process_bind_param(self, value: Collection[Any] | None, dialect: sa.Dialect) -> Any:
        values = list(value or ())
        return json.dumps(values) if dialect.name == "sqlite" else values


class _Among(FunctionElement[bool]):
    inherit_cache = True
    type = sa.Boolean()

    def self_group(self, against: Any = None) -> Self:
        """It is a condition as it stands: with the "= 1" of a boolean SQLite uses no index."""
        return self


Values = Collection[int] | Collection[str]


def among(column: sa.Column[Any], values: Values | sa.BindParameter[Any]) -> _Among:
    """Whether a column of numbers or texts holds one of `values`, or of those put in later."""
    kind = _Many(column.type)
    if isinstance(values, sa.BindParameter):
        return _Among(column, sa.bindparam(values.key, type_=kind))
    return _Among(column, sa.bindparam(None, values, type_=kind))


@compiles(_Among, "sqlite")
def _sqlite(element: _Among, compiler: Any, **how: Any) -> str:
    column, values = (compiler.process(one, **how) for one in element.clauses)
    # Both are rendered by SQLAlchemy: a column, and the place of a parameter.
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608


@compiles(_Among, "postgresql")
def _postgresql(element: _Among, compiler: Any, **how: Any) -> str:
    column, values = (compiler.process(one, **how) for one in element.clauses)
    return f"{column} = ANY ({values})"
