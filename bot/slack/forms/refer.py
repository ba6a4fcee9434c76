"""The form of a referral: there is no field for anything about the patient."""

from bot.commands.form_refer import DIRECTIONS
from bot.slack.forms import field
from bot.slack.mrkdwn import Json


def draw(prefill: field.Prefill) -> Json:
    """Draw the form."""
    blocks = [
        field.partner(prefill),
        field.choice("direction", "Which way?", prefill, DIRECTIONS, is_needed=True),
        field.day("day", "Day", prefill),
        field.remark("The referral gets a number. " + field.NO_PATIENTS),
    ]
    return field.modal("Referral", blocks)
