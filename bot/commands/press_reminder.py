"""The buttons of a reminder's row: I did it, Not now, Mark sent, Not needed, Done."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from bot.commands import did
from bot.commands.reply import back_on_list, named, next_check_in, undo
from bot.commands.request import Context, OpenForm, Press, Reply, Request, mention
from bot.commands.value import GONE, number
from bot.domain.message import Button, say
from bot.domain.partner import Partner
from bot.domain.reminder import (
    CHECK_IN,
    NEXT_STEP,
    SKIPPED,
    THANK_YOU,
    WAIVE_REASONS,
    WAIVED,
    Reminder,
)
from bot.domain.words import date_words, plain
from bot.errors import UserError
from bot.reminders.check_in import MORE
from bot.reminders.put_off import HAND_OVER, IN_3_DAYS, NEXT_WEEK, PICK_A_DAY, SKIP, TOMORROW
from bot.store import Change, Tx, interaction, partner, reminder, replan

Work = Callable[[Change, Reminder, Partner, str, Request], str]
Opens = Callable[[Reminder, Partner, Request], OpenForm]

NO_FORMS: Mapping[str, Opens] = {}


def pressed(
    what: str, work: Work, kind: str | None = None, forms: Mapping[str, Opens] = NO_FORMS
) -> Callable[[str, Request, Context], Reply | None]:
    """Make a press that acts on an open reminder (of that kind) of whoever presses, once.

    Some choices open one of `forms` instead.
    """

    def run(value: str, request: Request, context: Context) -> Reply | None:
        reminder_id, _, choice = value.partition(":")
        if choice in forms:
            with context.store.read(request.workspace) as tx:
                row, found = open_reminder(tx, number(reminder_id), kind, request)
            return forms[choice](row, found, request) if row else say(_over(found))
        with context.store.change(
            request.workspace, request.now, what, request.user, request.key
        ) as change:
            row, found = open_reminder(change, number(reminder_id), kind, request)
            said = work(change, row, found, choice, request) if row else _over(found)
        if request.is_redrawn:
            return None
        # In Home all that is due stands below.
        left = () if request.is_home else (Button("What else is due?", "due"),)
        return say(said, controls=(*undo(change), *left))

    return run


def _over(found: Partner) -> str:
    return f"{named(found.name)}: that was dealt with already."


def open_reminder(
    tx: Tx, reminder_id: int, kind: str | None, request: Request
) -> tuple[Reminder | None, Partner]:
    """Return a reminder of whoever asks, None if it is closed, and its partner.

    Within a change nobody else can close it until that ends.
    """
    row = reminder.get(tx, reminder_id)
    look = partner.lock if isinstance(tx, Change) else partner.get
    found = look(tx, row.partner_id) if row else None
    if row is None or found is None or kind not in (None, row.kind):
        raise UserError(GONE)
    if row.recipient != request.user:
        raise UserError(f"That one is {mention(row.recipient)}'s: {named(found.name)}.")
    # Somebody may have dealt with it before the partner was locked; nobody can any more.
    row = reminder.get(tx, reminder_id)
    return (row if row and row.is_open else None), found


def _did(change: Change, row: Reminder, found: Partner, choice: str, request: Request) -> str:
    done, _ = did.write(change, found.id, choice, request)
    ahead = back_on_list if choice == did.MESSAGE else next_check_in
    return f"✓ {named(found.name)}: {done} today. {ahead(change, found.id, request)}"


def _put_off(change: Change, row: Reminder, found: Partner, choice: str, request: Request) -> str:
    if choice == SKIP:
        return _skip(change, row, found, request)
    until = put_off_until(choice, request.today, request)
    reminder.put_off(change, row, until)
    return f"{named(found.name)}: not now. Back {date_words(until, request.today)}."


def put_off_until(choice: str, today: date, request: Request) -> date:
    """Return the working day that a choice of *Not now* means."""
    calendar = request.own_calendar
    if choice == TOMORROW:
        return calendar.add_working_days(today, 1)
    if choice == IN_3_DAYS:
        return calendar.on_or_after(today + timedelta(days=3))
    if choice == NEXT_WEEK:
        return calendar.next_monday(today)
    raise UserError("Please pick a day.")


def _skip(change: Change, row: Reminder, found: Partner, request: Request) -> str:
    if row.kind != CHECK_IN:
        raise UserError("Only a check-in can be skipped.")
    reminder.close(change, row, SKIPPED, request.today)
    replan.after(change)
    after = next_check_in(change, found.id, request)
    return f"✓ {named(found.name)}: skipped this one. {after}"


def _sent(change: Change, row: Reminder, found: Partner, _choice: str, request: Request) -> str:
    interaction.add(change, found.id, "thank_you", request.today)
    return f"✓ {named(found.name)}: thanked today."


def _not_needed(
    change: Change, row: Reminder, found: Partner, choice: str, request: Request
) -> str:
    if choice not in WAIVE_REASONS:
        raise UserError("Please pick a reason.")
    reminder.close(change, row, WAIVED, request.today)
    return f"✓ {named(found.name)}: no thank-you needed ({plain(WAIVE_REASONS[choice])})."


def _step_done(
    change: Change, row: Reminder, found: Partner, _choice: str, request: Request
) -> str:
    interaction.finish_step(change, row.subject, done_on=request.today)
    step = interaction.step(change, row.subject)
    return f"✓ {named(found.name)}: {plain(step.what if step else '')}, done."


def _step_dropped(
    change: Change, row: Reminder, found: Partner, _choice: str, request: Request
) -> str:
    step = interaction.step(change, row.subject)
    reminder.close(change, row, WAIVED, request.today)
    interaction.finish_step(change, row.subject, dropped_on=request.today)
    return f"✓ {named(found.name)}: {plain(step.what if step else '')}, dropped."


def _more(row: Reminder, found: Partner, request: Request) -> OpenForm:
    return did.form_of(found, request, reminder=str(row.id))


def _pick_a_day(row: Reminder, found: Partner, request: Request) -> OpenForm:
    day = request.own_calendar.next_monday(request.today)
    prefill = {"name": found.name, "day": day.isoformat()}
    return OpenForm("put_off", prefill, {"reminder": str(row.id)})


def hand_over(row: Reminder, found: Partner, _request: Request) -> OpenForm:
    return OpenForm("hand_over", {"name": found.name}, {"reminder": str(row.id)})


LATER = {PICK_A_DAY: _pick_a_day, HAND_OVER: hand_over}

DID = Press("did", pressed("log", _did, CHECK_IN, {MORE: _more}))
NOT_NOW = Press("not_now", pressed("put_off", _put_off, forms=LATER), {"put_off": "that delay"})
SENT = Press("sent", pressed("sent", _sent, THANK_YOU), {"sent": "that thank-you"})
NOT_NEEDED = Press(
    "not_needed", pressed("not_needed", _not_needed, THANK_YOU), {"not_needed": "that"}
)
STEP_DONE = Press(
    "step_done", pressed("step_done", _step_done, NEXT_STEP), {"step_done": "that next step"}
)
STEP_DROP = Press(
    "step_drop", pressed("step_drop", _step_dropped, NEXT_STEP), {"step_drop": "that"}
)
