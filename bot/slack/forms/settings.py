"""The form of what owners decide for the practice."""

from bot.commands.form_cadences import LONGEST
from bot.commands.form_decided import CURRENCIES, DIGEST_DAYS, KEPT, RHYTHMS
from bot.commands.form_settings import SETTINGS
from bot.domain.words import WEEKDAYS
from bot.slack.forms import field
from bot.slack.mrkdwn import Json

DAYS = {str(number): name for number, name in enumerate(WEEKDAYS)}
LABELS = {name: one.label for name, one in SETTINGS.items()}
COUNTRY_HINT = "Its code, such as US. Empty: no public holidays."
CADENCE_HINT = "Such as: every 6 weeks, quarterly. A partner's own goes first."
CADENCES_HINT = "One on each line, such as: gym: every 2 months"


def draw(prefill: field.Prefill) -> Json:
    """Draw the form."""
    return field.modal("Practice settings", [*_hours(prefill), *_people(prefill), *_ways(prefill)])


def _hours(prefill: field.Prefill) -> list[Json]:
    return [
        field.text("country", LABELS["country"], prefill, 10, hint=COUNTRY_HINT),
        field.text("state", LABELS["state"], prefill, 10, hint="Its code, such as CA."),
        field.text("zone", LABELS["zone"], prefill, 60, hint="Such as America/New_York."),
        field.several("days", LABELS["days"], prefill, DAYS, is_needed=True),
        field.hour("starts", LABELS["starts"], prefill, is_needed=True),
        field.hour("ends", LABELS["ends"], prefill, is_needed=True),
    ]


def _people(prefill: field.Prefill) -> list[Json]:
    liaisons = prefill.get("liaisons") or "nobody yet"
    return [
        field.heading("People"),
        field.people("owners", LABELS["owners"], prefill, "They may change these settings."),
        field.people("desk", LABELS["desk"], prefill, "Once a day, before closing."),
        field.remark(f"Liaisons: {liaisons}. Whoever looks after a partner is one."),
    ]


def _ways(prefill: field.Prefill) -> list[Json]:
    return [
        field.heading("Figures and rhythms"),
        field.channel("channel", LABELS["channel"], prefill),
        field.choice("digest_day", LABELS["digest_day"], prefill, DIGEST_DAYS, is_needed=True),
        field.hour("digest_at", LABELS["digest_at"], prefill, is_needed=True),
        field.text("cadence", LABELS["cadence"], prefill, 300, hint=CADENCE_HINT),
        field.text(
            "cadences", LABELS["cadences"], prefill, LONGEST, hint=CADENCES_HINT, is_long=True
        ),
        field.choice("rhythm", LABELS["rhythm"], prefill, RHYTHMS, is_needed=True),
        field.choice("notes_kept", LABELS["notes_kept"], prefill, KEPT, is_needed=True),
        field.remark("Older ones are blanked for good, from a day after this is saved."),
        field.choice("currency", LABELS["currency"], prefill, CURRENCIES, is_needed=True),
    ]
