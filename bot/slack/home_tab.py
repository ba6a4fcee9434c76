"""The Home tab as Slack speaks of it: somebody opened it, or pressed something in it."""

from bot.domain.message import Heading, Message
from bot.errors import SlackError
from bot.slack.blocks import page_over
from bot.slack.front import Front
from bot.slack.mrkdwn import Json
from bot.slack.sender import Sender

TITLE = "Rapport"


def opened(front: Front, body: Json) -> None:
    """Hear that somebody opened the app: its Home, or another tab, which has nothing to draw."""
    event, team = body["event"], str(body.get("team_id"))
    if event.get("tab") == "home" and team in front.tokens:
        front.homes.opened(team, event["user"], (event.get("view") or {}).get("hash"))


def is_in(body: Json) -> bool:
    """Whether something was pressed in Home."""
    return (body.get("view") or {}).get("type") == "home"


def answer(front: Front, sender: Sender, body: Json, message: Message | None) -> None:
    """Show what a press did: at the top of Home, or over it when it is a page of its own."""
    is_elsewhere = message and _is_page(message) and _is_shown(front, sender, body, message)
    if not is_elsewhere:
        front.homes.tell(sender.team, sender.user, message)


def _is_page(message: Message) -> bool:
    return any(isinstance(part, Heading) for part in message.parts)


def _is_shown(front: Front, sender: Sender, body: Json, message: Message) -> bool:
    """Open the answer over Home; False when Slack did not, so that it is said there."""
    try:
        front.messenger.open_view(sender.team, body["trigger_id"], page_over(TITLE, message))
    except SlackError:
        return False
    return True
