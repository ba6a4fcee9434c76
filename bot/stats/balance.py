"""Whether more is received than sent; a partnership goes both ways."""

from bot.domain.tally import Tally


def line(now: Tally, before: Tally) -> str | None:
    if not now.sent and not before.sent:
        return None
    return f"*{_words(now)}* ({_words(before)})"


def _words(tally: Tally) -> str:
    more = tally.received - tally.sent
    if not tally.received and not tally.sent:
        return "none either way"
    if not more:
        return "as many received as sent"
    return f"{more:,} more received than sent" if more > 0 else f"{-more:,} more sent than received"
