"""Nothing that can be typed breaks the reading."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.finding import Book, Name
from bot.domain.reading.days import future_day, past_day
from bot.domain.reading.kinds import KINDS
from bot.domain.reading.log import begins_with_verb, read_log
from bot.domain.reading.people import mentions, unescape

BOOK = Book([Name(1, "Riverside Orthopedics"), Name(2, "🏭"), Name(3, "מרכז"), Name(4, "")])
DAYS = st.dates()
SNIPPETS = st.sampled_from(
    "called |riverside |2/29| 20 min|$|9,9|:|the |last |tue|w/|&|\x00|\u202e|🏭|é|İ|ß|\ue000|<@U1"
    "|>|½|1/2 |’s|\n|to |by |on ".split("|")
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(SNIPPETS, max_size=80).map("".join))


@given(text=TEXTS, today=DAYS)
@settings(deadline=None)
def test_reading_never_raises(text: str, today: date) -> None:
    read = read_log(text, BOOK, today)
    assert read.kind in KINDS
    assert read.happened_on <= today
    assert read.next_step is None or (read.next_step[1] > today and read.next_step[0])
    assert read.has_kind or read.kind == "other"
    begins_with_verb(text)
    past_day(text, today)
    future_day(text, today)
    mentions(unescape(text))
    BOOK.find(text)
    BOOK.spot(text)
    BOOK.lead(text)
    BOOK.suggest(text)


PIECES = (
    "1|1 |a |the |called |$|1,|1.|1/|1-| |\t|(|last |of |an hour and |week |next week |<@U|'|’|"
    "\u202e|🏭|é|mon |-|½|riverside |\ue000|a couple of |in the |will |to set up |_|* |at |w/ "
).split("|")


@pytest.mark.parametrize("piece", PIECES)
def test_long_lines_are_read_whole_and_their_words_bounded(piece: str) -> None:
    text = (piece * 8_000)[:8_000]
    read = read_log(text, BOOK, date(2027, 3, 3))
    assert len(read.note) <= 8_000
    mentions(unescape(text))
    begins_with_verb(text)
