"""The buttons of a referral: Came in, We sent it to them, Why?, Choose another."""

from bot.commands.convert import came_in_words, record
from bot.commands.lost import lost_words
from bot.commands.refer import write
from bot.commands.reply import saved
from bot.commands.request import Context, Press, Request
from bot.commands.value import GONE, day, number
from bot.domain.message import Message
from bot.domain.referral import LOST_REASONS, RECEIVED, SENT, Referral
from bot.domain.words import plain
from bot.errors import UserError
from bot.store import Change, audit, partner, referral


def _came_in(value: str, request: Request, context: Context) -> Message:
    with context.store.change(
        request.workspace, request.now, "convert", request.user, request.key
    ) as change:
        chosen = locked(change, value)
        found = record(change, chosen, request.today, request)
        others = referral.open_of(change, found.id)
    return saved(change, *came_in_words(chosen, found.name, request.today, others, request))


def _another(value: str, request: Request, context: Context) -> Message:
    """Take an evaluation back and record it for another referral instead."""
    entry, _, rest = value.partition(":")
    other, _, on = rest.partition(":")
    evaluated_on = day(on)
    with context.store.change(
        request.workspace, request.now, "convert", request.user, request.key
    ) as change:
        if audit.undo(change, number(entry)).what != "convert":
            raise UserError(GONE)
        chosen = locked(change, other)
        found = record(change, chosen, evaluated_on, request)
        others = referral.open_of(change, found.id)
    return saved(change, *came_in_words(chosen, found.name, evaluated_on, others, request))


def _sent_it(value: str, request: Request, context: Context) -> Message:
    with context.store.change(
        request.workspace, request.now, "refer", request.user, request.key
    ) as change:
        chosen = locked(change, value)
        if chosen.direction == SENT:
            raise UserError(f"{chosen.label} is one that you sent already. Nothing was changed.")
        if not chosen.is_open:
            raise UserError(f"{chosen.label} is closed already. Nothing was changed.")
        referral.update(change, chosen.id, direction=SENT)
        name = _name(change, chosen)
    return saved(change, f"✓ *{chosen.label} is one we sent to {plain(name)}* now.")


def _lost_reason(value: str, request: Request, context: Context) -> Message:
    referral_id, _, reason = value.partition(":")
    if reason not in LOST_REASONS:
        raise UserError("Please pick a reason.")
    with context.store.change(
        request.workspace, request.now, "lost", request.user, request.key
    ) as change:
        chosen = locked(change, referral_id)
        if chosen.lost_on is None:
            raise UserError(GONE)
        referral.update(change, chosen.id, lost_reason=reason)
        line = lost_words(chosen, _name(change, chosen))
    return saved(change, f"{line}: {LOST_REASONS[reason]}")


def _referred(value: str, request: Request, context: Context) -> Message:
    with context.store.change(
        request.workspace, request.now, "refer", request.user, request.key
    ) as change:
        found = partner.get(change, number(value))
        if found is None or found.ended_on:
            raise UserError(GONE)
        line, offers = write(change, found, RECEIVED, request.today, request)
    return saved(change, line, controls=offers)


def locked(change: Change, value: str) -> Referral:
    """Return a referral that nobody else can change until this is done."""
    found = referral.get(change, number(value))
    if found:
        partner.lock(change, found.partner_id)
        found = referral.get(change, found.id)
    if found is None:
        raise UserError(GONE)
    return found


def _name(change: Change, chosen: Referral) -> str:
    return partner.names(change, [chosen.partner_id])[chosen.partner_id]


CAME_IN = Press("came_in", _came_in)
ANOTHER = Press("another", _another)
SENT_IT = Press("sent_it", _sent_it)
LOST_REASON = Press("lost_reason", _lost_reason)
REFERRED = Press("referred", _referred)
