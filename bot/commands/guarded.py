"""The guard at every free text: what looks like patient information is asked about, not kept."""

from bot.commands.request import Request
from bot.commands.which import Question, again
from bot.domain.guard import Finding, patient_information
from bot.domain.message import say
from bot.store import Tx, name

DELETE_IT = "Please delete your message above. I can't, and Slack keeps it."

# A button carries 2,000 characters, a field of a form more.
TOO_LONG = (
    "If it isn't about a patient, your text is too long for a button of mine to say so: please "
    "shorten it, or put it into the form that `/partner log`, `/partner add` or `/partner next` "
    "opens when nothing follows, and say so there."
)


def finding(tx: Tx, text: str, request: Request) -> Finding | None:
    """Return what in a text looks like patient information, or None; names we know are none."""
    if patient_information(text, (), request.today) is None:
        return None
    return patient_information(text, name.every(tx), request.today)


def heed(tx: Tx, text: str, request: Request) -> str | None:
    """Raise Question when a text looks like patient information and nobody said that it is not.

    Returns what the audit is to say of a text that somebody vouched for, None of any other.
    """
    found = finding(tx, text, request)
    if found is None:
        return None
    if not request.is_cleared:
        raise _asked(found, request)
    return f"said not about a patient: {found.what}"


def _asked(found: Finding, request: Request) -> Question:
    button = again("It isn't", request, is_cleared=True)
    too_long = "" if button else TOO_LONG
    delete = DELETE_IT if request.stays_in_slack else ""
    return Question(say(refusal(found), too_long, delete, controls=button))


def refusal(found: Finding) -> str:
    """Return what is said to somebody whose text was refused."""
    return (
        f"I didn't save that; it looks like patient information ({found.what}). "
        "Please leave it out and try again."
    )
