"""What the browser names and gives, as the workspace knows it."""

from datetime import datetime
from typing import Any

from bot.practice import inputs
from bot.practice.page import richtext
from bot.practice.page.session import Session
from bot.practice.records import Json, Message, View


def where(session: Session, given: Json) -> Message | View:
    """The message, modal or Home tab that was touched; raises LookupError."""
    if given.get("view"):
        view = session.show.workspace.views[given["view"]]
        if view.user != session.user.id:
            raise PermissionError("that belongs to somebody else")
        return view
    seen = session.show.workspace.seen_in(session.channel, session.user.id)
    found = next((one for one in seen if one.ts == given.get("ts")), None)
    if found is None:
        raise LookupError("that message is gone")
    return found


def top(session: Session, given: Json) -> View:
    stack = session.show.workspace.stacks.get(session.user.id, [])
    if not stack or stack[-1].id != given.get("view"):
        raise LookupError("that form is gone")
    return stack[-1]


def values(session: Session, blocks: list[Json], given: Json) -> Json:
    """What was put into inputs, by place, as each kind reports it."""
    places = {inputs.place(block, element): element for block, element in inputs.stateful(blocks)}
    return {
        name: value(session, places[name], put) for name, put in given.items() if name in places
    }


def value(session: Session, element: Json, put: Any) -> Any:
    """What was put into one element, as its kind reports it."""
    if put == "":
        return None
    if put and element["type"] == "datetimepicker":
        zone = session.reader.now.tzinfo
        return int(datetime.fromisoformat(str(put)).replace(tzinfo=zone).timestamp())
    if element["type"] == "rich_text_input":
        return richtext.typed(str(put or ""))
    return put
