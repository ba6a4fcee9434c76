"""Markup, dates and charts without a browser."""

from datetime import UTC, datetime

import pytest

from bot.practice import PracticeSlack
from bot.practice.page import chart, mrkdwn
from bot.practice.page.dates import formatted
from bot.practice.page.reader import Reader

from .gallery import PIE
from .gallery import chart as chart_block

NOW = datetime(2027, 3, 3, 15, 0, tzinfo=UTC).timestamp()


@pytest.fixture
def reader() -> Reader:
    slack = PracticeSlack()
    slack.advance(NOW - slack.clock())
    slack.add_channel("general")
    return Reader(slack.workspace, slack.add_user("dana", "Dana Reyes", tz="America/Chicago"))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a *b* c", "a <strong>b</strong> c"),
        ("*_both_*", "<strong><em>both</em></strong>"),
        ("2*3*4 snake_case_name", "2*3*4 snake_case_name"),
        ("* not * bold", "* not * bold"),
        ("~old~", "<s>old</s>"),
        ("`*code*`", "<code>*code*</code>"),
        ("```\na\n*b*\n```", "<pre>a\n*b*\n</pre>"),
        ("one\ntwo", "one<br>two"),
        ("> said\n&gt; more\nthen", "<blockquote>said<br>more</blockquote>then"),
        ("a &lt;b&gt; &amp; c", "a &lt;b&gt; &amp; c"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<javascript:alert(1)|go>", "&lt;javascript:alert(1)|go&gt;"),
        ("\"' onload=x", "&#34;&#39; onload=x"),
        (":wave: :nosuch: 9:30:15", "👋 :nosuch: 9:30:15"),
        ("<!here>", '<span class="mention">@here</span>'),
        ("<@UNONE|sam>", '<span class="mention">@sam</span>'),
    ],
)
def test_mrkdwn(reader: Reader, text: str, html: str) -> None:
    assert mrkdwn.html(text, reader) == html


def test_mentions_and_links(reader: Reader) -> None:
    drawn = mrkdwn.html(f"<@{reader.person.id}> <https://a.example/?x=1&amp;y=2|a *b*>", reader)
    assert "@Dana Reyes" in drawn
    assert 'href="https://a.example/?x=1&amp;y=2"' in drawn
    assert 'rel="noopener noreferrer"' in drawn
    assert mrkdwn.html('<https://a.example/"onclick="x>', reader).startswith("&lt;https")


@pytest.mark.parametrize(
    ("form", "hours", "words"),
    [
        ("{date_num}", 0, "2027-03-03"),
        ("{date}", 0, "March 3rd, 2027"),
        ("{date_long} at {time}", 24, "Thursday, March 4th, 2027 at 9:00 AM"),
        ("{date_short_pretty}", -24, "yesterday"),
        ("{date_pretty}", 0, "today"),
        ("{date_short_pretty}", 72, "Mar 6, 2027"),
        ("{time_secs}", 4, "1:00:00 PM"),
        ("{ago}", -2, "2 hours ago"),
        ("{ago}", 25, "in 1 day"),
        ("{what}", 0, "{what}"),
    ],
)
def test_dates_are_in_the_readers_zone(reader: Reader, form: str, hours: int, words: str) -> None:
    assert formatted(str(int(NOW) + hours * 3600), form, reader) == words


def test_a_date_that_is_none_shows_its_fallback(reader: Reader) -> None:
    assert mrkdwn.html("<!date^x^{date}|some day>", reader) == "some day"


@pytest.mark.parametrize(
    ("least", "most", "ticks"),
    [
        (0, 5, [0, 2, 4, 6]),
        (0, 0, [0, 0.25, 0.5, 0.75, 1]),
        (-3, 9, [-5, 0, 5, 10]),
        (0, 1000, [0, 250, 500, 750, 1000]),
    ],
)
def test_a_scale_is_round_and_covers_everything(
    least: float, most: float, ticks: list[float]
) -> None:
    assert chart.scale(least, most) == ticks


@pytest.mark.parametrize("kind", ["bar", "line", "area"])
def test_shapes_stay_inside_and_say_their_figures(kind: str) -> None:
    made = chart.drawing(chart_block(kind, ("In", [3, -5, 4]), ("Out", [0, 0, 0])))
    assert made.words.endswith("Q1: In 3, Out 0; Q2: In -5, Out 0; Q3: In 4, Out 0")
    for bar in made.bars:
        assert 0 <= bar["y"] <= bar["y"] + bar["height"] <= chart.HEIGHT
        assert bar["height"] >= 0
    assert len(made.bars) == (6 if kind == "bar" else 0)
    assert len(made.dots) == (0 if kind == "bar" else 6)


def test_a_pie_names_its_shares() -> None:
    assert chart.drawing(PIE).names == ["Gyms: 3 (75%)", "Schools: 1 (25%)"]
