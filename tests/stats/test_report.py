"""A report says its period and its definitions, draws its months and ends with what to do."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.message import Button, Chart, Message, Row, Small, Words
from bot.domain.period import Period, months, read_period
from bot.domain.tally import (
    NOTHING_TO_LOOK_AT,
    Attention,
    OpenTooLong,
    Rhythm,
    Tally,
    Unassigned,
    Waiting,
)
from bot.stats import PERSONAL
from bot.stats.chart import MOST_POINTS, chart
from bot.stats.look import look
from bot.stats.report import Figures, report
from tests.stats.given import tallies

TODAY = date(2027, 3, 3)
SOME = Tally(received=6, converted=4, lost=2, days_to_evaluation=((3, 4),))

QUIET = Rhythm(1, "Bay <View>", 9, date(2026, 10, 14), date(2027, 1, 12))
OPEN = OpenTooLong(2, "Harbor", 4)
NOBODY = Unassigned(3, "Meals on Wheels")
LONG = Waiting(4, "Iron Peak", date(2027, 1, 20))


def figures(words: str, attention: Attention = NOTHING_TO_LOOK_AT) -> Figures:
    period, _ = read_period(words, TODAY)
    by_month = {first: SOME for first, _ in months(period)}
    now = sum(by_month.values(), Tally())
    return Figures("Partners", period, TODAY, now, Tally(), chart(period, by_month), attention)


def charts(message: Message) -> list[Chart]:
    return [part for part in message.parts if isinstance(part, Chart)]


def test_begins_with_whose_figures_they_are_and_the_period() -> None:
    found = report(figures("90d"), is_public=True)
    assert isinstance(found.parts[0], Words)
    first = found.parts[0].text.splitlines()[0]
    assert first == "*Partners, Dec 4 to Mar 3* (the 90 days before in parentheses)"
    assert found.preview == "Partners, Dec 4 to Mar 3: 24 received, 16 came in"


def test_a_calendar_period_says_its_name_and_its_days() -> None:
    found = report(figures("last year"), is_public=True)
    assert "*Partners, 2026* (Jan 1 to Dec 31, 2026; 2025 in parentheses)" in found.text


def test_ends_with_what_the_words_mean() -> None:
    last = report(figures("90d"), is_public=True).parts[-1]
    assert isinstance(last, Small)
    assert last.text.startswith("_Came in = first evaluation done. ")
    assert "On time" not in last.text


def test_figures_of_the_chart_are_in_the_text() -> None:
    found = report(figures("last quarter"), is_public=True)
    [drawn] = charts(found)
    assert drawn.title == "Received and came in, by month"
    assert "Nov 2026: Received 6, Came in 4" in found.text


@pytest.mark.parametrize(("words", "count"), [("month", 0), ("2026-09", 0), ("20d", 1)])
def test_a_single_month_is_not_drawn(words: str, count: int) -> None:
    assert len(charts(report(figures(words), is_public=True))) == count


@given(st.dates(date(2010, 1, 1), TODAY), st.integers(0, 3660), tallies())
def test_a_chart_fits_and_counts_everything(start: date, days: int, tally: Tally) -> None:
    period = Period(start, start + timedelta(days=days), "some time")
    by_month = {first: tally for first, _ in months(period)}
    for drawn in chart(period, by_month):
        assert isinstance(drawn, Chart)
        assert len(drawn.title) <= 50
        assert 2 <= len(drawn.labels) == len(set(drawn.labels)) <= MOST_POINTS
        assert max(map(len, drawn.labels)) <= 20
        assert [sum(values) for _, values in drawn.series] == [
            tally.received * len(by_month),
            tally.converted * len(by_month),
        ]


def test_a_part_of_a_month_is_called_a_part() -> None:
    [drawn] = charts(report(figures("90d"), is_public=True))
    assert drawn.labels == ("Dec 2026 (part)", "Jan 2027", "Feb 2027", "Mar 2027 (part)")


def test_worth_a_look_takes_the_first_of_each_sort_with_its_button() -> None:
    found = look(Attention((QUIET,), (OPEN,), (NOBODY,), (LONG,)), TODAY)
    rows = [part for part in found if isinstance(part, Row)]
    assert [row.text for row in rows] == [
        "• Bay &lt;View&gt;: no referral since Jan 12, usually 3 a month",
        "• Harbor: 4 open over three weeks",
        "• Meals on Wheels: no liaison",
    ]
    assert [row.controls for row in rows] == [
        (Button("Show", "show", "1", "Show Bay &lt;View&gt;"),),
        (Button("Show", "show", "2", "Show Harbor"),),
        (Button("Assign", "assign", "3", "Assign a liaison to Meals on Wheels"),),
    ]


def test_worth_a_look_says_everything_of_a_partner_in_one_line() -> None:
    found = look(Attention(unassigned=(Unassigned(4, "Iron Peak"), NOBODY), waiting=(LONG,)), TODAY)
    assert [part.text for part in found[1:]] == [
        "• Iron Peak: no liaison; waiting for a check-in since Jan 20",
        "• Meals on Wheels: no liaison",
    ]


def test_nothing_worth_a_look_says_nothing() -> None:
    assert look(NOTHING_TO_LOOK_AT, TODAY) == []


def test_a_person_is_told_what_they_did_first() -> None:
    found = figures("90d")
    personal = Figures("<@U1>", found.period, TODAY, SOME, SOME, statistics=PERSONAL)
    said = report(personal, is_public=False)
    assert not said.is_public
    assert not charts(said)
    assert "\nInteractions: *0* (0)\nReceived: *6* (6)\n" in said.text


def test_without_any_figure_it_says_how_to_begin() -> None:
    period, _ = read_period("month", TODAY)
    found = report(Figures("Partners", period, TODAY, Tally(), Tally()), is_public=True)
    assert "Nothing was recorded" in found.text
    assert "Received" not in found.text
