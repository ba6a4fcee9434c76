"""The check-ins that were done on time, of those first shown in the period."""

from bot.domain.tally import Tally
from bot.stats.share import beside_before

MEANS = "On time = by the third working day after I asked."


def line(now: Tally, before: Tally) -> str | None:
    return beside_before(now.on_time, now.check_ins, before.on_time, before.check_ins)
