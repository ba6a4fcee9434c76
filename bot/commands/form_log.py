"""The form of an interaction: to take one down, or to put right the one just written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from bot.commands.did import MESSAGE
from bot.commands.form import (
    FieldError,
    Submitted,
    chosen,
    fingerprint,
    require_unchanged,
    vouched,
)
from bot.commands.log import details, offers, understood
from bot.commands.log_words import LONGEST_NOTE
from bot.commands.next_step import LONGEST as LONGEST_STEP
from bot.commands.reply import on, saved
from bot.commands.request import Context, OpenForm, Press, Request, mention
from bot.commands.value import GONE, number
from bot.domain.finding import Match, Name
from bot.domain.interaction import KINDS, Interaction
from bot.domain.message import Message
from bot.domain.partner import Partner
from bot.domain.reading.amounts import COST_AT_MOST, MINUTES_AT_MOST
from bot.domain.reading.log import LogRead
from bot.domain.words import person_at, plain
from bot.errors import UserError
from bot.store import Change, Tx, interaction, partner, reminder, replan

# What may be picked as the kind; a message is a call that reached nobody.
KIND_LABELS = {
    **{key: kind.done.rpartition(" ")[0] for key, kind in KINDS.items()},
    "other": "Something else",
    MESSAGE: "Call, but reached nobody",
}
FREE_TEXTS = ("note", "step")


@dataclass(frozen=True, slots=True)
class _Step:
    what: str
    due_on: date


def submit_log(form: Submitted, request: Request, context: Context) -> Message | None:
    """Take down what was filled in; from a reminder's row, that row says so."""
    with context.store.read(request.workspace) as tx:
        found, read, step, remark = _read(tx, form, request, {})
    with context.store.change(
        request.workspace, request.now, "log", request.user, request.key
    ) as change:
        change.remark = remark
        made = interaction.add(
            change, found.id, read.kind, read.happened_on, **details(found, read)
        )
        next_step = _stepped(change, found, step, request)
        lines = [*understood(change, found, read, request), next_step]
        is_shown = request.is_redrawn and _is_closed(change, form.id("reminder"))
    return None if is_shown else saved(change, *lines, controls=offers(read, found, made, request))


def submit_correction(form: Submitted, request: Request, context: Context) -> Message:
    """Put an interaction right."""
    with context.store.read(request.workspace) as tx:
        shown = _shown(tx, _mine(tx, form.need("interaction"), request))
        found, read, step, remark = _read(tx, form, request, shown)
    with context.store.change(
        request.workspace, request.now, "correct", request.user, request.key
    ) as change:
        change.remark = remark
        before = _mine(change, form.need("interaction"), request)
        partner.lock(change, before.partner_id)
        require_unchanged(form, _shown(change, before))
        values = {"partner_id": found.id, "kind": read.kind, "happened_on": read.happened_on}
        interaction.update(change, before.id, **values, **details(found, read))
        next_step = _stepped(change, found, step, request)
        lines = [*understood(change, found, read, request), next_step]
    return saved(change, *lines, controls=offers(read, found, before.id, request))


def _edit(value: str, request: Request, context: Context) -> OpenForm:
    with context.store.read(request.workspace) as tx:
        one = _mine(tx, number(value), request)
        prefill = _shown(tx, one)
    return OpenForm("correct", prefill, {"interaction": str(one.id), "seen": fingerprint(prefill)})


def _mine(tx: Tx, interaction_id: int, request: Request) -> Interaction:
    one = interaction.get(tx, interaction_id)
    if one is None:
        raise UserError(GONE)
    if one.by != request.user and not request.member.is_owner:
        raise UserError(f"Only {mention(one.by)} or an owner can change that.")
    return one


def _shown(tx: Tx, one: Interaction) -> dict[str, str]:
    """Return what stands in the form of an interaction."""
    name = partner.names(tx, [one.partner_id])[one.partner_id]
    person = partner.contact(tx, one.contact_id) if one.contact_id else None
    return {
        "partner": f"{one.partner_id}:{person.id}" if person else str(one.partner_id),
        "partner_name": person_at(person.name, name) if person else name,
        "kind": one.kind if one.is_reached else MESSAGE,
        "day": one.happened_on.isoformat(),
        "minutes": str(one.minutes or ""),
        "cost": "" if one.cost is None else f"{one.cost:.2f}",
        "note": one.note[:LONGEST_NOTE],
    }


def _read(
    tx: Tx, form: Submitted, request: Request, before: Mapping[str, str]
) -> tuple[Partner, LogRead, _Step | None, str | None]:
    """Return the partner, what was done, what is next, and what somebody vouched for."""
    found, contact_id = chosen(tx, form)
    kind = form.values.get("kind", "")
    if kind not in KIND_LABELS:
        raise FieldError("kind", "What was it?")
    read = LogRead(
        partner=Match((Name(found.id, found.name, contact_id),)),
        kind="call" if kind == MESSAGE else kind,
        is_reached=kind != MESSAGE,
        happened_on=form.past_day("day", request),
        minutes=_minutes(form),
        cost=_cost(form),
        note=form.text("note", LONGEST_NOTE),
        next_step=None,
        has_kind=True,
        needs_confirming=False,
    )
    return found, read, _step(form, request), vouched(tx, form, FREE_TEXTS, request, before)


def _minutes(form: Submitted) -> int | None:
    typed = form.line("minutes", 20)
    if not typed:
        return None
    if not typed.isascii() or not typed.isdigit() or not 1 <= int(typed) <= MINUTES_AT_MOST:
        raise FieldError("minutes", f"Please give whole minutes, 1 to {MINUTES_AT_MOST:,}.")
    return int(typed)


def _cost(form: Submitted) -> Decimal | None:
    typed = form.line("cost", 20)
    try:
        cost = Decimal(typed) if typed else None
    except InvalidOperation:
        cost = Decimal(-1)
    if cost is not None and not (cost.is_finite() and 0 <= cost <= COST_AT_MOST):
        raise FieldError("cost", "Please give an amount, such as 45 or 31.20.")
    return cost


def _step(form: Submitted, request: Request) -> _Step | None:
    what = form.line("step", LONGEST_STEP)
    if what:
        return _Step(what, form.day_to_come("step_day", request))
    if form.values.get("step_day"):
        raise FieldError("step", "What is to be done by that day?")
    return None


def _stepped(change: Change, found: Partner, step: _Step | None, request: Request) -> str:
    if step is None:
        return ""
    interaction.add_step(change, found.id, request.user, step.what, step.due_on)
    return f"Next step: {plain(step.what)}, by {on(step.due_on, request)}"


def _is_closed(change: Change, reminder_id: int | None) -> bool:
    """Whether the row that the form was opened from will say by itself what was done."""
    replan.after(change)
    row = reminder.get(change, reminder_id) if reminder_id else None
    return row is None or not row.is_open


EDIT_LOG = Press("edit_log", _edit, {"correct": "that correction"})
