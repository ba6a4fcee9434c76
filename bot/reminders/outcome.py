"""What a row says once somebody acted on it, with its Undo."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.fact import Facts
from bot.domain.message import Button, Control
from bot.domain.reminder import CHECK_IN, DONE, MOVED, NEXT_STEP, SKIPPED, WAIVED
from bot.domain.words import day_words, plain

PAST = {
    "call": "called",
    "email": "emailed",
    "text": "texted",
    "visit": "visited",
    "lunch": "had lunch",
    "meeting": "met",
    "event": "event",
    "workshop": "workshop",
    "gift": "gift",
    "thank_you": "thanked",
    "introduction": "introduction",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The words of a row that is dealt with, and what may still be pressed."""

    text: str
    controls: tuple[Control, ...] = ()


def outcome(facts: Facts, reader: str) -> Outcome | None:
    """Return what happened to a reminder, or None while it still waits for `reader`."""
    reminder = facts.reminder
    name = plain(facts.partner.name)
    if reminder.closed_how in _CLOSED:
        return Outcome(f"✓ *{name}*: {_CLOSED[reminder.closed_how](facts)}", _undo(facts))
    if _is_resting(facts) and reminder.recipient == reader:
        return Outcome(f"*{name}*: {_resting(facts)}", _undo(facts))
    if not reminder.is_open:
        return Outcome(f"*{name}*: no longer needed")
    if reminder.recipient != reader:
        return Outcome(f"*{name}*: with {_mention(reminder.recipient)} now")
    if reminder.back_on and reminder.last_shown_on and reminder.back_on > reminder.last_shown_on:
        back = day_words(reminder.back_on, facts.today)
        return Outcome(f"*{name}*: not now. Back {back}.", _undo(facts))
    return None


def _is_resting(facts: Facts) -> bool:
    is_paused = facts.partner.is_paused(facts.today) and facts.partner.ended_on is None
    return facts.reminder.kind == CHECK_IN and is_paused


def _resting(facts: Facts) -> str:
    until, name = facts.partner.paused_until, plain(facts.partner.name)
    how_long = f"resting until {day_words(until, facts.today)}" if until else "resting"
    return f"{how_long}. To bring it back: `/partner resume {name}`"


def _done(facts: Facts) -> str:
    if facts.step and facts.step.done_on:
        return f"{plain(facts.step.what)}, done {day_words(facts.step.done_on, facts.today)}."
    if facts.done is None:
        return "done."
    did = PAST.get(facts.done.kind, "done")
    return f"{did} {day_words(facts.done.happened_on, facts.today)}.{_next(facts)}"


def _next(facts: Facts) -> str:
    day = facts.next_check_in_on
    return f" Next check-in: {day_words(day, facts.today)}." if day else ""


def _skipped(facts: Facts) -> str:
    return f"skipped this one.{_next(facts)}"


def _waived(facts: Facts) -> str:
    return "dropped." if facts.reminder.kind == NEXT_STEP else "no thank-you needed."


def _moved(facts: Facts) -> str:
    return f"no longer due.{_next(facts)}"


_CLOSED: dict[str | None, Callable[[Facts], str]] = {
    DONE: _done,
    SKIPPED: _skipped,
    WAIVED: _waived,
    MOVED: _moved,
}


def _undo(facts: Facts) -> tuple[Control, ...]:
    if facts.change_id is None:
        return ()
    label = f"Undo: {plain(facts.partner.name)}"
    return (Button("Undo", "undo", str(facts.change_id), label=label),)


def _mention(user: str | None) -> str:
    return f"<@{user}>" if user else "nobody"
