"""The forms of a referral and of a next step."""

from bot.commands.form import FieldError, Submitted, at, chosen, vouched
from bot.commands.next_step import LONGEST, understood
from bot.commands.person import looked_up
from bot.commands.refer import write
from bot.commands.reply import saved
from bot.commands.request import Context, Request
from bot.domain.message import Message
from bot.domain.referral import RECEIVED, SENT
from bot.store import interaction

DIRECTIONS = {RECEIVED: "They sent us a patient", SENT: "We sent them a patient"}


def submit_referral(form: Submitted, request: Request, context: Context) -> Message:
    """Record a referral and give its number."""
    direction = form.values.get("direction", "")
    if direction not in DIRECTIONS:
        raise FieldError("direction", "Which way?")
    day = form.past_day("day", request)
    with context.store.read(request.workspace) as tx:
        found, contact = chosen(tx, form)
    with context.store.change(
        request.workspace, request.now, "refer", request.user, request.key
    ) as change:
        line, more = write(change, found, direction, day, request, contact)
    return saved(change, line, controls=more)


def submit_next(form: Submitted, request: Request, context: Context) -> Message:
    """Add a next step for whoever was picked."""
    what = form.line("what", LONGEST)
    if not what:
        raise FieldError("what", "What is to be done?")
    day = form.day_to_come("day", request)
    owner = form.person("owner") or request.user
    with context.store.read(request.workspace) as tx:
        found, _ = chosen(tx, form)
        remark = vouched(tx, form, ("what",), request, {})
    if owner != request.user:
        with at("owner"):
            looked_up(context, request, owner)
    with context.store.change(
        request.workspace, request.now, "next", request.user, request.key
    ) as change:
        change.remark = remark
        interaction.add_step(change, found.id, owner, what, day)
    return saved(change, understood(found, what, day, owner, request))
