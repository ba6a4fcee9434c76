"""Everything a file says about one partner, against what is known of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.domain.partner import Contact, Partner
from bot.sheets import cell
from bot.sheets.row import ADDED, CHANGED, UNCHANGED, Decision
from bot.store import Change, partner, workspace

Values = dict[str, Any]


@dataclass(slots=True)
class Entry:
    """What the rows of one partner say; where they differ the last one holds, and the last day.

    `rows` has, for each row, the key of its contact or None.
    """

    name: str
    values: Values = field(default_factory=dict)
    contacts: dict[str, Values] = field(default_factory=dict)
    rows: list[str | None] = field(default_factory=list)

    def take(self, values: Values, contact: Values) -> None:
        """Add what one more row says."""
        days = [day for day in (values.get("baseline_on"), self.values.get("baseline_on")) if day]
        self.values |= values | ({"baseline_on": max(days)} if days else {})
        key = partner.name_key(contact["name"]) if contact else None
        self.rows.append(key)
        if key is not None:
            said = self.contacts.setdefault(key, contact)
            said |= contact | {"name": said["name"]}


@dataclass(frozen=True, slots=True)
class Held:
    """A partner as it is: its contacts by key, and the day of its last touch."""

    partner: Partner
    contacts: Mapping[str, Contact]
    touched_on: date | None


def decisions(entry: Entry, held: Held | None, today: date) -> Iterator[Decision]:
    """Decide each row of a partner; the first one carries all that is written."""
    values = _differing(entry.values, held) if held else entry.values
    known = held.contacts if held else {}
    people = {key: _news(wanted, known.get(key)) for key, wanted in entry.contacts.items()}
    news = {key for key, wanted in people.items() if wanted}

    def write(change: Change) -> None:
        partner_id = _write_partner(change, entry.name, held, values, today)
        for key in entry.contacts:
            _write_contact(change, partner_id, people[key], known.get(key))

    is_news = bool(values) or entry.rows[0] in news
    first = (CHANGED if is_news else UNCHANGED) if held else ADDED
    yield Decision(first, write if not held or values or news else None)
    counted = {entry.rows[0]}
    for key in entry.rows[1:]:
        yield Decision(CHANGED if key in news - counted else UNCHANGED)
        counted.add(key)


def _differing(values: Values, held: Held) -> Values:
    """Return what a row says otherwise than the partner; a known last touch is no news."""
    known = held.partner
    days = [day for day in (known.baseline_on, held.touched_on) if day]
    return {
        name: value
        for name, value in values.items()
        if not (name == "ended_on" and known.ended_on)
        and not (name == "baseline_on" and value == max(days, default=None))
        and not _is_same(value, getattr(known, name))
    }


def _news(wanted: Values, known: Contact | None) -> Values:
    """Return what is new of a contact; the spelling of its name is not."""
    if known is None:
        return wanted
    return {
        part: value
        for part, value in wanted.items()
        if part != "name" and not _is_same(value, getattr(known, part))
    }


def _is_same(value: Any, known: Any) -> bool:
    if isinstance(value, str) and isinstance(known, str):
        return cell.tidy(value) == cell.tidy(known)
    return bool(value == known)


def _write_partner(
    change: Change, name: str, held: Held | None, values: Values, today: date
) -> int:
    # Somebody may have added it in Slack since the file was read.
    known = held.partner if held else partner.named(change, name)
    if known is None:
        partner_id = partner.add(change, name, today, **values)
    else:
        partner_id = known.id
        if values:
            partner.update(change, partner_id, **values)
    if "liaison" in values:
        workspace.become_liaison(change, values["liaison"])
    return partner_id


def _write_contact(change: Change, partner_id: int, values: Values, known: Contact | None) -> None:
    if known is None:
        partner.add_contact(change, partner_id, **values)
    elif values:
        partner.update_contact(change, known.id, **values)
