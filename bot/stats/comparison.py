"""Charts of a report that set groups side by side: categories, or partners."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.domain.message import Chart
from bot.domain.tally import Tally
from bot.stats.chart import CAME_IN, RECEIVED, SENT, Series, drawn

# More groups than this would be too thin to read on a phone.
MOST_GROUPS = 6
OTHERS = "All others"

Key = TypeVar("Key")


def leading(groups: Mapping[Key, Tally]) -> list[Key]:
    """Return the groups that are drawn, those with most referrals either way first."""
    with_any = [key for key, tally in groups.items() if _size(tally)]
    return sorted(with_any, key=lambda key: (-_size(groups[key]), str(key)))[:MOST_GROUPS]


def by_category(groups: Mapping[Key, Tally], labels: Mapping[Key, str]) -> list[Chart]:
    """Return the chart of what the categories sent us, or nothing when there is only one."""
    received = {key: replace(one, sent=0) for key, one in groups.items()}
    first = leading(received)
    rest = sum((one for key, one in received.items() if key not in first), Tally())
    others = [(OTHERS, rest)] if _size(rest) else []
    return _drawn("category", first, received, labels, (RECEIVED, CAME_IN), others)


def by_partner(groups: Mapping[Key, Tally], labels: Mapping[Key, str]) -> list[Chart]:
    """Return the chart of what goes both ways with each partner, or nothing for only one.

    Of many partners it draws the leading ones and says so: all others together would dwarf them.
    Where nothing was sent to any of them, it draws what came in instead.
    """
    first = leading(groups)
    is_all = all(key in first for key, one in groups.items() if _size(one))
    other = SENT if any(groups[key].sent for key in first) else CAME_IN
    by = "partner" if is_all else f"partner (top {MOST_GROUPS})"
    return _drawn(by, first, groups, labels, (RECEIVED, other))


def _drawn(
    by: str,
    keys: Sequence[Key],
    groups: Mapping[Key, Tally],
    labels: Mapping[Key, str],
    series: tuple[Series, ...],
    others: Sequence[tuple[str, Tally]] = (),
) -> list[Chart]:
    shown = [*((labels[key], groups[key]) for key in keys), *others]
    return drawn(by, shown, series) if len(shown) > 1 else []


def _size(tally: Tally) -> int:
    return tally.received + tally.sent
