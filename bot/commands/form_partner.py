"""The form of a partner and the people there: to add one, or to change what is known of it."""

from collections.abc import Mapping
from typing import Any

from bot.commands.add import Added, understood
from bot.commands.assign import hand_over, require_own
from bot.commands.end import refuse_ended
from bot.commands.form import FieldError, Submitted, at, fingerprint, require_unchanged, vouched
from bot.commands.form_contact import NEW, Written, contact, one_line, people_shown, write_people
from bot.commands.person import looked_up
from bot.commands.reply import named, next_check_in, saved
from bot.commands.request import Context, Request
from bot.commands.value import GONE
from bot.domain.cadence import Cadence, read_cadence
from bot.domain.message import Message, say
from bot.domain.partner import CATEGORIES, Contact, Partner, category_named
from bot.domain.words import list_words, plain
from bot.errors import UserError
from bot.store import Change, partner, replan, workspace

# The most characters of each field, as the tables hold them and one input of Slack's takes.
FIELDS = {"name": 200, "category": 60, "specialty": 200, "tier": 20, "stage": 60, "notes": 3000}
FREE_TEXTS = ("name", "specialty", "tier", "stage", "notes")
FREE_OF_CONTACT = ("_name", "_role", "_cares_about")

Values = dict[str, Any]


def shown(found: Partner, people: list[Contact]) -> dict[str, str]:
    """Return what stands in the form of a partner."""
    prefill = {name: one_line(getattr(found, name), most) for name, most in FIELDS.items()}
    prefill["notes"] = (found.notes or "").strip()[: FIELDS["notes"]].strip()
    prefill["liaison"] = found.liaison or ""
    prefill["cadence"] = Cadence.parse(found.cadence).words if found.cadence else ""
    return {**prefill, **people_shown(people)}


def about(found: Partner, prefill: Mapping[str, str]) -> dict[str, str]:
    """Return the ids that come back with the form of a partner."""
    return {"partner": str(found.id), "seen": fingerprint(prefill)}


def submit_add(form: Submitted, request: Request, context: Context) -> Message:
    """Add a partner, and the first person there."""
    values, person = _read(form), contact(form, NEW)
    remark = _vouched(form, {}, request, context)
    with context.store.read(request.workspace) as tx:
        refuse_ended(tx, values["name"], request)
    liaison = values["liaison"]
    _look_up(liaison, request, context)
    with context.store.change(
        request.workspace, request.now, "add", request.user, request.key
    ) as change:
        change.remark = remark
        with at("name"):
            partner_id = partner.add(change, added_on=request.today, **values)
        if person:
            partner.add_contact(change, partner_id, **person)
        if liaison:
            workspace.become_liaison(change, liaison)
        replan.after(change)
        last = next_check_in(change, partner_id, request)
    cadence = Cadence.parse(values["cadence"]) if values["cadence"] else None
    read = Added(values["name"], values["category"], cadence, liaison, values["tier"])
    whom = f"Contact: {plain(person['name'])}." if person else ""
    return saved(change, *understood(read, request), whom, last)


def submit_edit(form: Submitted, request: Request, context: Context) -> Message:
    """Change what is known of a partner and the people there."""
    values = _read(form)
    found, prefill = _found(form, request, context)
    remark = _vouched(form, prefill, request, context)
    if values["liaison"] != found.liaison:
        with at("liaison"):
            require_own(found, request)
        _look_up(values["liaison"], request, context)
    with context.store.change(
        request.workspace, request.now, "edit", request.user, request.key
    ) as change:
        change.remark = remark
        lines = _write(change, form, values, request)
    if change.audit_id is None:
        return say(f"{named(found.name)} is as it was; nothing was changed.")
    return saved(change, *lines)


def _found(form: Submitted, request: Request, context: Context) -> tuple[Partner, dict[str, str]]:
    """Return the partner, and what its form would show now."""
    with context.store.read(request.workspace) as tx:
        found = partner.get(tx, form.need("partner"))
        if found is None:
            raise UserError(GONE)
        return found, shown(found, partner.contacts_of(tx, found.id))


def _write(change: Change, form: Submitted, values: Values, request: Request) -> list[str]:
    """Write what differs from what was shown; return what is said of it."""
    found = partner.lock(change, form.need("partner"))
    if found is None:
        raise UserError(GONE)
    people = partner.contacts_of(change, found.id)
    prefill = shown(found, people)
    require_unchanged(form, prefill)
    differs = _differing(form, prefill)
    told = hand_over(change, found, values["liaison"], request) if "liaison" in differs else ""
    _write_partner(change, found, {name: values[name] for name in differs - {"liaison"}})
    written = write_people(change, form, found, people, prefill)
    replan.after(change)
    what = [name for name in (*FIELDS, "cadence") if name in differs]
    ahead = next_check_in(change, found.id, request) if "cadence" in differs else ""
    done = [*what, *(plain(name) for name in written.changed)]
    line = f"✓ {named(values['name'])}: changed {list_words(done)}." if done else ""
    return [line, _removed(written, values["name"]), f"✓ {told}" if told else "", ahead]


def _removed(written: Written, name: str) -> str:
    if not written.removed:
        return ""
    whom = list_words([plain(one) for one in written.removed])
    return f"✓ {named(name)}: removed {whom}. The history stays."


def _differing(form: Submitted, prefill: Mapping[str, str]) -> set[str]:
    names = (*FIELDS, "liaison", "cadence")
    return {name for name in names if form.text(name, 3000) != prefill[name]}


def _write_partner(change: Change, found: Partner, values: Values) -> None:
    if "cadence" in values:
        values["first_due_on"] = None
    with at("name"):
        if "name" in values:
            partner.rename(change, found.id, values.pop("name"))
    if values:
        partner.update(change, found.id, **values)


def _read(form: Submitted) -> Values:
    """Return a partner's columns as they were filled in."""
    values: Values = {name: form.line(name, most) or None for name, most in FIELDS.items()}
    values["notes"] = form.text("notes", FIELDS["notes"]) or None
    if not values["name"]:
        raise FieldError("name", "What are they called?")
    values["category"] = category_named(values["category"] or "other")
    with at("cadence"):
        cadence = form.line("cadence", 300)
        values["cadence"] = read_cadence(cadence).stored if cadence else None
    values["liaison"] = form.person("liaison")
    return values


def _vouched(
    form: Submitted, before: Mapping[str, str], request: Request, context: Context
) -> str | None:
    people = [
        name
        for name in form.values
        if name.startswith("contact_") and name.endswith(FREE_OF_CONTACT)
    ]
    with context.store.read(request.workspace) as tx:
        return vouched(tx, form, (*FREE_TEXTS, *people), request, before)


def _look_up(liaison: str | None, request: Request, context: Context) -> None:
    if liaison:
        with at("liaison"):
            looked_up(context, request, liaison)


CATEGORY_LABELS = {key: key.capitalize() for key in CATEGORIES}
