"""Where a person is in their Home: which partners they look at, and which page of each list."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")

WAITING, COMING, PARTNERS = "waiting", "coming", "partners"
LISTS = (WAITING, COMING, PARTNERS)
MINE, ALL, NOBODYS = "mine", "all", "nobodys"
WHOSE = {MINE: "Mine", ALL: "Everybody's", NOBODYS: "Without a liaison"}
# As much of what is looked for as is kept.
MOST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Filter:
    """Which partners are listed; what is empty does not narrow them down.

    `whose` is one of WHOSE, empty for what suits whoever looks.
    """

    whose: str = ""
    category: str = ""
    stage: str = ""
    words: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether something was picked or typed beside `whose`."""
        return bool(self.category or self.stage or self.words)


NO_FILTER = Filter()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person is: the filter of the partners, and the page (from 0) of each list.

    `is_settled` says that they do not want to see the welcome again.
    """

    filter: Filter = NO_FILTER
    waiting: int = 0
    coming: int = 0
    partners: int = 0
    is_settled: bool = False

    def turned(self, name: str, page: int) -> "Place":
        """Return the place at another page of the list of that name."""
        turned: dict[str, Any] = {name: page}
        return replace(self, **turned)

    def settled(self) -> "Place":
        """Return the place without the welcome."""
        return replace(self, is_settled=True)

    def narrowed(self, **values: str) -> "Place":
        """Return the place with another filter, at the first page of the partners."""
        return replace(self, filter=replace(self.filter, **values), partners=0)

    def kept(self) -> dict[str, Any]:
        """Return the place as it is kept."""
        return asdict(self)


def place(kept: Mapping[str, Any]) -> Place:
    """Return a place as it was kept; what an older version kept otherwise is left out."""
    pages = {name: kept[name] for name in LISTS if isinstance(kept.get(name), int)}
    narrowed = kept.get("filter")
    words = narrowed if isinstance(narrowed, dict) else {}
    known = {name: str(words[name]) for name in Filter.__dataclass_fields__ if name in words}
    return Place(Filter(**known), **pages, is_settled=kept.get("is_settled") is True)


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some of `total` items: those from number `first` on (from 0), at most `size` of them."""

    items: tuple[Item, ...]
    first: int
    total: int
    size: int

    @property
    def number(self) -> int:
        """The number of this page, from 0."""
        return self.first // self.size

    @property
    def after(self) -> int:
        """How many items stand on later pages."""
        return max(0, self.total - self.first - self.size)


def first_of(number: int, size: int, total: int) -> int:
    """Return the first item of page `number`, of the last page when there are not so many."""
    last = max(0, total - 1) // size
    return min(max(0, number), last) * size
