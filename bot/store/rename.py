"""Values without a person: their id wherever it stands, their full name in what people wrote."""

from collections.abc import Callable
from typing import Any

from bot.domain.member import FORGOTTEN
from bot.store.person import pattern

COLLEAGUE = "a former colleague"
# Texts in which a mention was kept as the person's name.
WRITTEN = frozenset({"note", "notes", "what"})

Rename = Callable[[str, Any], Any]


def renaming(user: str, name: str) -> Rename:
    """Return what takes a column and its value to the value without the person.

    One word of a name may be anybody's, so only a name of several is looked for.
    """
    by_id = pattern(user)
    by_name = pattern(name) if is_telling(name) else None

    def rename(column: str, value: Any) -> Any:
        if isinstance(value, str):
            text = by_id.sub(FORGOTTEN, value)
            return by_name.sub(COLLEAGUE, text) if by_name and column in WRITTEN else text
        if isinstance(value, dict):
            return {key: rename(key, part) for key, part in value.items()}
        return [rename(column, part) for part in value] if isinstance(value, list) else value

    return rename


def is_telling(name: str) -> bool:
    """Whether a name says by itself whose it is."""
    return len(name.split()) > 1
