"""What a message is made of, and the text that screen readers get of it."""

from bot.domain.message import Button, Chart, Controls, Heading, Message, Row, Small, Words, say


def test_the_text_holds_everything() -> None:
    message = Message(
        (
            Heading("Good morning"),
            Row(
                "1. *Iron Peak*", (Button("Done", "step_done", "1"),), draft="Hi Dana", small="Note"
            ),
            Small("3 more"),
            Controls((Button("Show", "show", "1"),)),
        ),
        preview="1 for today",
    )
    assert message.text.splitlines() == [
        "1 for today",
        "Good morning",
        "1. *Iron Peak*",
        "Note",
        "Hi Dana",
        "3 more",
    ]


def test_a_draft_cannot_ping_where_it_is_spoken() -> None:
    message = Message((Row("x", draft="Hi <!channel> & @here"),))
    assert "<!" not in message.text
    assert "@here" not in message.text


def test_a_chart_is_said_in_figures() -> None:
    chart = Chart("Received", ("Jan", "Feb"), (("Received", (3, 4.5)), ("Came in", (1, 2))))
    assert chart.text.splitlines() == [
        "Received",
        "Jan: Received 3, Came in 1",
        "Feb: Received 4.5, Came in 2",
    ]


def test_say_leaves_empty_lines_out() -> None:
    assert say("a", "", "b") == Message((Words("a\nb"),))
    button = Button("Undo", "undo", "1")
    assert say("a", controls=(button,)) == Message((Words("a"), Controls((button,))))
