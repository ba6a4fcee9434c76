"""Opening a form, and what it carries to find its way back."""

import json
import logging
from dataclasses import dataclass
from typing import Any

from bot.commands.request import OpenForm
from bot.domain.message import Message, say
from bot.errors import SlackError
from bot.slack.forms import FORMS
from bot.slack.front import Front
from bot.slack.mrkdwn import Json
from bot.slack.web import TOKEN_ERRORS

log = logging.getLogger(__name__)

NOT_OPENED = "Slack didn't open the form in time. Nothing was saved; please try again."

NOT_LET = (
    "Slack doesn't let me open forms just now. Nothing was saved; please tell whoever runs Rapport."
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form was opened, and so where its answer goes.

    The answer replaces an ephemeral message, or stands at the top of Home; a reminder's row is
    drawn anew and needs none.
    """

    url: str = ""
    is_replaced: bool = False
    is_redrawn: bool = False
    is_home: bool = False


def open_form(
    front: Front, team: str, trigger_id: str, form: OpenForm, origin: Origin
) -> Message | None:
    """Open a form within the trigger's three seconds; return a word for the person if it failed."""
    view = {
        **FORMS[form.name](form.prefill),
        "callback_id": form.name,
        "private_metadata": packed(form, origin),
    }
    try:
        front.messenger.open_view(team, trigger_id, view)
    except SlackError as error:
        log.warning("form %s not opened: %s", form.name, error.reason)
        return say(NOT_LET if error.reason in TOKEN_ERRORS else NOT_OPENED)
    return None


def packed(form: OpenForm, origin: Origin) -> str:
    """Return what a form carries: ids and where its answer goes, nothing that people typed."""
    return json.dumps(
        {
            "about": dict(form.about),
            "url": origin.url,
            "is_replaced": origin.is_replaced,
            "is_redrawn": origin.is_redrawn,
            "is_home": origin.is_home,
        }
    )


def unpacked(view: Json) -> tuple[dict[str, str], Origin]:
    """Return what a form carried; one without it is about nothing and came from nowhere."""
    try:
        found: Any = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        found = {}
    if not isinstance(found, dict):
        return {}, Origin()
    about = found.get("about")
    ids = about if isinstance(about, dict) else {}
    url = str(found.get("url") or "")
    told = {name: found.get(name) is True for name in ("is_replaced", "is_redrawn", "is_home")}
    origin = Origin(url, **told)
    return {str(name): str(value) for name, value in ids.items()}, origin
