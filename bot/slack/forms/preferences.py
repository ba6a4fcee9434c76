"""The form of what a person chooses for themselves."""

from bot.commands.form_preferences import MOST_ROWS, PREFERENCES, YES
from bot.domain.words import WEEKDAYS
from bot.slack.forms import field
from bot.slack.mrkdwn import Json

DAYS = {str(number): name for number, name in enumerate(WEEKDAYS)}
LABELS = {name: one.label for name, one in PREFERENCES.items()}


def draw(prefill: field.Prefill) -> Json:
    """Draw the form."""
    blocks = [
        field.hour("hour", LABELS["hour"], prefill, is_needed=True),
        field.several("days", LABELS["days"], prefill, DAYS, is_needed=True),
        field.number("rows", LABELS["rows"], prefill, MOST_ROWS, is_needed=True),
        field.several("week_ahead", LABELS["week_ahead"], prefill, {YES: "Show me what's coming"}),
        field.heading("Quiet hours"),
        field.remark("Nothing is sent meanwhile, such as during a block of treatments."),
        field.hour("quiet_from", LABELS["quiet_from"], prefill),
        field.hour("quiet_until", LABELS["quiet_until"], prefill),
        field.heading("Time off"),
        field.day("away_until", LABELS["away_until"], prefill),
        field.person("cover", LABELS["cover"], prefill),
    ]
    return field.modal("My settings", blocks)
