"""How often by category or tier, one on a line, such as "gym: every 2 months"."""

import re
from collections.abc import Collection, Mapping

from bot.commands.form import FieldError, Submitted
from bot.domain.cadence import Cadence, read_cadence
from bot.domain.partner import CATEGORIES, category_named
from bot.domain.policy import key_of
from bot.domain.words import plain, short
from bot.errors import UserError

LONGEST = 3000
_LINE = re.compile(r"(?:tier\s+)?(?P<name>[^:=,]+)[:=,]\s*(?P<words>.+)", re.IGNORECASE)


def cadence_lines(cadences: Mapping[str, Cadence]) -> str:
    """Return cadences as they stand in the form."""
    return "\n".join(f"{name}: {one.words}" for name, one in sorted(cadences.items()))


def read_cadences(form: Submitted, field: str, in_use: Collection[str]) -> dict[str, Cadence]:
    """Return the cadences by category or tier; `in_use` are those that partners have.

    Raises FieldError that names the line.
    """
    found: dict[str, Cadence] = {}
    for line in form.text(field, LONGEST).splitlines():
        if not line.strip():
            continue
        try:
            name, cadence = _read(line.strip(), in_use)
        except UserError as error:
            raise FieldError(field, f'"{plain(short(line.strip(), 40))}": {error}') from None
        found[name] = cadence
    return found


def _read(line: str, in_use: Collection[str]) -> tuple[str, Cadence]:
    parts = _LINE.fullmatch(line)
    if not parts:
        raise UserError("please write it like `gym: every 2 months`.")
    tier = key_of(parts["name"])
    name = tier if tier in in_use else category_named(tier)
    if name not in CATEGORIES and name not in in_use:
        raise UserError("none of your partners has that category or tier.")
    return name, read_cadence(parts["words"])
