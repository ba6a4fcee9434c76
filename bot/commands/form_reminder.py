"""The forms of a reminder's row: the day to bring it back, a pause, whom to hand it to."""

from datetime import date

from bot.commands.assign import hand_over, require_own
from bot.commands.form import FieldError, Submitted, at
from bot.commands.person import looked_up
from bot.commands.press_reminder import open_reminder
from bot.commands.reply import named, saved
from bot.commands.request import Context, Request, mention
from bot.domain.message import Message, say
from bot.domain.partner import Partner
from bot.domain.reminder import CHECK_IN, NEXT_STEP, Reminder
from bot.domain.words import date_words, plain
from bot.store import Change, interaction, partner, reminder

# Nobody puts off for longer what is to be done at all.
DAYS_AT_MOST = 366
WAS_DEALT_WITH = "{} was dealt with already."


def submit_put_off(form: Submitted, request: Request, context: Context) -> Message | None:
    """Bring a reminder back on the day that was picked, or the next working day."""
    until = request.own_calendar.on_or_after(_picked(form, request))
    with context.store.change(
        request.workspace, request.now, "put_off", request.user, request.key
    ) as change:
        row, found = open_reminder(change, form.need("reminder"), None, request)
        if row:
            reminder.put_off(change, row, until)
    if row is None:
        return say(WAS_DEALT_WITH.format(named(found.name)))
    if request.is_redrawn:
        return None
    back = date_words(until, request.today)
    return saved(change, f"{named(found.name)}: not now. Back {back}.")


def submit_pause(form: Submitted, request: Request, context: Context) -> Message | None:
    """Rest the check-ins of a reminder's partner until the day that was picked."""
    until = _picked(form, request)
    with context.store.change(
        request.workspace, request.now, "pause", request.user, request.key
    ) as change:
        row, found = open_reminder(change, form.need("reminder"), CHECK_IN, request)
        if row:
            partner.update(change, found.id, paused_on=request.today, paused_until=until)
    if row is None:
        return say(WAS_DEALT_WITH.format(named(found.name)))
    if request.is_redrawn:
        return None
    back = date_words(until, request.today)
    return saved(change, f"✓ {named(found.name)}: no check-ins until {back}.")


def _picked(form: Submitted, request: Request) -> date:
    day = form.day_to_come("day", request)
    if not 0 < (day - request.today).days <= DAYS_AT_MOST:
        raise FieldError("day", "Please pick a day from tomorrow on, within a year.")
    return day


def submit_hand_over(form: Submitted, request: Request, context: Context) -> Message | None:
    """Give a next step, or the partner of any other reminder, to somebody else."""
    user = form.person("user")
    if not user or user == request.user:
        raise FieldError("user", "To whom? Please pick a colleague.")
    with at("user"):
        looked_up(context, request, user)
    with context.store.change(
        request.workspace, request.now, "assign", request.user, request.key
    ) as change:
        row, found = open_reminder(change, form.need("reminder"), None, request)
        said = _given(change, row, found, user, request) if row else ""
    if row is None:
        return say(WAS_DEALT_WITH.format(named(found.name)))
    return None if request.is_redrawn else saved(change, f"✓ {said}")


def _given(change: Change, row: Reminder, found: Partner, user: str, request: Request) -> str:
    step = interaction.step(change, row.subject) if row.kind == NEXT_STEP else None
    if step:
        interaction.finish_step(change, step.id, owner=user)
        return f"{named(found.name)}: {plain(step.what)} is {mention(user)}'s now."
    found = partner.lock(change, found.id) or found
    require_own(found, request)
    return hand_over(change, found, user, request)
