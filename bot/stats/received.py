"""Referrals to us that were made in the period."""

from bot.domain.tally import Tally


def line(now: Tally, before: Tally) -> str:
    return f"*{now.received:,}* ({before.received:,})"
