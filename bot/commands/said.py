"""What is written to me as a message: the same words as after `/partner`, answered as a message."""

from dataclasses import replace

from bot.commands import dispatch
from bot.commands.reply import undo_of
from bot.commands.request import Context, OpenForm, Request
from bot.commands.which import again
from bot.domain.message import Message, say
from bot.domain.reading.people import without_links
from bot.store import audit

COMMAND = "/partner"
TAKES_A_FORM = "That takes a form."


def words(text: str) -> str:
    """Return the words of a message of Slack's; people write `/partner` where it is no command."""
    return dispatch.readable(without_links(text)).removeprefix(COMMAND).strip()


def answer(text: str, request: Request, context: Context) -> Message:
    """Carry out the words of a message; a form is offered, since only a press can open one."""
    asked = replace(request, text=text, stays_in_slack=True)
    reply = dispatch.carry_out(text, asked, context)
    if isinstance(reply, OpenForm):
        return say(TAKES_A_FORM, controls=again("Open it", asked))
    return reply


def answer_again(text: str, request: Request, context: Context) -> Message:
    """Answer a message on which somebody was cut off: what it wrote is not written again."""
    with context.store.read(request.workspace) as tx:
        entry = audit.made(tx, request.key)
    if entry is None:
        return answer(text, request, context)
    return say("✓ That is saved.", controls=undo_of(entry))
