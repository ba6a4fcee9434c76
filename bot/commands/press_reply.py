"""The buttons of an answer: Undo, Which one?, Remind me, Came in, and their like."""

import json
from dataclasses import replace
from datetime import date

from bot.commands.convert import record
from bot.commands.due import due
from bot.commands.reply import named, next_check_in, on, saved
from bot.commands.request import Context, Press, Request
from bot.commands.show import card
from bot.commands.undo import take_back
from bot.domain.message import Message, say
from bot.domain.referral import LOST_REASONS, SENT
from bot.domain.words import day_words, plain
from bot.errors import UserError
from bot.store import Tx, interaction, partner, referral, replan

GONE = "That is no longer there. Nothing was changed."


def _undo(value: str, request: Request, context: Context) -> Message | None:
    message = take_back(int(value), request, context)
    return None if request.is_redrawn else message


def _again(value: str, request: Request, context: Context) -> Message:
    """Carry out a text again, now that its question is answered."""
    from bot.commands.add import add
    from bot.commands.dispatch import answer

    carried = json.loads(value)
    if carried.get("add"):
        added = add(f"{carried['add']}", replace(request, key=f"{request.key}:add"), context)
        if carried["text"].split(maxsplit=1)[-1].strip() == carried["add"].strip():
            return added
    chosen = {*carried["chosen"], *([carried["chosen_now"]] if "chosen_now" in carried else [])}
    text = carried["text"]
    if "instead" in carried:
        with context.store.read(request.workspace) as tx:
            text = text.replace(carried["instead"], _name(tx, carried["chosen_now"]), 1)
    again = replace(
        request, chosen=frozenset(chosen), is_confirmed=carried.get("is_confirmed", False)
    )
    return answer(text, again, context)


def _name(tx: Tx, partner_id: int) -> str:
    found = partner.get(tx, partner_id)
    if found is None:
        raise UserError(GONE)
    return found.name


def _dismiss(_value: str, _request: Request, _context: Context) -> Message:
    return say("OK. Nothing was saved.")


def _remind(value: str, request: Request, context: Context) -> Message:
    partner_id, day, what = value.split(":", 2)
    due_on = date.fromisoformat(day)
    with context.store.change(
        request.workspace, request.now, "next", request.user, request.key
    ) as change:
        name = _name(change, int(partner_id))
        interaction.add_step(change, int(partner_id), request.user, what, due_on)
    return saved(change, f"✓ {named(name)}: {plain(what)}. I'll remind you {on(due_on, request)}.")


def _enough(value: str, request: Request, context: Context) -> Message:
    with context.store.change(
        request.workspace, request.now, "log", request.user, request.key
    ) as change:
        row = interaction.get(change, int(value))
        if row is None:
            raise UserError(GONE)
        interaction.count_as_reached(change, row.id)
        replan.after(change)
        after = next_check_in(change, row.partner_id, request)
        name = _name(change, row.partner_id)
    return saved(change, f"✓ {named(name)}: that counts. {after}")


def _came_in(value: str, request: Request, context: Context) -> Message:
    with context.store.change(
        request.workspace, request.now, "convert", request.user, request.key
    ) as change:
        chosen = referral.get(change, int(value))
        if chosen is None:
            raise UserError(GONE)
        found = record(change, chosen, request.today, request)
    when = day_words(request.today, request.today)
    return saved(change, f"✓ *{chosen.label} from {plain(found.name)} came in*, {when}")


def _sent_it(value: str, request: Request, context: Context) -> Message:
    with context.store.change(
        request.workspace, request.now, "refer", request.user, request.key
    ) as change:
        chosen = referral.get(change, int(value))
        if chosen is None:
            raise UserError(GONE)
        if not chosen.is_open:
            raise UserError(f"{chosen.label} is closed already. Nothing was changed.")
        referral.update(change, chosen.id, direction=SENT)
        name = _name(change, chosen.partner_id)
    return saved(change, f"✓ *{chosen.label} is one we sent to {plain(name)}* now.")


def _lost_reason(value: str, request: Request, context: Context) -> Message:
    referral_id, _, reason = value.partition(":")
    if reason not in LOST_REASONS:
        raise UserError("Please pick a reason.")
    with context.store.change(
        request.workspace, request.now, "lost", request.user, request.key
    ) as change:
        chosen = referral.get(change, int(referral_id))
        if chosen is None or chosen.lost_on is None:
            raise UserError(GONE)
        referral.update(change, chosen.id, lost_reason=reason)
    return saved(change, f"✓ *{chosen.label} didn't come in*: {LOST_REASONS[reason]}")


def _show(value: str, request: Request, context: Context) -> Message:
    with context.store.read(request.workspace) as tx:
        found = partner.get(tx, int(value))
        if found is None:
            raise UserError(GONE)
        return card(tx, found, request)


def _who(value: str, request: Request, context: Context) -> Message:
    with context.store.read(request.workspace) as tx:
        name = _name(tx, int(value))
    return say(f"Who looks after {named(name)}? `/partner assign {plain(name)} @someone`")


def _due(_value: str, request: Request, context: Context) -> Message:
    return due("", request, context)


UNDO_IT = Press("undo", _undo)
AGAIN = Press("again", _again)
DISMISS = Press("dismiss", _dismiss)
REMIND = Press("remind", _remind)
ENOUGH = Press("enough", _enough)
CAME_IN = Press("came_in", _came_in)
SENT_IT = Press("sent_it", _sent_it)
LOST_REASON = Press("lost_reason", _lost_reason)
SHOW_IT = Press("show", _show)
WHO = Press("assign", _who)
DUE_NOW = Press("due", _due)
