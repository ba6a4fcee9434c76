"""The guard at every free text: what looks like patient information is asked about, not kept."""

from collections.abc import Callable
from dataclasses import replace

from bot.commands.request import OpenForm, Request
from bot.commands.which import Question, again
from bot.domain.guard import Finding, patient_information
from bot.domain.message import say
from bot.store import Tx, name

DELETE_IT = "Please delete your message above. I can't, and Slack keeps it."

# A button carries 2,000 characters, a field of a form more; only a command can open one at once.
TOO_LONG = (
    "If it isn't about a patient, your text is too long for a button of mine to say so: please "
    "shorten it, or put it into the form that `/partner log`, `/partner add` or `/partner next` "
    "opens when nothing follows, and say so there."
)
TOO_LONG_IN_SLACK = (
    "If it isn't about a patient, there's no need to type it again: open your message's own menu "
    "(on a phone, hold it), pick *Log as interaction*, and say so at the end of the form."
)
IN_THE_FORM = (
    "Leave that out here. Or, if it isn't about a patient, say so at the end of this form."
)


def finding(tx: Tx, text: str, request: Request) -> Finding | None:
    """Return what in a text looks like patient information, or None; names we know are none."""
    if patient_information(text, (), request.today) is None:
        return None
    return patient_information(text, name.every(tx), request.today)


def heed(
    tx: Tx, text: str, request: Request, form: Callable[[], OpenForm] | None = None
) -> str | None:
    """Raise Question when a text looks like patient information and nobody said that it is not.

    A text too long for a button is put into its `form`, where there is one. Returns what the audit
    is to say of a text that somebody vouched for, None of any other.
    """
    found = finding(tx, text, request)
    if found is None:
        return None
    if not request.is_cleared:
        raise _asked(found, request, form)
    return f"said not about a patient: {found.what}"


def _asked(found: Finding, request: Request, form: Callable[[], OpenForm] | None) -> Question:
    button = again("It isn't", request, is_cleared=True)
    if form and not button and not request.stays_in_slack:
        filled, refused = form(), f"{_looks_like(found)} {IN_THE_FORM}"
        return Question(
            say(refusal(found)), replace(filled, prefill={**filled.prefill, "refused": refused})
        )
    too_long = "" if button else TOO_LONG_IN_SLACK if form else TOO_LONG
    delete = DELETE_IT if request.stays_in_slack else ""
    return Question(say(refusal(found), too_long, delete, controls=button))


def refusal(found: Finding) -> str:
    """Return what is said to somebody whose text was refused."""
    return f"{_looks_like(found)} Please leave it out and try again."


def _looks_like(found: Finding) -> str:
    return f"I didn't save that; it looks like patient information ({found.what})."
