"""The share of the referrals received in the period that came in."""

from bot.domain.tally import Tally
from bot.stats.share import FEWEST_CASES, percent, share

MEANS = "Conversion rate = came in, of those received in the period."

# The newest referrals have not had time: over this share of open ones, a rate compares badly.
MOST_STILL_OPEN = 0.1


def line(now: Tally, before: Tally) -> str | None:
    counts = f"{now.converted:,} of {now.received:,}"
    if not now.received:
        return None
    if now.received < FEWEST_CASES:
        return f"{counts} came in, too few for a rate"
    if is_too_early(now):
        return f"{counts} so far. Too early to compare rates."
    return f"*{percent(now.converted, now.received)}%*, {counts}{_compared(before)}"


def is_too_early(tally: Tally) -> bool:
    """Whether over a tenth of what was received is still open."""
    return tally.still_open > MOST_STILL_OPEN * tally.received


def _compared(before: Tally) -> str:
    if not before.received:
        return ""
    counts = f"{before.converted:,} of {before.received:,}"
    if is_too_early(before):
        return f" ({counts}, {before.still_open:,} still open: not compared)"
    return f" ({share(before.converted, before.received)})"
