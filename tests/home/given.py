"""A Home without Slack between: who looks, and what they see."""

from bot.commands.request import identify
from bot.domain.home import Place
from bot.domain.message import Ask, Controls, Heading, Message, Row
from bot.home.view import home
from bot.store import Tx
from bot.store import home as homes
from tests.speaker import TEAM, Team


def seen(team: Team, user: str, said: Message | None = None) -> Message:
    """What stands in somebody's Home, where they are in it."""
    request = identify(team.context, TEAM, user, team.now, "")
    with team.store.read(TEAM) as tx:
        place = homes.get(tx, user) or Place()
        return home(tx, request.member, request.settings, place, team.now, said)


def at(team: Team, user: str, place: Place) -> Message:
    """What stands in somebody's Home at a place."""
    with team.store.begin() as connection:
        homes.save(Tx(connection, TEAM), user, place, team.now)
    return seen(team, user)


def under(message: Message, title: str) -> list[str]:
    """The texts below a heading that begins so, up to the next heading."""
    found: list[str] = []
    is_there = False
    for part in message.parts:
        if isinstance(part, Heading):
            is_there = part.text.startswith(title)
        elif is_there and not isinstance(part, Controls | Ask):
            found.append(part.text)
    return found


def titles(message: Message) -> list[str]:
    return [part.text for part in message.parts if isinstance(part, Heading)]


def row(message: Message, words: str) -> Row:
    """The first row that says so."""
    return next(p for p in message.parts if isinstance(p, Row) and words in p.text)
