"""What was done with a partner, picked instead of typed."""

from bot.commands.reply import back_on_list, named, next_check_in, saved
from bot.commands.request import Context, OpenForm, Press, Reply, Request
from bot.commands.value import GONE, number
from bot.commands.which import Question
from bot.domain.message import Button, Menu, say
from bot.domain.partner import Partner
from bot.domain.words import plain
from bot.errors import UserError
from bot.reminders.check_in import DID, MORE
from bot.store import Change, interaction, partner, replan

# "Left a message" is a call that reached nobody.
MESSAGE = "message"


def did_menu(found: Partner, text: str = "Log") -> Menu:
    """Return the menu of what is done most often with a partner."""
    choices = {**DID, MORE: "More …"}
    options = tuple((label, f"{found.id}:{choice}") for choice, label in choices.items())
    return Menu(text, "log_it", options, label=f"{text}: {plain(found.name)}")


def what_happened(found: Partner) -> Question:
    """Return the question for somebody who named a partner and nothing else."""
    asked = f"What happened with {named(found.name)}? Nothing was saved yet."
    return Question(say(asked, controls=(did_menu(found, "Pick one"),)))


def write(change: Change, partner_id: int, choice: str, request: Request) -> tuple[str, int]:
    """Take down what was picked, today; return it as the past of a verb, and its id."""
    if choice not in DID:
        raise UserError("Please pick what you did.")
    kind = "call" if choice == MESSAGE else choice
    made = interaction.add(change, partner_id, kind, request.today, is_reached=choice != MESSAGE)
    replan.after(change)
    return DID[choice].lower(), made


def form_of(found: Partner, request: Request, **about: str) -> OpenForm:
    """Return the form that takes down more than can be picked."""
    prefill = {
        "partner": str(found.id),
        "partner_name": found.name,
        "day": request.today.isoformat(),
    }
    return OpenForm("log", prefill, about)


def _more(partner_id: int, request: Request, context: Context) -> OpenForm:
    with context.store.read(request.workspace) as tx:
        found = partner.get(tx, partner_id)
    if found is None or found.ended_on:
        raise UserError(GONE)
    return form_of(found, request)


def _log_it(value: str, request: Request, context: Context) -> Reply:
    partner_id, _, choice = value.partition(":")
    if choice == MORE:
        return _more(number(partner_id), request, context)
    with context.store.change(
        request.workspace, request.now, "log", request.user, request.key
    ) as change:
        found = partner.get(change, number(partner_id))
        if found is None or found.ended_on:
            raise UserError(GONE)
        did, made = write(change, found.id, choice, request)
        ahead = back_on_list if choice == MESSAGE else next_check_in
        after = ahead(change, found.id, request)
    edit = Button("Edit", "edit_log", str(made))
    return saved(change, f"✓ {named(found.name)}: {did} today.", after, controls=(edit,))


LOG_IT = Press("log_it", _log_it)
