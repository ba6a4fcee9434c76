"""The form that asks on which day a reminder is to come back."""

from bot.slack.forms import field
from bot.slack.mrkdwn import Json


def draw(prefill: field.Prefill) -> Json:
    """Draw the form."""
    name = field.heading(prefill.get("name", ""))
    return field.modal("Not now", [name, field.day("day", "Back on", prefill, is_needed=True)])
