"""What a visitor can do on the page: one function each; they run beside the event loop."""

from collections.abc import Callable

from markupsafe import Markup, escape

from bot.practice import inputs, payloads
from bot.practice.answer import Answer
from bot.practice.page import given_by, wire
from bot.practice.page.session import Op, Session
from bot.practice.page.show import HOME
from bot.practice.records import Json, Message, View
from bot.practice.required import complaints

Act = Callable[[Session, Json], list[Op]]
FAILED = {
    "dispatch_failed": "{what} failed because the app did not respond. (dispatch_failed)",
    "operation_timeout": "{what} failed: the app took longer than 3 seconds. (operation_timeout)",
}


def look(session: Session, given: Json) -> list[Op]:
    """Act as somebody, look at a channel, the direct messages or the Home tab."""
    place = given.get("at") or session.place
    names = {channel.name: channel.id for channel in session.show.workspace.channels.values()}
    user = session.show.workspace.person(given.get("as") or session.user.id)
    session.look(user, names.get(place, place))
    if session.place == HOME:
        session.show.slack.open_home(session.user)
    return []


def earlier(session: Session, _given: Json) -> list[Op]:
    session.look_further_back()
    return []


def send(session: Session, given: Json) -> list[Op]:
    """Say something, or type a slash command."""
    text = str(given["text"]).strip()
    show = session.show
    show.stop_playing()
    if not text:
        return []
    if not text.startswith("/"):
        shown = payloads.escaped(show.workspace, text)
        show.slack.say(session.user, session.channel, shown)
        return []
    command, _, rest = text.partition(" ")
    if command not in show.commands:
        return toast(f"{command} is not a valid command.")
    answer = show.slack.slash(session.user, session.channel, rest.strip(), command)
    return _failure(answer, command)


def press(session: Session, given: Json) -> list[Op]:
    """Press a button, or pick from a menu, in a message, modal or Home tab."""
    session.show.stop_playing()
    where = given_by.where(session, given)
    blocks = where.body["blocks"] if isinstance(where, View) else where.blocks
    _, element = inputs.find(blocks, given["action"], None, 0, given["block"])
    answer = session.show.slack.press(
        session.user,
        where,
        given["action"],
        block_id=given["block"],
        value=given_by.value(session, element, given.get("value")),
        given=given_by.values(session, blocks, given.get("values", {})),
    )
    return _failure(answer, "That")


def shortcut(session: Session, given: Json) -> list[Op]:
    """Use a global shortcut, or one from the menu of a message."""
    session.show.stop_playing()
    found = given_by.where(session, given) if given.get("ts") else None
    message = found if isinstance(found, Message) else None
    answer = session.show.slack.shortcut(session.user, str(given["name"]), message)
    return _failure(answer, "The shortcut")


def submit(session: Session, given: Json) -> list[Op]:
    """Submit a modal, once everything that is required is there."""
    session.show.stop_playing()
    view = given_by.top(session, given)
    blocks = view.body["blocks"]
    workspace = session.show.workspace
    with workspace.changed:
        put = given_by.values(session, blocks, given.get("values", {}))
        view.values = inputs.state_values(blocks, put, view.values)
        view.errors = complaints(blocks, view.values)
        workspace.tell()
    if view.errors:
        return []
    return _failure(session.show.slack.submit_view(session.user, view), "That")


def close(session: Session, given: Json) -> list[Op]:
    session.show.slack.close_view(session.user, given_by.top(session, given))
    return []


def type_ahead(session: Session, given: Json) -> list[Op]:
    """Ask the app what an external menu offers."""
    answer = session.show.slack.type_ahead(
        session.user, given_by.where(session, given), given["action"], str(given["text"])
    )
    return [["offers", given["field"], answer.options], *_failure(answer, "The menu")]


def move(session: Session, given: Json) -> list[Op]:
    """Move the clock; playing is started by the page itself."""
    session.show.stop_playing()
    session.show.move(given["to"], session.user)
    return []


def step(session: Session, given: Json) -> list[Op]:
    """Go where a step of the tour is done, and type what it says."""
    wanted = session.show.tour[int(given["number"])]
    look(session, {"as": wanted.user, "at": wanted.at})
    return [["fill", wanted.text]]


def watch(session: Session, given: Json) -> list[Op]:
    session.watch_wire(bool(given["on"]))
    return []


def payload(session: Session, given: Json) -> list[Op]:
    """Show what one line of the inspector is about."""
    found = wire.payload(wire.find(session.show.workspace, str(given["id"])))
    html = Markup("").join(
        Markup("<h3>{}</h3><pre>{}</pre>").format(title, text) for title, text in found
    )
    return [["payload", given["id"], html]]


ACTS: dict[str, Act] = {
    "look": look,
    "earlier": earlier,
    "send": send,
    "press": press,
    "shortcut": shortcut,
    "submit": submit,
    "close": close,
    "type_ahead": type_ahead,
    "move": move,
    "step": step,
    "watch": watch,
    "payload": payload,
}


def toast(text: str) -> list[Op]:
    return [["toast", escape(text)]]


def _failure(answer: Answer, what: str) -> list[Op]:
    if not answer.error:
        return []
    return toast(
        FAILED.get(answer.error, "{what} failed: {error}").format(what=what, error=answer.error)
    )
