"""The form into which partners are pasted."""

from bot.commands.form_paste import MOST
from bot.slack.forms import field
from bot.slack.mrkdwn import Json

HINT = (
    "A name is enough, or: Riverside Orthopedics, ortho, every month, @ana. "
    "Nothing about patients, please."
)


def draw(prefill: field.Prefill) -> Json:
    """Draw the form."""
    label = "One partner on each line"
    blocks = [
        field.text("lines", label, prefill, MOST, hint=HINT, is_needed=True, is_long=True),
        field.cleared(),
    ]
    return field.modal("Paste your partners", blocks, "Add them")
