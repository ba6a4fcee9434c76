"""Which charts `/partner stats` shows: what was asked for, or what tells most."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.domain.message import Chart
from bot.domain.partner import category_label
from bot.domain.period import Period
from bot.domain.tally import Scope, Tally
from bot.domain.words import plain
from bot.stats.chart import chart
from bot.stats.comparison import by_category, by_partner, leading
from bot.store import Tx, partner
from bot.store.tally import By, referral_tallies

_BY = re.compile(r"(?:^|\s)by\s+(month|categor(?:y|ies)|partners?)$", re.IGNORECASE)
_GROUPS = {"m": "month", "c": "category", "p": "partner"}


def read_grouping(text: str) -> tuple[str, str]:
    """Return by what the end of `text` wants a chart ("month", "category", "partner", or nothing).

    The second value is what stands before it.
    """
    found = _BY.search(text)
    if not found:
        return "", text
    return _GROUPS[found[1][0].lower()], text[: found.start()].rstrip(" ,:")


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the charts of one answer are drawn from; `by_month` are the tallies of its months."""

    tx: Tx
    period: Period
    today: date
    scope: Scope
    by_month: Mapping[date, Tally]

    def charts(self, grouping: str = "") -> list[Chart]:
        """Return the chart of a grouping, or the charts that tell most.

        Of a partner: its months, both ways. Of all, the months and then the categories, or the
        partners where there is but one category; the partners of a category likewise. A person's
        figures are not drawn: too few to be fair.
        """
        if self.scope.member:
            return []
        if self.scope.partner_id or grouping == "month":
            is_both_ways = self.scope.partner_id is not None
            return chart(self.period, self.by_month, is_both_ways)
        if grouping:
            return self._categories() if grouping == "category" else self._partners()
        months = chart(self.period, self.by_month)
        return months + (self._categories() or self._partners())

    def _categories(self) -> list[Chart]:
        if self.scope.category:
            return []
        groups = self._groups("category")
        return by_category(groups, {key: plain(category_label(str(key))) for key in groups})

    def _partners(self) -> list[Chart]:
        groups = self._groups("partner")
        names = partner.names(self.tx, leading(groups))
        return by_partner(groups, {key: plain(name) for key, name in names.items()})

    def _groups(self, by: By) -> dict[Any, Tally]:
        """The charts draw referrals only."""
        return dict(referral_tallies(self.tx, self.period, by, self.today, self.scope))
