"""What became of the referrals received in the period: came in, didn't, still open."""

from bot.domain.tally import Tally

MEANS = "Came in = first evaluation done."


def line(now: Tally, before: Tally) -> str | None:
    if not now.received:
        return None
    so_far = " so far" if now.still_open else ""
    said = f"*{now.converted:,}{so_far}*; {_rest(now)}"
    return f"{said} ({before.converted:,} came in, {_rest(before)})" if before.received else said


def _rest(tally: Tally) -> str:
    missed = f"{tally.lost:,} didn't"
    return f"{missed}, {tally.still_open:,} still open" if tally.still_open else missed
