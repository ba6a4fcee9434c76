"""Words are what people read: plain, short, and never a way to ping anybody."""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import words

TODAY = date(2027, 3, 3)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (TODAY, "today"),
        (date(2027, 3, 2), "yesterday"),
        (date(2027, 3, 4), "tomorrow"),
        (date(2027, 4, 14), "Wed, Apr 14"),
        (date(2026, 12, 4), "Fri, Dec 4"),
        (date(2028, 4, 14), "Fri, Apr 14, 2028"),
        (date(2026, 4, 14), "Tue, Apr 14, 2026"),
    ],
)
def test_days(day: date, expected: str) -> None:
    assert words.day_words(day, TODAY) == expected


def test_a_date_is_never_relative() -> None:
    assert words.date_words(TODAY, TODAY) == "Wed, Mar 3"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2026, 12, 4), TODAY, "Dec 4 to Mar 3"),
        (date(2027, 2, 22), date(2027, 2, 28), "Feb 22 to 28"),
        (TODAY, TODAY, "Mar 3"),
        (date(2025, 7, 1), date(2025, 9, 30), "Jul 1 to Sep 30, 2025"),
        (date(2026, 3, 4), TODAY, "Mar 4, 2026 to Mar 3, 2027"),
    ],
)
def test_spans(start: date, end: date, expected: str) -> None:
    assert words.span_words(start, end, TODAY) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(0, "0 min"), (20, "20 min"), (60, "1 hr"), (75, "1 hr 15 min"), (125, "2 hr 5 min")],
)
def test_minutes(minutes: int, expected: str) -> None:
    assert words.minutes_words(minutes) == expected


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("45", "USD", "$45"),
        ("45.00", "usd", "$45"),
        ("31.2", "USD", "$31.20"),
        ("20", "EUR", "€20"),
        ("1250", "USD", "$1,250"),
        ("-5", "USD", "-$5"),
        ("20", "SEK", "SEK 20"),
    ],
)
def test_money(amount: str, currency: str, expected: str) -> None:
    assert words.money_words(Decimal(amount), currency) == expected


def test_counts() -> None:
    assert words.count_words(1, "evaluation") == "1 evaluation"
    assert words.count_words(2, "evaluation") == "2 evaluations"
    assert words.count_words(0, "reply", "replies") == "0 replies"
    assert words.count_words(1200, "row") == "1,200 rows"


def test_numbers() -> None:
    assert [words.number_word(n) for n in (0, 1, 10, 11)] == ["0", "one", "ten", "11"]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], ""),
        (["Ana"], "Ana"),
        (["Ana", "Luis"], "Ana and Luis"),
        (["Ana", "Luis", "Jo"], "Ana, Luis and Jo"),
    ],
)
def test_lists(items: list[str], expected: str) -> None:
    assert words.list_words(items) == expected


def test_greetings() -> None:
    said = [words.greeting(hour).split()[1] for hour in (0, 11, 12, 16, 17, 23)]
    assert said == ["morning", "morning", "afternoon", "afternoon", "evening", "evening"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Dr. Lee & <Sons>", "Dr. Lee &amp; &lt;Sons&gt;"),
        ("<!channel> <@U1>", "&lt;!channel&gt; &lt;@U1&gt;"),
        ("<https://x.test|Invoice>", "&lt;https://x.test|Invoice&gt;"),
        ("@Here now", "@\u2060Here now"),
        ("two\r\nlines\x00", "two lines "),
        ("gym\u202eeman", "gymeman"),
        ("half \ud83d", "half \ufffd"),
        ("Café 👩‍⚕️", "Café 👩‍⚕️"),
    ],
)
def test_what_is_typed_stays_words(typed: str, expected: str) -> None:
    assert words.plain(typed) == expected


@given(st.text(st.characters()))
@settings(deadline=None)
def test_nothing_typed_can_ping_link_or_break_a_line(typed: str) -> None:
    said = words.plain(typed)
    assert not set("<>\n\r\x00") & set(said)
    assert not any(call in said.casefold() for call in ("@channel", "@here", "@everyone"))
    said.encode()


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("knee protocol", 13, "knee protocol"),
        ("knee protocol", 12, "knee…"),
        ("knee protocol", 5, "knee…"),
        ("knee protocol", 3, "kn…"),
        ("kneeprotocol", 5, "knee…"),
        ("knee", 1, "…"),
    ],
)
def test_cutting(text: str, limit: int, expected: str) -> None:
    assert words.short(text, limit) == expected


@given(st.text(), st.integers(1, 40))
@settings(deadline=None)
def test_a_cut_text_fits_and_says_that_it_is_cut(text: str, limit: int) -> None:
    cut = words.short(text, limit)
    assert len(cut) <= limit
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))


@given(st.dates(), st.dates(), st.dates(), st.integers(), st.decimals(allow_nan=False))
@settings(deadline=None)
def test_words_never_raise(day: date, end: date, today: date, n: int, amount: Decimal) -> None:
    said = [
        words.day_words(day, today),
        words.date_words(day, today),
        words.span_words(min(day, end), max(day, end), today),
        words.minutes_words(n),
        words.money_words(amount, "USD"),
        words.count_words(n, "row"),
        words.number_word(n),
    ]
    assert all(said)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(0, 5), "12:05 am"),
        (time(9), "9:00 am"),
        (time(12), "12:00 pm"),
        (time(23, 59), "11:59 pm"),
    ],
)
def test_times_of_the_day(at: time, said: str) -> None:
    assert words.time_words(at) == said


def test_an_instant_is_each_readers_own_and_reads_without_slack() -> None:
    at = datetime(2027, 3, 4, 9, 0, tzinfo=ZoneInfo("America/New_York"))
    said = words.instant_words(at, date(2027, 3, 3))
    assert said == "<!date^1804168800^{date_short_pretty} at {time}|tomorrow at 9:00 am>"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((0, 1, 2, 3, 4), "Monday to Friday"),
        ((1, 2, 3), "Tuesday to Thursday"),
        ((0, 1), "Mon and Tue"),
        ((0, 2, 4), "Mon, Wed and Fri"),
        ((6,), "Sun"),
    ],
)
def test_days_of_the_week(days: tuple[int, ...], said: str) -> None:
    assert words.weekdays_words(days) == said


def test_a_person_who_is_the_partner_is_named_once() -> None:
    assert words.person_at("Dana", "Iron Peak") == "Dana, Iron Peak"
    assert words.person_at("dr. amy  lee", "Dr. Amy Lee") == "Dr. Amy Lee"
