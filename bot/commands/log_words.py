"""The form of an interaction, filled in with what somebody's words say."""

from dataclasses import replace
from datetime import date

from bot.commands.did import MESSAGE
from bot.commands.person import with_names
from bot.commands.request import OpenForm
from bot.domain.finding import Match
from bot.domain.guard import YEARS_BACK
from bot.domain.reading.log import LogRead, read_log
from bot.domain.words import person_at, short
from bot.store import Tx, partner

LONGEST_NOTE = 3000


def form_of(tx: Tx, text: str, said_on: date, link: str = "") -> OpenForm:
    """Return the form with what a text says, that was said on a day; all of it is the note.

    What the words leave open stays empty. A `link` to where they stand ends the note.
    """
    words = with_names(tx, text)
    read = read_log(words, partner.book(tx), said_on)
    who = _partner(tx, read.partner)
    if read.happened_on.year <= said_on.year - YEARS_BACK:
        # Somebody's birthday, most likely; the right day can be picked in the form.
        read = replace(read, happened_on=said_on)
    return OpenForm("log", {**who, **_read(read), "note": _note(words, link)})


def _read(read: LogRead) -> dict[str, str]:
    """Return what the words say, as it stands in the form."""
    step, step_on = read.next_step or ("", None)
    kind = read.kind if read.is_reached else MESSAGE
    return {
        "kind": kind if read.has_kind else "",
        "day": read.happened_on.isoformat(),
        "minutes": str(read.minutes or ""),
        "cost": "" if read.cost is None else f"{read.cost:.2f}",
        "step": step,
        "step_day": step_on.isoformat() if step_on else "",
    }


def _partner(tx: Tx, match: Match) -> dict[str, str]:
    """Return the partner or contact that is meant, if it is clear which."""
    found = partner.get(tx, match.partner_id) if match.partner_id else None
    if found is None:
        return {}
    person = partner.contact(tx, match.contact_id) if match.contact_id else None
    if person is None:
        return {"partner": str(found.id), "partner_name": found.name}
    named = person_at(person.name, found.name)
    return {"partner": f"{found.id}:{person.id}", "partner_name": named}


def _note(words: str, link: str) -> str:
    return f"{short(words.strip(), LONGEST_NOTE - len(link) - 1)}\n{link}".strip()
