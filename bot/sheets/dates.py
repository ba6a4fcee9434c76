"""The days of a referral: which cannot go together, and what follows from an evaluation."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.referral import RECEIVED
from bot.domain.reminder import PROMPT_WITHIN, TOO_OLD_TO_THANK
from bot.sheets.known import Known

# Each day, and the days that cannot come before it.
EARLIEST_FIRST = {
    "received_on": ("scheduled_on", "evaluated_on", "discharged_on", "lost_on"),
    "evaluated_on": ("discharged_on",),
}


def contradiction(values: Mapping[str, Any]) -> str | None:
    """Return what cannot be true together, or None."""
    if values["evaluated_on"] and values["lost_on"]:
        return "it cannot be both evaluated and lost"
    if values["lost_reason"] and not values["lost_on"]:
        return "lost_reason is given, but lost_on is empty"
    for first, later in EARLIEST_FIRST.items():
        for name in later:
            if values[first] and values[name] and values[name] < values[first]:
                return f"{name} is before {first}"
    return None


def conversion(
    values: Mapping[str, Any], known: Known, converted_at: datetime | None = None
) -> dict[str, Any]:
    """Return what an evaluation of a received referral brings: by when, and whether, to thank.

    One that was already recorded keeps its instant; an old one asks for no thanks.
    """
    evaluated_on = values["evaluated_on"]
    if not evaluated_on or values["direction"] != RECEIVED:
        return {}
    is_fresh = known.now.date() - evaluated_on <= TOO_OLD_TO_THANK
    return {
        "thank_by_on": known.calendar.add_working_days(evaluated_on, PROMPT_WITHIN),
        "converted_at": converted_at or (known.now if is_fresh else None),
    }
