"""What Slack's client asks for before it lets a form go."""

import re
from collections.abc import Iterator

from bot.practice import inputs
from bot.practice.records import Json

EMPTY = "Please complete this required field."
FORMATS = {
    "email_text_input": (r"[^@\s]+@[^@\s]+\.[^@\s]+", "Please enter a valid email address."),
    "url_text_input": (r"https?://\S+", "Please enter a valid URL."),
    "number_input": (r"-?\d+(\.\d+)?", "Please enter a number."),
}


def complaints(blocks: list[Json], values: Json) -> dict[str, str]:
    """Return what stands at which block_id; empty when the form may go."""
    found: dict[str, str] = {}
    for block, element in inputs.stateful(blocks):
        if block["type"] == "input":
            report = values[block["block_id"]][element["action_id"]]
            for complaint in _complaints(block, element, report):
                found.setdefault(block["block_id"], complaint)
    return found


def _complaints(block: Json, element: Json, report: Json) -> Iterator[str]:
    if inputs.is_empty(report):
        if not block.get("optional"):
            yield EMPTY
        return
    value = report.get("value")
    if isinstance(value, str):
        yield from _about_text(element, value)
    most = element.get("max_selected_items")
    chosen = report[inputs.REPORTS[element["type"]]]
    if most and len(chosen) > most:
        yield f"Please choose no more than {most}."


def _about_text(element: Json, value: str) -> Iterator[str]:
    pattern, words = FORMATS.get(element["type"], (r".*", ""))
    if not re.fullmatch(pattern, value, re.S):
        yield words
        return
    if len(value) < element.get("min_length", 0):
        yield f"Please enter at least {element['min_length']} characters."
    if len(value) > element.get("max_length", 3000):
        yield f"Please enter no more than {element.get('max_length', 3000)} characters."
    if element["type"] == "number_input":
        yield from _about_number(element, value)


def _about_number(element: Json, value: str) -> Iterator[str]:
    if "." in value and not element.get("is_decimal_allowed"):
        yield "Please enter a whole number."
    if "min_value" in element and float(value) < float(element["min_value"]):
        yield f"Please enter {element['min_value']} or more."
    if "max_value" in element and float(value) > float(element["max_value"]):
        yield f"Please enter {element['max_value']} or less."
