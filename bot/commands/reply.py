"""How commands answer: what was understood, and an Undo where something was written."""

from datetime import date

from bot.commands.request import Request
from bot.domain.message import Button, Control, Message, say
from bot.domain.partner import Partner
from bot.domain.words import date_words, person_at, plain
from bot.store import Change, Tx, partner
from bot.store import reminder as reminders


def saved(change: Change, *lines: str, controls: tuple[Control, ...] = ()) -> Message:
    """Answer that something was written, with Undo behind the other buttons."""
    return say(*lines, controls=(*controls, *undo(change)))


def undo(change: Change) -> tuple[Control, ...]:
    """Return the Undo of a committed change."""
    return undo_of(change.audit_id) if change.audit_id else ()


def undo_of(entry: int) -> tuple[Control, ...]:
    """Return the button that takes the change of an audit entry back."""
    return (Button("Undo", "undo", str(entry)),)


def next_check_in(tx: Tx, partner_id: int, request: Request) -> str:
    """Return the line that says when a partner is next to hear from us."""
    day = check_in_on(tx, partner_id)
    if day is None:
        return "No check-ins are planned."
    if day < request.today:
        return f"A check-in has been waiting since {on(day, request)}"
    return f"Next check-in: {'today' if day == request.today else on(day, request)}"


def check_in_on(tx: Tx, partner_id: int) -> date | None:
    """Return the day of the check-in that is open with a partner."""
    waiting = [row for row in reminders.of_partner(tx, partner_id) if row.kind == "check_in"]
    return (waiting[0].back_on or waiting[0].show_on) if waiting else None


def back_on_list(tx: Tx, partner_id: int, request: Request) -> str:
    """Return the line that says when a partner that could not be reached comes back."""
    day = check_in_on(tx, partner_id)
    return f"They're back on your list {on(day, request)}." if day else ""


def on(day: date, request: Request) -> str:
    """Return a day in words, never relative."""
    return date_words(day, request.today)


def who(tx: Tx, found: Partner, contact_id: int | None) -> str:
    """Return a partner's name, behind that of the contact there if one was named."""
    contact = partner.contact(tx, contact_id) if contact_id else None
    return plain(person_at(contact.name, found.name) if contact else found.name)


def named(name: str) -> str:
    """Return a partner's name as it stands in a message."""
    return f"*{plain(name)}*"
