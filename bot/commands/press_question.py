"""The answers to what a check-in asks when nobody answered it three times."""

from dateutil.relativedelta import relativedelta

from bot.commands.press_reminder import hand_over, pressed
from bot.commands.reply import check_in_on, named, on
from bot.commands.request import OpenForm, Press, Request
from bot.domain.cadence import due_on, less_often
from bot.domain.partner import Partner
from bot.domain.reminder import CHECK_IN, TRY_AGAIN_AFTER, Reminder
from bot.errors import UserError
from bot.reminders.put_off import HAND_OVER
from bot.reminders.question import KEEP, LESS_OFTEN, PAUSE
from bot.store import Change, partner, reminder, replan

# For how long a pause is offered; the form can say otherwise.
USUAL_PAUSE = relativedelta(months=3)


def _best(change: Change, row: Reminder, found: Partner, choice: str, request: Request) -> str:
    if choice == KEEP:
        until = request.own_calendar.add_working_days(request.today, TRY_AGAIN_AFTER)
        reminder.put_off(change, row, until)
        return f"{named(found.name)}: kept as it is. Back {on(until, request)}."
    if choice == LESS_OFTEN:
        return _less_often(change, found, request)
    raise UserError("Please press one of the buttons.")


def _less_often(change: Change, found: Partner, request: Request) -> str:
    """Change to the longer cadence, counted from today where it would be waiting at once."""
    longer = less_often(request.settings.policy.cadence_of(found))
    if longer is None:
        raise UserError(f"{named(found.name)} is on the longest cadence I offer already.")
    partner.update(change, found.id, cadence=longer.stored, first_due_on=None)
    replan.after(change)
    waiting = [row for row in reminder.of_partner(change, found.id) if row.kind == CHECK_IN]
    for row in waiting:
        if row.show_on <= request.today:
            until = due_on(longer, request.today)
            reminder.put_off(change, row, request.own_calendar.on_or_after(until))
    day = check_in_on(change, found.id)
    ahead = f" Next check-in: {on(day, request)}" if day else ""
    return f"✓ {named(found.name)}: check-in {longer.words} now.{ahead}"


def _pause(row: Reminder, found: Partner, request: Request) -> OpenForm:
    until = request.today + USUAL_PAUSE
    prefill = {"name": found.name, "day": until.isoformat()}
    return OpenForm("pause", prefill, {"reminder": str(row.id)})


WHATS_BEST = Press(
    "whats_best",
    pressed("whats_best", _best, CHECK_IN, {HAND_OVER: hand_over, PAUSE: _pause}),
    {"whats_best": "that choice"},
)
