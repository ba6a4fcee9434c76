"""The sidebar: whom a visitor can act as, where they can go, and what is unread."""

from collections import Counter

from bot.practice.page import render
from bot.practice.page.reader import Reader, clock_time
from bot.practice.page.show import DM, Show
from bot.practice.records import Channel, Json, Person


def html(show: Show, reader: Reader, place: str) -> str:
    """Draw it for whoever the visitor acts as."""
    unread = show.unread()
    totals: Counter[str] = Counter()
    for (user, _), count in unread.items():
        totals[user] += count
    me = reader.person
    return render.page(
        "sidebar.html",
        people=[_person(show, one, totals[one.id], one is me) for one in show.cast()],
        channels=[
            _channel(one, unread.get((me.id, one.id), 0), one.id == place)
            for one in show.workspace.channels.values()
            if me.id in one.members and not one.is_im
        ],
        here=place,
        app=show.workspace.bot.real_name,
        dm_unread=unread.get((me.id, show.channel_of(me.id, DM)), 0),
    )


def _person(show: Show, person: Person, unread: int, is_me: bool) -> Json:
    at = clock_time(Reader(show.workspace, person).now)
    role = show.roles.get(person.id, "")
    return {"person": person, "role": role, "at": at, "unread": unread, "is_me": is_me}


def _channel(channel: Channel, unread: int, is_here: bool) -> Json:
    facts = {"id": channel.id, "name": channel.name, "is_private": channel.is_private}
    return {**facts, "unread": unread, "is_here": is_here}
