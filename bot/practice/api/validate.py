"""blocks.validate: would Slack take these blocks, this message, this view?

https://docs.slack.dev/reference/methods/blocks.validate: nothing is posted or opened. What is
found wrong comes in `errors`, each with a pointer to its place in what was sent.
"""

import re
from typing import Any

from bot.practice.api.request import RefusalError, Request
from bot.practice.blocks import message_problems, view_problems
from bot.practice.records import Json

KINDS = ("blocks", "message", "view")
ONE_OF_THREE = "must provide exactly one of `blocks`, `view`, or `message`"
VIEWS = ("modal", "home")
_PLACE = re.compile(r"^(?P<words>.*?)(?: \[json-pointer:(?P<place>[^\]]*)\])?$", re.DOTALL)


def validate(request: Request) -> Json:
    given = [kind for kind in KINDS if request.given(kind)]
    if len(given) != 1:
        raise RefusalError("invalid_arguments", [ONE_OF_THREE])
    (kind,) = given
    problems = _problems(request, kind)
    if problems:
        raise _refusal(kind, problems)
    return {"ok": True}


def _problems(request: Request, kind: str) -> list[str]:
    found = request.parsed(kind, "invalid_json")
    if kind == "view":
        return list(view_problems(found, VIEWS))
    blocks: Any = found.get("blocks", []) if kind == "message" and _is_object(found) else found
    if not isinstance(blocks, list):
        return ["must provide an array [json-pointer:/blocks]"]
    return message_problems(blocks, request.unsupported)


def _is_object(found: Any) -> bool:
    return isinstance(found, dict)


def _refusal(kind: str, problems: list[str]) -> RefusalError:
    refusal = RefusalError(f"invalid_{kind}")
    refusal.answer["errors"] = [_error(kind, problem) for problem in problems]
    return refusal


def _error(kind: str, problem: str) -> Json:
    read = _PLACE.match(problem)
    place = (read and read["place"]) or ""
    return {
        "pointer": place.removeprefix("/blocks") if kind == "blocks" else place,
        "code": "failed_constraint",
        "message": read["words"] if read else problem,
    }
