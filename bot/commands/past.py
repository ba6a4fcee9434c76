"""The day on which something was done, typed behind a partner or a number."""

from datetime import date

from bot.commands.reply import on
from bot.commands.request import Request
from bot.commands.which import Question, again, find
from bot.domain.finding import Book, Match
from bot.domain.message import Button, say
from bot.domain.partner import Partner
from bot.domain.reading.days import DayRead, future_day, past_day
from bot.domain.words import day_words, plain, short
from bot.errors import UserError
from bot.store import Tx


def confirm(day: date, is_doubtful: bool, request: Request) -> None:
    """Raise Question when a day without a year lies far back and nobody confirmed it yet."""
    if is_doubtful and not request.is_confirmed:
        yes = again("Yes, that day", request, is_confirmed=True)
        question = f"{on(day, request)} is a while back. Is that the day? Not saved yet."
        raise Question(say(question, controls=(*yes, Button("No", "dismiss"))))


def read_day(words: str, request: Request) -> date:
    """Read nothing but a day that has been; none typed is today."""
    if not words.strip():
        return request.today
    read = past_day(words, request.today)
    if read is None or read.rest.strip(" .!,"):
        refuse_to_come(future_day(words, request.today), request)
        raise UserError(
            f'Which day is "{plain(short(words, 60))}"? Try `yesterday` or `3/1`. '
            "Nothing was saved."
        )
    confirm(read.on, read.needs_confirming, request)
    return read.on


def read_partner_and_day(
    tx: Tx, book: Book, words: str, request: Request
) -> tuple[Partner, Match, date]:
    """Read "<partner> [day]" into the partner, the names it was found by, and the day."""
    day, name = request.today, words
    if not book.find(words).is_found:
        read = past_day(words, request.today)
        if read and read.rest.strip():
            day, name = read.on, read.rest
            confirm(day, read.needs_confirming, request)
        else:
            to_come = future_day(words, request.today)
            refuse_to_come(to_come if to_come and book.find(to_come.rest).names else None, request)
    return find(tx, book, name, request), book.find(name), day


def refuse_to_come(read: DayRead | None, request: Request) -> None:
    """Raise UserError when a day has not come yet."""
    if read and read.on > request.today:
        when = day_words(read.on, request.today)
        raise UserError(f"{when[:1].upper()}{when[1:]} hasn't come yet. Nothing was saved.")
