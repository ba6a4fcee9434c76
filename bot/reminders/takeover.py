"""Somebody was given all partners of somebody who has left: they are told once what came."""

from collections.abc import Sequence
from datetime import date

from bot.domain.message import Message, say
from bot.domain.words import count_words, date_words, list_words, plain

NAMED = 10


def takeover(
    by: str | None,
    names: Sequence[str],
    steps: int,
    first: tuple[str, date] | None,
    today: date,
) -> Message:
    """Say what `by` handed over, and with whom (`first`) and when the next check-in is."""
    verb = "is" if len(names) == 1 else "are"
    count = count_words(len(names), "partner")
    given = f"*{count} {verb} yours to look after now:* {_named(names)}."
    also = f" {count_words(steps, 'next step')} came along." if steps else ""
    return say(f"{given}{also}", f"{_next(first, today)}{_from(by)} See `/partner list mine`.")


def _named(names: Sequence[str]) -> str:
    more = [f"{len(names) - NAMED:,} more"] if len(names) > NAMED else []
    return list_words([*(plain(name) for name in names[:NAMED]), *more])


def _next(first: tuple[str, date] | None, today: date) -> str:
    if first is None:
        return "No check-in is planned yet."
    name, day = first
    if day < today:
        return f"*{plain(name)}* has been waiting for a check-in since {date_words(day, today)}."
    when = "today" if day == today else date_words(day, today)
    return f"The next check-in is with *{plain(name)}*, {when}."


def _from(by: str | None) -> str:
    return f" <@{by}> handed them over." if by else ""
