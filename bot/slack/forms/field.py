"""The inputs of a form as blocks, and what people put into them, both by the field's name."""

from collections.abc import Mapping
from typing import Any

from bot.commands.form import CLEARED, SEPARATOR
from bot.domain.member import FORGOTTEN
from bot.domain.words import ELLIPSIS, short
from bot.slack import limits
from bot.slack.elements import PICKS
from bot.slack.mrkdwn import Json

NO_PATIENTS = "Nothing about patients, please: no names, no record numbers."
# How elements name the one thing that was put into them.
ALONE = ("value", "selected_date", "selected_time", "selected_user", "selected_conversation")
Prefill = Mapping[str, str]


def modal(title: str, blocks: list[Json], submit: str = "Save") -> Json:
    """Return a view without the metadata by which it finds its way back."""
    return {
        "type": "modal",
        "title": literal(title, limits.VIEW_TITLE),
        "submit": literal(submit, limits.VIEW_TITLE),
        "close": literal("Cancel", limits.VIEW_TITLE),
        "blocks": blocks,
    }


def heading(text: str) -> Json:
    """Return a title within a form."""
    return {"type": "header", "text": literal(text, limits.HEADER_TEXT)}


def remark(text: str) -> Json:
    """Return a quiet line within a form."""
    return {"type": "context", "elements": [literal(text, limits.SECTION_TEXT)]}


def text(
    name: str,
    label: str,
    prefill: Prefill,
    most: int,
    *,
    hint: str = "",
    is_needed: bool = False,
    is_long: bool = False,
) -> Json:
    """Return a field for a text of at most `most` characters."""
    typed = prefill.get(name, "")[:most]
    element = {
        "type": "plain_text_input",
        "max_length": most,
        "multiline": is_long,
        **({"initial_value": typed} if typed else {}),
    }
    return _input(name, label, element, hint, is_needed)


def number(
    name: str,
    label: str,
    prefill: Prefill,
    most: int,
    *,
    is_decimal: bool = False,
    is_needed: bool = False,
) -> Json:
    """Return a field for a number that is not negative."""
    typed = prefill.get(name, "")
    element = {
        "type": "number_input",
        "is_decimal_allowed": is_decimal,
        "min_value": "0" if is_decimal else "1",
        "max_value": str(most),
        **({"initial_value": typed} if typed else {}),
    }
    return _input(name, label, element, is_needed=is_needed)


def choice(
    name: str, label: str, prefill: Prefill, options: Mapping[str, str], *, is_needed: bool = False
) -> Json:
    """Return a menu of `options`, value -> label; what stands there already is always offered."""
    now = prefill.get(name, "")
    offered = options if not now or now in options else {**options, now: now}
    made = {value: option(said, value) for value, said in offered.items()}
    element = {
        "type": "static_select",
        "options": list(made.values()),
        **({"initial_option": made[now]} if now else {}),
    }
    return _input(name, label, element, is_needed=is_needed)


def day(name: str, label: str, prefill: Prefill, *, is_needed: bool = False) -> Json:
    """Return a field for a day."""
    now = prefill.get(name)
    element = {"type": "datepicker", **({"initial_date": now} if now else {})}
    return _input(name, label, element, is_needed=is_needed)


def hour(name: str, label: str, prefill: Prefill, *, is_needed: bool = False) -> Json:
    """Return a field for a time of the day."""
    now = prefill.get(name)
    element = {"type": "timepicker", **({"initial_time": now} if now else {})}
    return _input(name, label, element, is_needed=is_needed)


def several(
    name: str, label: str, prefill: Prefill, options: Mapping[str, str], *, is_needed: bool = False
) -> Json:
    """Return boxes to tick, value -> label, at most ten."""
    made = {value: option(said, value) for value, said in options.items()}
    ticked = [made[value] for value in prefill.get(name, "").split(SEPARATOR) if value in made]
    element = {
        "type": "checkboxes",
        "options": list(made.values()),
        **({"initial_options": ticked} if ticked else {}),
    }
    return _input(name, label, element, is_needed=is_needed)


def people(name: str, label: str, prefill: Prefill, hint: str = "") -> Json:
    """Return a field for some people in the workspace."""
    now = [user for user in prefill.get(name, "").split(SEPARATOR) if user]
    known = {"initial_users": now} if now else {}
    return _input(name, label, {"type": "multi_users_select", **known}, hint)


def channel(name: str, label: str, prefill: Prefill, hint: str = "") -> Json:
    """Return a field for a channel of the practice's own."""
    now = prefill.get(name)
    known = {"initial_conversation": now} if now else {}
    return _input(name, label, {**PICKS["channel"], **known}, hint)


def person(name: str, label: str, prefill: Prefill, *, is_needed: bool = False) -> Json:
    """Return a field for somebody in the workspace."""
    now = prefill.get(name)
    known = {"initial_user": now} if now and now != FORGOTTEN else {}
    return _input(name, label, {"type": "users_select", **known}, is_needed=is_needed)


def partner(prefill: Prefill) -> Json:
    """Return the field in which partners and contacts are looked up while somebody types."""
    now = prefill.get("partner")
    known = option(prefill.get("partner_name", ""), now) if now else None
    element = {
        "type": "external_select",
        "min_query_length": 0,
        "placeholder": literal("Type a name", limits.MENU_TEXT),
        **({"initial_option": known} if known else {}),
    }
    return _input("partner", "Partner or contact", element, is_needed=True)


def cleared() -> Json:
    """Return the box by which a person vouches for what the guard refused."""
    said = option("What I wrote is not about a patient", "yes")
    element = {"type": "checkboxes", "options": [said]}
    return _input(CLEARED, "If I refuse a text by mistake", element)


def option(label: str, value: str) -> Json:
    """Return one thing that can be picked."""
    return {"text": literal(label, limits.OPTION_TEXT), "value": value}


def literal(words: str, limit: int) -> Json:
    """Return Slack's plain text object of words that are shown as they stand."""
    return {
        "type": "plain_text",
        "text": short(words.strip(), limit) or ELLIPSIS,
        "emoji": False,
    }


def _input(name: str, label: str, element: Json, hint: str = "", is_needed: bool = False) -> Json:
    return {
        "type": "input",
        "block_id": name,
        "label": literal(label, limits.INPUT_LABEL),
        "optional": not is_needed,
        "element": {"action_id": name, **element},
        **({"hint": literal(hint, limits.INPUT_LABEL)} if hint else {}),
    }


def read(state: Json) -> dict[str, str]:
    """Return what stands in each field; the shapes of `state` are Slack's and may be odd."""
    values = state.get("values")
    fields = values.items() if isinstance(values, dict) else ()
    return {
        name: _typed(next(iter(elements.values())))
        for name, elements in fields
        if isinstance(elements, dict) and elements
    }


def _typed(element: Any) -> str:
    if not isinstance(element, dict):
        return ""
    options = element.get("selected_options") or [element.get("selected_option")]
    people = element.get("selected_users")
    picked = [one.get("value") for one in options if isinstance(one, dict)]
    picked += people if isinstance(people, list) else []
    if picked:
        return SEPARATOR.join(str(one) for one in picked if one)
    return next((str(element[key]) for key in ALONE if element.get(key)), "")
