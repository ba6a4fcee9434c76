"""A row of a file, and what an import makes of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from bot.errors import UserError
from bot.store import Change

ADDED, CHANGED, UNCHANGED = "added", "changed", "unchanged"

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not taken: the physical line on which it starts, why, and what it held."""

    line: int
    reason: str
    held: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row under the columns we know, without blanks around them.

    `held` are all its cells, as they stood there.
    """

    line: int
    cells: Mapping[str, str]
    held: Sequence[str] = ()

    def read(self, column: str, reader: Callable[[str], Value]) -> Value | None:
        """Return a cell's value, None when it is empty; raises UserError naming the column."""
        text = self.cells.get(column, "")
        if not text:
            return None
        try:
            return reader(text)
        except UserError as error:
            raise UserError(f"{column}: {error}") from None

    def need(self, column: str, reader: Callable[[str], Value]) -> Value:
        """Return a cell's value; raises UserError when it is empty or cannot be read."""
        value = self.read(column, reader)
        if value is None:
            raise UserError(f"{column} is empty")
        return value


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one row: counted as `outcome`, and kept by `write` if there is anything.

    `partner_id` is the partner it belongs to, 0 for a new one.
    """

    outcome: str
    write: Callable[[Change], object] | None = None
    partner_id: int = 0


@dataclass(slots=True)
class Plan:
    """What an import would do, decided before anything is written."""

    decisions: list[Decision] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def each(
        self, rows: Iterable[Row], read: Callable[[Row], Value]
    ) -> Iterable[tuple[Row, Value]]:
        """Yield the rows that can be read, with their values; the others are refused."""
        for row in rows:
            try:
                value = read(row)
            except UserError as error:
                self.refused.append(Refused(row.line, str(error), row.held))
            else:
                yield row, value

    def refuse(self, row: Row, reason: str) -> None:
        """Refuse a row."""
        self.refused.append(Refused(row.line, reason, row.held))
