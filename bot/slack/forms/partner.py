"""The form of a partner and the people there."""

from bot.commands.form_contact import CHANNELS, CONTACT_FIELDS, NEW, field_of
from bot.commands.form_partner import CATEGORY_LABELS, FIELDS
from bot.slack.forms import field
from bot.slack.mrkdwn import Json

CADENCE_HINT = "Such as: every 6 weeks, quarterly, first Monday of the month."
CADENCE_MOST = 300
REMOVE_HINT = "Empty the name to remove this person; the history stays."
CHANNEL_LABELS = {name: name.capitalize() for name in CHANNELS}
CONTACT_LABELS = {
    "role": "Role",
    "phone": "Phone",
    "email": "Email",
    "cares_about": "What they care about",
}


def draw_new(prefill: field.Prefill) -> Json:
    """Draw the form that adds a partner."""
    blocks = [*_partner(prefill), *_contact(prefill, NEW, "Contact"), *_end(prefill)]
    return field.modal("Add a partner", blocks, submit="Add")


def draw_known(prefill: field.Prefill) -> Json:
    """Draw the form of a partner, with the people there and room for one more."""
    known = [block for one in _contacts(prefill) for block in _contact(prefill, one, "Contact")]
    new = _contact(prefill, NEW, "Another contact" if known else "Contact")
    return field.modal("Edit a partner", [*_partner(prefill), *known, *new, *_end(prefill)])


def _contacts(prefill: field.Prefill) -> list[str]:
    ids = (name.split("_")[1] for name in prefill if name.startswith("contact_"))
    return list(dict.fromkeys(ids))


def _partner(prefill: field.Prefill) -> list[Json]:
    return [
        field.text("name", "Name", prefill, FIELDS["name"], is_needed=True),
        field.choice("category", "Category", prefill, CATEGORY_LABELS),
        field.text("specialty", "Specialty", prefill, FIELDS["specialty"]),
        field.text("tier", "Tier", prefill, FIELDS["tier"]),
        field.text("stage", "Stage", prefill, FIELDS["stage"]),
        field.person("liaison", "Liaison", prefill),
        field.text("cadence", "How often?", prefill, CADENCE_MOST, hint=CADENCE_HINT),
    ]


def _contact(prefill: field.Prefill, contact: str, title: str) -> list[Json]:
    name, channel = field_of(contact, "name"), field_of(contact, "preferred_channel")
    others = [
        field.text(field_of(contact, part), label, prefill, CONTACT_FIELDS[part])
        for part, label in CONTACT_LABELS.items()
    ]
    hint = "" if contact == NEW else REMOVE_HINT
    return [
        field.heading(title),
        field.text(name, "Name", prefill, CONTACT_FIELDS["name"], hint=hint),
        field.choice(channel, "Likes best", prefill, CHANNEL_LABELS),
        *others,
    ]


def _end(prefill: field.Prefill) -> list[Json]:
    most = FIELDS["notes"]
    notes = field.text("notes", "Notes", prefill, most, hint=field.NO_PATIENTS, is_long=True)
    return [{"type": "divider"}, notes, field.cleared()]
