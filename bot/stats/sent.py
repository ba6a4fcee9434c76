"""Referrals by us that were made in the period."""

from bot.domain.tally import Tally


def line(now: Tally, before: Tally) -> str | None:
    if not (now.sent or before.sent):
        return None
    return f"*{now.sent:,}* ({before.sent:,})"
