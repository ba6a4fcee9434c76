"""The people at a partner, as they stand in its form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.commands.form import FieldError, Submitted
from bot.domain.partner import Contact, Partner
from bot.store import Change, partner

# The most characters of each field, as the tables hold them.
CONTACT_FIELDS = {
    "name": 200,
    "role": 200,
    "phone": 60,
    "email": 320,
    "preferred_channel": 20,
    "cares_about": 500,
}
CHANNELS = ("call", "text", "email", "visit")
# A form holds 100 blocks.
CONTACTS_SHOWN = 8
NEW = "new"

Values = dict[str, Any]


def field_of(contact: str, part: str) -> str:
    """Return the name of the field that holds a part of what is known of a contact."""
    return f"contact_{contact}_{part}"


def people_shown(people: Sequence[Contact]) -> dict[str, str]:
    """Return what stands in the fields of the people at a partner."""
    return {
        field_of(str(person.id), part): one_line(getattr(person, part), most)
        for person in people[:CONTACTS_SHOWN]
        for part, most in CONTACT_FIELDS.items()
    }


def one_line(text: str | None, most: int) -> str:
    """Return a text as it fits into a field of one line."""
    return " ".join((text or "").split())[:most].strip()


def contact(form: Submitted, which: str) -> Values | None:
    """Return a contact's columns as they were filled in, or None when all are empty."""
    values: Values = {
        part: form.line(field_of(which, part), most) or None
        for part, most in CONTACT_FIELDS.items()
    }
    if not any(values.values()):
        return None
    if not values["name"]:
        raise FieldError(field_of(which, "name"), "Who is this? Please add a name.")
    return values


@dataclass(frozen=True, slots=True)
class Written:
    """The names of the people that were written or removed."""

    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def write_people(
    change: Change,
    form: Submitted,
    found: Partner,
    people: Sequence[Contact],
    prefill: Mapping[str, str],
) -> Written:
    """Write the contacts that differ from what was shown, and a new one.

    One whose name was emptied is removed.
    """
    written = Written()
    for person in people[:CONTACTS_SHOWN]:
        fields = [field_of(str(person.id), part) for part in CONTACT_FIELDS]
        if all(form.line(one, 3000) == prefill[one] for one in fields):
            continue
        if prefill[fields[0]] and not form.line(fields[0], 3000):
            partner.remove_contact(change, person.id)
            written.removed.append(person.name)
        elif values := contact(form, str(person.id)):
            partner.update_contact(change, person.id, **values)
            written.changed.append(values["name"])
    if new := contact(form, NEW):
        partner.add_contact(change, found.id, **new)
        written.changed.append(new["name"])
    return written
