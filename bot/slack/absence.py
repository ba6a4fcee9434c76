"""What Slack tells of when somebody wants to be left alone; its shapes may be odd."""

from datetime import UTC, date, datetime

from bot.domain.member import Span
from bot.domain.respect import vacation_until
from bot.errors import UserError
from bot.slack.mrkdwn import Json


def undisturbed(answer: object) -> Span | None:
    """Return the do-not-disturb time that goes on or comes next.

    Slack tells of a snooze only to the person who took it:
    https://docs.slack.dev/reference/methods/dnd.info
    """
    if not isinstance(answer, dict) or not answer.get("dnd_enabled"):
        return None
    start, end = (_instant(answer.get(f"next_dnd_{side}_ts")) for side in ("start", "end"))
    return (start, end) if start and end and start < end else None


def _instant(value: object) -> datetime | None:
    """Slack says 1 for a time that is none."""
    if type(value) is not int or value < 1:
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def back_on(about: Json, zone: str | None) -> date | None:
    """Return the first day after the vacation of which a status tells."""
    expires = about.get("status_expiration")
    emoji, text = (str(about.get(name) or "") for name in ("status_emoji", "status_text"))
    try:
        return vacation_until(emoji, text, expires if type(expires) is int else 0, zone)
    except (UserError, OverflowError, OSError, ValueError):
        return None
