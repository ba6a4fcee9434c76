"""The forms that ask who takes over, and who is to be the liaison of a partner without one."""

from bot.slack.forms import field
from bot.slack.mrkdwn import Json


def draw(prefill: field.Prefill) -> Json:
    """Draw the form."""
    blocks = [
        field.heading(prefill.get("name", "")),
        field.person("user", "Who takes over?", prefill, is_needed=True),
    ]
    return field.modal("Hand over", blocks, submit="Hand over")


def draw_first(prefill: field.Prefill) -> Json:
    """Draw the form for a partner without a liaison."""
    blocks = [
        field.heading(prefill.get("name", "")),
        field.person("user", "Who looks after them?", prefill, is_needed=True),
    ]
    return field.modal("Assign a liaison", blocks, submit="Assign")
