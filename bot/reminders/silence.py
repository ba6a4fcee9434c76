"""What owners are told after hours in which Slack and the bot could not reach each other."""

from datetime import datetime

from bot.domain.message import Message, Small, Words
from bot.domain.words import date_words, time_words

NOT_RECORDED = "Anything typed with `/partner` then was not recorded."
REMINDERS = "Reminders of that time come now, or with the next morning message."


def silence(since: datetime, until: datetime) -> Message:
    """Say from when to when, both in the reader's zone."""
    said = f"Slack and I couldn't reach each other from {_span(since, until)}. {NOT_RECORDED}"
    return Message((Words(said), Small(REMINDERS)), preview=said)


def _span(since: datetime, until: datetime) -> str:
    start, end = time_words(since.time()), time_words(until.time())
    if since.date() == until.date():
        return f"{start} to {end}"
    first, last = (date_words(one.date(), until.date()) for one in (since, until))
    return f"{first}, {start}, to {last}, {end}"
