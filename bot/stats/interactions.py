"""Everything that was done with partners in the period: calls, visits, notes and the rest."""

from bot.domain.tally import Tally


def line(now: Tally, before: Tally) -> str:
    return f"*{now.interactions:,}* ({before.interactions:,})"
