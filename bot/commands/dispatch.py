"""From a text or a press to its answer; nothing that people type raises beyond here."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from bot.commands import FORMS, PRESSES, SHORTCUTS, subcommand
from bot.commands.form import Submitted
from bot.commands.free import without_subcommand
from bot.commands.help import everything
from bot.commands.request import Context, Reply, Request, Subcommand
from bot.commands.shortcut import Quoted
from bot.commands.which import Question
from bot.domain.message import Message, say
from bot.domain.reading.people import unescape, without_links
from bot.domain.words import WORD_JOINER, plain, short
from bot.errors import NotSaved, UserError
from bot.store import AlreadyDone, audit, partner

Answer = TypeVar("Answer", Reply, Reply | None)

TOO_OLD = "That button is from an older version of me. Please use `/partner` instead."
UNKNOWN = "unknown"
DONE_ALREADY = say("That was done already.")
NOT_SAVED = "That was NOT saved. Please try again in a minute."

# Slack escapes what a person typed, so a mention of its own is never written like this.
_TYPED_MENTION = re.compile("&lt;@")


def answer(text: str, request: Request, context: Context) -> Reply:
    """Carry out what was typed after `/partner` and return the answer to it."""
    return carry_out(readable(text), request, context)


def carry_out(typed: str, request: Request, context: Context) -> Reply:
    """Carry out a text whose escapes are undone."""
    asked = replace(request, text=typed)
    return _safely(lambda: _dispatch(typed, asked, context), typed)


def readable(text: str) -> str:
    """Return Slack's text as it was typed; what only looks like a mention is made none."""
    typed = unescape(_TYPED_MENTION.sub(f"&lt;{WORD_JOINER}@", text)).strip()
    return typed.encode("utf-8", "replace").decode()


def message_words(text: str) -> str:
    """Return what people read where a message of Slack's says `text`; its lines stay lines."""
    return "\n".join(readable(line) for line in without_links(text).splitlines())


def is_public(text: str) -> bool:
    """Whether the answer is for all to see in the channel."""
    found = subcommand(_split(readable(text))[0])
    return found is not None and found.is_public


def name_of(text: str) -> str:
    """Return the name of the subcommand that a text asks for, and nothing else of what it says."""
    word = _split(readable(text))[0]
    found = subcommand(word)
    return found.name if found else "free" if word else "help"


def name_of_press(action: str) -> str:
    """Return the name of a press that is known."""
    return action if action in PRESSES else UNKNOWN


def name_of_form(name: str) -> str:
    """Return the name of a form that is known."""
    return name if name in FORMS else UNKNOWN


def name_of_shortcut(callback_id: str) -> str:
    """Return the name of a shortcut that is known."""
    return callback_id if callback_id in SHORTCUTS else UNKNOWN


def press(action: str, value: str, request: Request, context: Context) -> Reply | None:
    """Carry out a press and return a word for whoever pressed, if there is one."""
    pressed = PRESSES.get(action)
    if pressed is None:
        return say(TOO_OLD)
    return _safely(lambda: pressed.run(value, request, context), "")


def shortcut(callback_id: str, quoted: Quoted | None, request: Request, context: Context) -> Reply:
    """Carry out a shortcut; `quoted` is the message that it was used on, if it was on one."""
    used = SHORTCUTS.get(callback_id)
    if used is None:
        return say(TOO_OLD)
    return _safely(lambda: used.run(quoted, request, context), "")


def submit(form: Submitted, request: Request, context: Context) -> Message | None:
    """Carry out a form and return a word for whoever filled it in, if there is one.

    Raises UserError for what is to be put right: FieldError where it stands at one field.
    """
    submitted = FORMS.get(form.name)
    if submitted is None:
        raise UserError(TOO_OLD)
    try:
        return submitted(form, request, context)
    except Question as question:
        return question.message
    except AlreadyDone:
        return None
    except UserError:
        # Sent in twice, the second may be refused for what the first has done.
        with context.store.read(request.workspace) as tx:
            if audit.was_made(tx, request.key):
                return None
        raise


def _safely(work: Callable[[], Answer], typed: str) -> Answer | Reply:
    try:
        return work()
    except Question as question:
        return question.form or question.message
    except UserError as error:
        return say(str(error))
    except AlreadyDone:
        return DONE_ALREADY
    except NotSaved:
        return say(not_saved(typed))


def not_saved(typed: str) -> str:
    """Return what is said when the database did not take it, with the person's text back."""
    return f'{NOT_SAVED} You typed: "{plain(short(typed, 2000))}"' if typed else NOT_SAVED


def _dispatch(text: str, request: Request, context: Context) -> Reply:
    word, rest = _split(text)
    if not word:
        return everything(request)
    found = subcommand(word)
    if found:
        return _run(found, text, rest, request, context)
    return without_subcommand(text, request, context)


def _run(found: Subcommand, text: str, rest: str, request: Request, context: Context) -> Reply:
    """Carry out a subcommand; what it refuses may have been about a partner called Next Level."""
    try:
        return found.run(rest, request, context)
    except UserError as error:
        with context.store.read(request.workspace) as tx:
            match, _ = partner.book(tx).lead(text)
        names = [name.name for name in match.names if _begins(text, name.name)]
        if not names:
            raise
        hint = f"If you mean *{plain(names[0])}*, put `log` or `show` first."
        return say(str(error), hint)


def _begins(text: str, name: str) -> bool:
    return " ".join(text.casefold().split()).startswith(name.casefold())


def _split(text: str) -> tuple[str, str]:
    words = text.split(maxsplit=1)
    return (words[0], words[1] if len(words) > 1 else "") if words else ("", "")
