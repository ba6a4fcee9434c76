"""The form that asks who takes over everything of somebody who has left."""

from bot.slack.forms import field
from bot.slack.mrkdwn import Json


def draw(prefill: field.Prefill) -> Json:
    """Draw the form."""
    blocks = [
        field.heading(prefill.get("name", "")),
        field.person("user", "Who takes over?", {}, is_needed=True),
        field.remark("All their partners and open next steps go there. You can undo it."),
    ]
    return field.modal("Hand over", blocks, submit="Hand over")
