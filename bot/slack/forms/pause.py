"""The form that asks until when a partner's check-ins rest."""

from bot.slack.forms import field
from bot.slack.mrkdwn import Json


def draw(prefill: field.Prefill) -> Json:
    """Draw the form."""
    name = field.heading(prefill.get("name", ""))
    day = field.day("day", "Check-ins again from", prefill, is_needed=True)
    return field.modal("Pause", [name, day], submit="Pause")
