"""Mentions and escapes as Slack sends them."""

from bot.domain.reading.people import mentions, unescape


def test_mentions_in_order_and_once() -> None:
    text = "give <@U123|ana> and <@W9> and <@U123> harbor"
    assert mentions(text) == (["U123", "W9"], "give and and harbor")


def test_a_text_without_mentions_is_left_alone() -> None:
    assert mentions("mail  ana@example.com <#C1|general>") == (
        [],
        "mail  ana@example.com <#C1|general>",
    )


def test_unescape_once_and_only_what_slack_escapes() -> None:
    assert unescape("a &amp;lt; b &lt;3 &gt; c &quot;") == "a &lt; b <3 > c &quot;"


def test_unescape_leaves_mentions_and_curly_quotes() -> None:
    assert unescape("<@U1|ana> “hi” it’s") == "<@U1|ana> “hi” it’s"


def test_control_characters_become_spaces() -> None:
    assert unescape("a\x00b\tc\nd\x7f") == "a b c d "
