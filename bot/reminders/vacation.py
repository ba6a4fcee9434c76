"""A status of vacation in Slack: the person is asked once whether their messages are to wait."""

from datetime import date

from bot.domain.message import Button, Message, say
from bot.domain.words import date_words


def vacation(back_on: date, today: date) -> Message | None:
    """Ask whether to hold messages until `back_on`; None when that day has come."""
    if back_on <= today:
        return None
    day = date_words(back_on, today)
    hold = Button("Hold them", "away", back_on.isoformat(), f"Hold my messages until {day}")
    mine = Button("My settings", "my_settings", label="My settings: who covers for me")
    return say(
        f"Your Slack status says you're away until {day}. Shall I hold your messages until then? "
        "Under *My settings* you can also say who covers for you.",
        controls=(hold, mine),
    )
