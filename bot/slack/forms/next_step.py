"""The form of a next step."""

from bot.commands.next_step import LONGEST
from bot.slack.forms import field
from bot.slack.mrkdwn import Json


def draw(prefill: field.Prefill) -> Json:
    """Draw the form."""
    blocks = [
        field.partner(prefill),
        field.text(
            "what",
            "What is to be done?",
            prefill,
            LONGEST,
            hint=field.NO_PATIENTS,
            is_needed=True,
        ),
        field.day("day", "By", prefill, is_needed=True),
        field.person("owner", "Who does it?", prefill, is_needed=True),
        field.cleared(),
    ]
    return field.modal("Next step", blocks)
