"""The evaluations in the period after which a treating partner was thanked promptly."""

from bot.domain.tally import Tally
from bot.stats.share import beside_before

MEANS = "Thanked = after evaluations for partners who treat the patient too."


def line(now: Tally, before: Tally) -> str | None:
    return beside_before(now.thanked, now.to_thank, before.thanked, before.to_thank)
