"""What a sheet is: its columns, how its rows are read, and what it exports."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.sheets.known import Known
from bot.sheets.row import Plan, Row
from bot.sheets.vouched import VOUCHED
from bot.store import Tx

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A kind of file. `columns` gives each column's other headings, the most telling first.

    `plan` decides what becomes of every row; a sheet without one is only exported. `records`
    gives the rows of an export, by column, `id` among them. `guarded` is the column whose text is
    refused when it looks like patient information, if there is one.
    """

    name: str
    columns: Mapping[str, Sequence[str]]
    records: Callable[[Tx], Iterable[Record]]
    plan: Callable[[Sequence[Row], Known], Plan] | None = None
    required: Sequence[str] = field(default=())
    guarded: str | None = None

    @property
    def headings(self) -> Mapping[str, Sequence[str]]:
        """All columns of a file, with each one's other headings."""
        return {**self.columns, **({VOUCHED: ()} if self.guarded else {})}
