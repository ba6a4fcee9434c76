"""Which heading of a file stands for which column of ours."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.words import list_words
from bot.errors import UserError

# Our own exports have it; the database gives its own.
OUR_ID = "id"


@dataclass(frozen=True, slots=True)
class Headings:
    """The place of every column found, the headings without one, and the cells in a row."""

    places: Mapping[str, int]
    ignored: tuple[str, ...]
    width: int

    def require(self, columns: Sequence[str]) -> None:
        """Raise UserError unless all of `columns` were found."""
        missing = [column for column in columns if column not in self.places]
        if missing:
            noun = "column" if len(missing) == 1 else "columns"
            raise UserError(
                f"The file has no {noun} {list_words(missing)}. Its first line must name the "
                f"columns; I read {list_words(list(self.places)) or 'none that I know'} there."
            )


def match(headings: Sequence[str], columns: Mapping[str, Sequence[str]]) -> Headings:
    """Find the place of each of `columns` by its name or one of its other names.

    Columns are served in order and a heading is taken once, so that "Doctor" is the partner in
    one file and, beside a "Practice", the contact in another.
    """
    plain = [_plain(heading) for heading in headings]
    places: dict[str, int] = {}
    for column, others in columns.items():
        wanted = [_plain(name) for name in (*others, column)]
        free = [
            name for name in wanted if name in plain and plain.index(name) not in places.values()
        ]
        if free:
            places[column] = plain.index(free[0])
    taken = {*places.values(), *(n for n, name in enumerate(plain) if name in ("", OUR_ID))}
    ignored = tuple(h.strip() for n, h in enumerate(headings) if n not in taken)
    return Headings(places, ignored, len(headings))


def _plain(heading: str) -> str:
    return re.sub(r"[\W_]+", "", heading.casefold())
