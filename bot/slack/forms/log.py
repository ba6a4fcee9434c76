"""The form of an interaction."""

from bot.commands.form_log import KIND_LABELS
from bot.commands.log_words import LONGEST_NOTE
from bot.commands.next_step import LONGEST
from bot.domain.reading.amounts import COST_AT_MOST, MINUTES_AT_MOST
from bot.slack.forms import field
from bot.slack.mrkdwn import Json


def draw(prefill: field.Prefill) -> Json:
    """Draw the form that takes an interaction down."""
    refused = [field.remark(prefill["refused"])] if prefill.get("refused") else []
    return field.modal("Log", [*refused, *_blocks(prefill)])


def draw_again(prefill: field.Prefill) -> Json:
    """Draw the form that puts right what was taken down."""
    return field.modal("Edit", _blocks(prefill))


def _blocks(prefill: field.Prefill) -> list[Json]:
    return [
        field.partner(prefill),
        field.choice("kind", "What was it?", prefill, KIND_LABELS, is_needed=True),
        field.day("day", "Day", prefill),
        field.number("minutes", "Minutes", prefill, MINUTES_AT_MOST),
        field.number("cost", "Cost", prefill, int(COST_AT_MOST), is_decimal=True),
        field.text("note", "Note", prefill, LONGEST_NOTE, hint=field.NO_PATIENTS, is_long=True),
        field.text("step", "Next step", prefill, LONGEST, hint="Comes back to you on its day."),
        field.day("step_day", "By", prefill),
        field.cleared(),
    ]
