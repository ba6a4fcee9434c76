"""What a JSON value must look like, as small checks that name each problem and its place.

A check takes a value and its place (a JSON pointer) and yields problems worded as Slack words
them: ``must be less than 3001 characters [json-pointer:/blocks/0/text/text]``.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Problems = Iterator[str]
Check = Callable[[Any, str], Problems]


def problem(text: str, place: str) -> str:
    return f"{text} [json-pointer:{place}]"


def anything(value: Any, place: str) -> Problems:
    return iter(())


def boolean(value: Any, place: str) -> Problems:
    if not isinstance(value, bool):
        yield problem("must provide a boolean", place)


def string(most: int, least: int = 1) -> Check:
    def check(value: Any, place: str) -> Problems:
        if not isinstance(value, str):
            yield problem("must provide a string", place)
        elif len(value) < least:
            yield problem(f"must be more than {least - 1} characters", place)
        elif len(value) > most:
            yield problem(f"must be less than {most + 1} characters", place)

    return check


def number(least: float | None = None, most: float | None = None, whole: bool = False) -> Check:
    def check(value: Any, place: str) -> Problems:
        kinds = (int,) if whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds):
            yield problem("must provide a number", place)
        elif least is not None and value < least:
            yield problem(f"must be at least {least}", place)
        elif most is not None and value > most:
            yield problem(f"must be at most {most}", place)

    return check


def one_of(*allowed: Any) -> Check:
    def check(value: Any, place: str) -> Problems:
        if value not in allowed:
            yield problem(f"must be one of: {', '.join(map(str, allowed))}", place)

    return check


def items(each: Check, most: int, least: int = 1) -> Check:
    def check(value: Any, place: str) -> Problems:
        if not isinstance(value, list):
            yield problem("must provide an array", place)
            return
        if len(value) > most:
            yield problem(f"no more than {most} items allowed", place)
        if len(value) < least:
            yield problem(f"no fewer than {least} items allowed", place)
        for index, item in enumerate(value):
            yield from each(item, f"{place}/{index}")

    return check


@dataclass(frozen=True)
class Shape:
    """An object: the keys it must have, those it may have, and a rule over all of them."""

    required: Mapping[str, Check] = field(default_factory=dict)
    optional: Mapping[str, Check] = field(default_factory=dict)
    rule: Check = anything

    def __call__(self, value: Any, place: str) -> Problems:
        if not isinstance(value, dict):
            yield problem("must provide an object", place)
            return
        for key in self.required:
            if value.get(key) is None:
                yield problem(f"missing required field: {key}", place)
        for key, part in value.items():
            check = self.required.get(key) or self.optional.get(key)
            if check is None:
                yield problem(f"invalid additional property: {key}", place)
            elif part is not None:
                yield from check(part, f"{place}/{key}")
        yield from self.rule(value, place)


def typed(shapes: Mapping[str, Check], only: Collection[str] | None = None) -> Check:
    """An object whose `type` says which of the shapes it has; `only` narrows the choice."""

    def check(value: Any, place: str) -> Problems:
        if not isinstance(value, dict):
            yield problem("must provide an object", place)
            return
        kind = value.get("type")
        if kind is None:
            yield problem("missing required field: type", place)
        elif kind not in shapes or (only is not None and kind not in only):
            yield problem(f"unsupported type: {kind}", f"{place}/type")
        else:
            yield from shapes[kind](value, place)

    return check


def text(most: int, kinds: Collection[str] = ("plain_text", "mrkdwn"), least: int = 1) -> Check:
    """A text object of at most `most` characters."""
    kind_check, text_check = one_of(*kinds), string(most, least)
    options = {"plain_text": {"emoji": boolean}, "mrkdwn": {"verbatim": boolean}}

    def check(value: Any, place: str) -> Problems:
        kind = value.get("type") if isinstance(value, dict) else None
        optional = options.get(str(kind), {})
        yield from Shape({"type": kind_check, "text": text_check}, optional)(value, place)

    return check


def plain(most: int) -> Check:
    return text(most, ("plain_text",))


def at_least_one(*keys: str) -> Check:
    def check(value: Any, place: str) -> Problems:
        if not any(value.get(key) for key in keys):
            yield problem(f"must define at least one of: {', '.join(keys)}", place)

    return check


def exactly_one(*keys: str) -> Check:
    def check(value: Any, place: str) -> Problems:
        if sum(value.get(key) is not None for key in keys) != 1:
            yield problem(f"must define either {' or '.join(f'`{key}`' for key in keys)}", place)

    return check
