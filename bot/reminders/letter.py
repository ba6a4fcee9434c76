"""A whole direct message, from the facts of its rows: fresh, or drawn anew after a change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.fact import Facts
from bot.domain.message import Heading, Message, Part, Row, Small, Words
from bot.domain.words import greeting, number_word, plain
from bot.reminders import KINDS, Said
from bot.reminders.outcome import outcome

# So many items are named on a phone's lock screen.
NAMED_IN_PREVIEW = 3


@dataclass(frozen=True, slots=True)
class Letter:
    """A message, the reminders that it shows, and those found to be no longer true."""

    message: Message
    shows: tuple[int, ...]
    untrue: tuple[int, ...] = ()


def morning(facts: Sequence[Facts], local_now: datetime, limit: int) -> Letter:
    """Make the one message of a person's day: at most `limit` rows, what matters most first."""
    true, untrue = _sorted_out(facts)
    shown, rest = true[:limit], len(true) - limit
    parts: list[Part] = [Heading(_title(shown, local_now))]
    parts += [_row(row, said, number) for number, (row, said) in enumerate(shown, 1)]
    if rest > 0:
        parts.append(Small(f"{rest} more can wait: `/partner due`"))
    message = Message(tuple(parts), preview=_preview([said for _, said in shown]))
    return Letter(message, _ids(shown), untrue)


def alone(facts: Sequence[Facts]) -> Letter:
    """Make a message of its own for what is told at once."""
    true, untrue = _sorted_out(facts)
    parts = tuple(_row(row, said) for row, said in true)
    preview = "; ".join(said.short for _, said in true)
    return Letter(Message(parts, preview=_capital(preview)), _ids(true), untrue)


def redraw(facts: Sequence[Facts], delivery: int, reader: str) -> Message:
    """Make a message that was sent to `reader` anew: what happened to each of its rows."""
    parts = tuple(_now(row, delivery, reader) for row in facts)
    if facts and all(_has_moved(row, delivery, reader) for row in facts):
        parts = (Words("Moved to a newer message."),)
    return Message(parts or (Words("All done."),))


def _sorted_out(facts: Sequence[Facts]) -> tuple[list[tuple[Facts, Said]], tuple[int, ...]]:
    said = [(row, KINDS[row.reminder.kind].said(row)) for row in facts]
    true = [(row, words) for row, words in said if words]
    untrue = tuple(row.reminder.id for row, words in said if words is None)
    return sorted(true, key=_order), untrue


def _order(item: tuple[Facts, Said]) -> tuple[int, int, object, int]:
    """What matters most first; of one kind, what was shown less, or nobody would see the last."""
    reminder = item[0].reminder
    return KINDS[reminder.kind].rank, reminder.shown_count, reminder.show_on, reminder.id


def _ids(rows: Sequence[tuple[Facts, Said]]) -> tuple[int, ...]:
    return tuple(row.reminder.id for row, _ in rows)


def _title(shown: Sequence[tuple[Facts, Said]], local_now: datetime) -> str:
    name = f", {plain(shown[0][0].me)}" if shown and shown[0][0].me else ""
    return f"{greeting(local_now.hour)}{name}. {_capital(number_word(len(shown)))} today."


def _row(facts: Facts, said: Said, number: int | None = None) -> Row:
    controls = KINDS[facts.reminder.kind].controls(facts)
    text = f"{number}. {said.text}" if number else said.text
    return Row(text, controls, draft=said.draft, small=said.small, id=facts.reminder.id)


def _preview(said: Sequence[Said]) -> str:
    named = [words.short for words in said[:NAMED_IN_PREVIEW]]
    more = [f"{len(said) - len(named)} more"] if len(said) > len(named) else []
    return f"{len(said)} for today: {', '.join(named + more)}"


def _now(facts: Facts, delivery: int, reader: str) -> Part:
    if _has_moved(facts, delivery, reader):
        return Small(f"*{plain(facts.partner.name)}*: moved to a newer message")
    happened = outcome(facts, reader)
    if happened:
        return Row(happened.text, happened.controls, id=facts.reminder.id)
    shown = _as_shown(facts, delivery)
    said = KINDS[facts.reminder.kind].said(shown)
    if said is None:
        return Small(f"*{plain(facts.partner.name)}*: no longer needed")
    return _row(shown, said)


def _as_shown(facts: Facts, delivery: int) -> Facts:
    """The facts without the showing in this very message, which asks what it asked."""
    reminder = facts.reminder
    before = reminder.shown_count - (reminder.shown_in == delivery)
    return replace(facts, reminder=replace(reminder, shown_count=max(0, before)))


def _has_moved(facts: Facts, delivery: int, reader: str) -> bool:
    reminder = facts.reminder
    is_elsewhere = reminder.shown_in not in (delivery, None)
    return reminder.is_open and is_elsewhere and reminder.recipient == reader


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
