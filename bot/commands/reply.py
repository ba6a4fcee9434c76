"""How commands answer: what was understood, and an Undo where something was written."""

from datetime import date

from bot.commands.request import Request
from bot.domain.message import Button, Control, Message, say
from bot.domain.words import date_words, plain
from bot.store import Change, Tx
from bot.store import reminder as reminders


def saved(change: Change, *lines: str, controls: tuple[Control, ...] = ()) -> Message:
    """Answer that something was written, with Undo behind the other buttons."""
    return say(*lines, controls=(*controls, *undo(change)))


def undo(change: Change) -> tuple[Control, ...]:
    """Return the Undo of a committed change."""
    return (Button("Undo", "undo", str(change.audit_id)),) if change.audit_id else ()


def next_check_in(tx: Tx, partner_id: int, request: Request) -> str:
    """Return the line that says when a partner is next to hear from us."""
    waiting = [row for row in reminders.of_partner(tx, partner_id) if row.kind == "check_in"]
    if not waiting:
        return "No check-ins are planned."
    return f"Next check-in: {on(waiting[0].back_on or waiting[0].show_on, request)}"


def back_on_list(tx: Tx, partner_id: int, request: Request) -> str:
    """Return the line that says when a partner that could not be reached comes back."""
    waiting = [row for row in reminders.of_partner(tx, partner_id) if row.kind == "check_in"]
    return f"They're back on your list {on(waiting[0].show_on, request)}." if waiting else ""


def on(day: date, request: Request) -> str:
    """Return a day in words, never relative."""
    return date_words(day, request.today)


def named(name: str) -> str:
    """Return a partner's name as it stands in a message."""
    return f"*{plain(name)}*"
