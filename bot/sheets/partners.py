"""The sheet of partners: one row for each partner, or for each of its contacts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.domain.cadence import Cadence, read_cadence, spread
from bot.domain.partner import Contact, Partner, category_named
from bot.sheets import cell
from bot.sheets.entry import Entry, Held, Values, decisions
from bot.sheets.known import Known
from bot.sheets.row import Plan, Row
from bot.sheets.sheet import Record, Sheet
from bot.store import Tx, interaction, partner

COLUMNS: dict[str, Sequence[str]] = {
    "name": ("partner", "partner name", "practice", "practice name", "organization", "organisation",
             "company", "clinic", "business", "account", "account name", "referral source", "name",
             "doctor", "provider", "physician", "doctor name", "provider name"),
    "category": ("type", "partner type", "kind", "practice type"),
    "specialty": ("speciality",),
    "stage": ("status", "relationship"),
    "tier": ("priority", "level", "rank"),
    "liaison": ("rep", "sales rep", "owner", "account owner", "assigned to", "marketer",
                "representative", "relationship owner"),
    "cadence": ("frequency", "how often", "check in", "touch frequency", "contact frequency"),
    "last_interaction_on": ("last interaction", "last visit", "last contact", "last contacted",
                            "last touch", "last visited", "last seen", "last contact date",
                            "last visit date"),
    "contact_name": ("contact", "contact person", "main contact", "primary contact", "doctor",
                     "provider", "physician", "doctor name", "provider name", "name"),
    "contact_role": ("role", "title", "job title", "contact title", "position"),
    "contact_email": ("email", "email address", "contact e-mail"),
    "contact_phone": ("phone", "phone number", "telephone", "tel", "mobile", "cell", "contact tel",
                      "office phone"),
    "website": ("web site", "url", "web", "homepage"),
    "address": ("street address", "location", "mailing address", "office address"),
    "notes": ("note", "comments", "comment"),
}  # fmt: skip

# A partner that was ended is out of the lists; this stage keeps that through a file.
ENDED = "ended"
NOTES_AT_MOST = 10_000

TEXTS = {
    "specialty": cell.line(200),
    "stage": cell.line(60),
    "tier": cell.line(20),
    "website": cell.line(500),
    "address": cell.line(500),
}
CONTACT_TEXTS = {
    "name": cell.line(200),
    "role": cell.line(200),
    "email": cell.line(320),
    "phone": cell.line(60),
}


def plan(rows: Sequence[Row], known: Known) -> Plan:
    """Decide what to add and change: a partner is known by its name, a contact by its own."""
    made = Plan()
    entries: dict[str, Entry] = {}
    for _, (name, values, contact) in made.each(rows, lambda row: _read(row, known)):
        entries.setdefault(partner.name_key(name), Entry(name)).take(values, contact)
    _spread_check_ins([one for key, one in entries.items() if key not in known.partners], known)
    people, touched = _people(known.tx), last_touches(known.tx)
    for key, entry in entries.items():
        one = known.partners.get(key)
        held = Held(one, _by_key(people[one.id]), touched.get(one.id)) if one else None
        made.decisions += decisions(entry, held, known.today)
    return made


def records(tx: Tx) -> Iterator[Record]:
    """Return every partner in the order they were added, once for each of its contacts."""
    people, touched = _people(tx), last_touches(tx)
    for one in partner.everything(tx):
        cells = _partner_cells(one, touched.get(one.id))
        for person in people[one.id]:
            yield {**cells, **_contact_cells(person)}
        if not people[one.id]:
            yield {**cells, **_contact_cells(None)}


def last_touches(tx: Tx) -> dict[int, date]:
    """Return the day of each partner's last touch, of those that had one."""
    days: dict[int, date] = {}
    for one in interaction.everything(tx):
        if one.is_touch:
            days[one.partner_id] = max(one.happened_on, days.get(one.partner_id, date.min))
    return days


def _read(row: Row, known: Known) -> tuple[str, Values, Values]:
    """Return the partner's name, what the row says about it, and about one contact."""
    name, person = row.need("name", cell.line(200)), row.cells.get("contact_name", "")
    values: Values = {
        **{column: row.read(column, reader) for column, reader in TEXTS.items()},
        "notes": row.read("notes", known.guarded(row, cell.lines(NOTES_AT_MOST), name, person)),
        "category": row.read("category", _category),
        "liaison": row.read("liaison", known.person),
        "cadence": row.read("cadence", _cadence),
        "baseline_on": row.read("last_interaction_on", cell.past_day(known.today)),
    }
    if (values["stage"] or "").casefold() == ENDED:
        values |= {"stage": None, "ended_on": known.today}
    contact = _filled({part: row.read(f"contact_{part}", to) for part, to in CONTACT_TEXTS.items()})
    if contact:
        # A number or an address without a person is the partner's own.
        contact.setdefault("name", name)
    return name, _filled(values), contact


def _spread_check_ins(entries: Sequence[Entry], known: Known) -> None:
    """Give new partners without a last day their first check-ins, evenly for each liaison."""
    groups: defaultdict[tuple[str | None, Cadence], list[Entry]] = defaultdict(list)
    for entry in entries:
        if not entry.values.keys() & {"baseline_on", "ended_on"}:
            groups[entry.values.get("liaison"), _cadence_of(entry, known)].append(entry)
    for (_, cadence), group in groups.items():
        days = spread(len(group), cadence, known.today, known.calendar)
        for entry, day in zip(group, days, strict=True):
            entry.values["first_due_on"] = day


def _cadence_of(entry: Entry, known: Known) -> Cadence:
    stored, category = entry.values.get("cadence"), entry.values.get("category") or "other"
    if stored:
        return Cadence.parse(stored)
    return known.policy.cadence_for(category, entry.values.get("tier"))


def _people(tx: Tx) -> defaultdict[int, list[Contact]]:
    people: defaultdict[int, list[Contact]] = defaultdict(list)
    for contact in partner.all_contacts(tx):
        people[contact.partner_id].append(contact)
    return people


def _by_key(people: Iterable[Contact]) -> dict[str, Contact]:
    found: dict[str, Contact] = {}
    for person in people:
        found.setdefault(partner.name_key(person.name), person)
    return found


def _partner_cells(one: Partner, touched_on: date | None) -> Record:
    days = [day for day in (one.baseline_on, touched_on) if day]
    return {
        **{
            name: getattr(one, name)
            for name in ("id", "name", "category", "liaison", "notes", *TEXTS)
        },
        "stage": ENDED if one.ended_on else one.stage,
        "cadence": Cadence.parse(one.cadence).words if one.cadence else None,
        "last_interaction_on": max(days, default=None),
    }


def _contact_cells(person: Contact | None) -> Record:
    return {f"contact_{part}": person and getattr(person, part) for part in CONTACT_TEXTS}


def _filled(values: Values) -> Values:
    return {name: value for name, value in values.items() if value is not None}


def _category(text: str) -> str:
    return cell.line(60)(category_named(text))


def _cadence(text: str) -> str:
    return read_cadence(text).stored


PARTNERS = Sheet("partners", COLUMNS, records, plan, required=("name",), guarded="notes")
