"""The week ahead, under the rows (if any) of the week's first morning, for whoever wants it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.message import Heading, Message, Words
from bot.domain.when import WorkCalendar
from bot.domain.words import WEEKDAYS, greeting, plain

MOST_LINES = 7
KIND_WORDS = {"check_in": "check-in", "thank_you": "thank-you", "next_step": "next step"}


@dataclass(frozen=True, slots=True)
class Upcoming:
    """Something that comes up for a person on a day."""

    day: date
    partner: str
    kind: str


def is_first_of_week(today: date, calendar: WorkCalendar) -> bool:
    """Tell whether nobody worked yet in the week of `today`: a Monday, or the day after one off."""
    return calendar.on_or_after(today - timedelta(days=today.weekday())) == today


def with_week_ahead(message: Message, coming: Sequence[Upcoming]) -> Message:
    """Return a morning message with what comes up later in the week under its rows."""
    if not coming:
        return message
    lines = [_line(one) for one in coming[:MOST_LINES]]
    more = len(coming) - len(lines)
    also = [f"and {more:,} more"] if more else []
    part = Words("\n".join(("*Later this week*", *lines, *also)))
    return Message((*message.parts, part), message.preview, message.is_public)


def only_ahead(name: str, hour: int, coming: Sequence[Upcoming]) -> Message:
    """Make the message of a morning without rows, at a local `hour`, for a person of that name."""
    me = f", {plain(name.split()[0])}" if name.strip() else ""
    title = Heading(f"{greeting(hour)}{me}. Nothing for today.")
    return with_week_ahead(Message((title,), f"{len(coming):,} later this week"), coming)


def _line(one: Upcoming) -> str:
    day, kind = WEEKDAYS[one.day.weekday()], KIND_WORDS.get(one.kind, "")
    return f"{day}: {plain(one.partner)}{f', {kind}' if kind else ''}"
