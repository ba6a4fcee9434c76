"""The buttons of the desk's question: a partner, Someone else, None."""

from bot.commands.convert import came_in_words, record
from bot.commands.press_referral import locked
from bot.commands.reply import saved
from bot.commands.request import Context, Press, Request
from bot.commands.value import GONE, day
from bot.domain.message import Button, Control, Message, say
from bot.domain.referral import Referral
from bot.domain.words import plain
from bot.errors import UserError
from bot.store import partner, referral

HOW = (
    "Type `/partner evals riverside 2, dr lee`: the partners, and how many where it was more "
    "than one. No names of patients, please."
)


def _came(value: str, request: Request, context: Context) -> Message:
    """Record one evaluation; a button stands for one referral, so that it lands once."""
    referral_id, _, on = value.partition(":")
    came_on = day(on)
    if came_on > request.today:
        raise UserError(GONE)
    with context.store.change(
        request.workspace, request.now, "evals", request.user, request.key
    ) as change:
        chosen = locked(change, referral_id)
        name = partner.names(change, [chosen.partner_id])[chosen.partner_id]
        lines: tuple[str, ...] = (f"{chosen.label} from {plain(name)} is closed already.",)
        if chosen.is_open:
            record(change, chosen, came_on, request)
        others = [
            one for one in referral.open_of(change, chosen.partner_id) if one.received_on <= came_on
        ]
        if chosen.is_open:
            lines = came_in_words(chosen, name, came_on, others, request)
    return saved(change, *lines, controls=_one_more(others, on))


def _one_more(others: list[Referral], on: str) -> tuple[Control, ...]:
    return (Button("One more of theirs", "desk", f"{others[0].id}:{on}"),) if others else ()


def _else(_value: str, _request: Request, _context: Context) -> Message:
    return say(HOW)


def _none(_value: str, _request: Request, _context: Context) -> Message:
    return say("Thank you. None today.")


CAME = Press("desk", _came)
SOMEONE_ELSE = Press("desk_else", _else)
NONE_CAME = Press("desk_none", _none)
