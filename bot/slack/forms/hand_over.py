"""The form that asks who takes over."""

from bot.slack.forms import field
from bot.slack.mrkdwn import Json


def draw(prefill: field.Prefill) -> Json:
    """Draw the form."""
    blocks = [
        field.heading(prefill.get("name", "")),
        field.person("user", "Who takes over?", prefill, is_needed=True),
    ]
    return field.modal("Hand over", blocks, submit="Hand over")
