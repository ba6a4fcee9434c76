"""What a person is told when something goes wrong, by who has to act on it."""

import logging
import secrets
import traceback
from pathlib import Path

from bot.commands.dispatch import not_saved
from bot.domain.message import Message, say
from bot.domain.reading.people import unescape
from bot.errors import NotSaved, UserError

log = logging.getLogger(__name__)

UNEXPECTED = (
    "Sorry, something went wrong on my side, and I can't tell whether that was saved. "
    "Please look before you try again. If it keeps happening, tell whoever runs Rapport "
    "this number: `{reference}`"
)
FRAMES = 4


def apology(error: BaseException, typed: str = "") -> Message:
    """Return what to say of an error; `typed` is the slash text as Slack sent it."""
    if isinstance(error, UserError):
        return say(str(error))
    if isinstance(error, NotSaved):
        log.warning("not saved: %s", error)
        return say(not_saved(unescape(typed).strip()))
    reference = secrets.token_hex(3)
    # The error's own text may hold what somebody typed: its class and its place are enough.
    log.error("unexpected ref=%s %s at %s", reference, type(error).__name__, _place(error))
    return say(UNEXPECTED.format(reference=reference))


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames))
