"""What stands in the form of a practice's settings, read as what its owners decide."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from bot.commands.form import FieldError, Submitted, at
from bot.commands.form_cadences import read_cadences
from bot.domain.cadence import QUARTERLY, Cadence, read_cadence
from bot.domain.policy import EACH, MONTHLY, TWO_WEEKS
from bot.domain.when import WorkCalendar, zone
from bot.domain.words import CURRENCY_SIGNS, WEEKDAYS

_CHANNEL, _CURRENCY = re.compile(r"[CG][A-Z0-9]{1,38}"), re.compile(r"[A-Z]{3}")
OFF = "off"
DIGEST_DAYS = {OFF: "Never", **{str(n): f"On {name}s" for n, name in enumerate(WEEKDAYS)}}
RHYTHMS = {
    EACH: "After each evaluation",
    TWO_WEEKS: "At most every two weeks",
    MONTHLY: "At most once a month",
}
ALWAYS = "always"
KEPT = {ALWAYS: "For ever", **{str(n): f"{n} months" for n in (6, 12, 24, 36, 60, 84, 120)}}
CURRENCIES = {code: f"{code} ({sign})" for code, sign in CURRENCY_SIGNS.items()}


@dataclass(frozen=True, slots=True)
class Decided:
    """The columns of the workspace, and the fields of its policy, that stand in the form."""

    columns: dict[str, str | None]
    policy: dict[str, Any]


def read_decided(form: Submitted, in_use: Collection[str]) -> Decided:
    """Return what was decided; `in_use` are the categories and tiers that partners have.

    Raises FieldError at the first field that has to be put right.
    """
    starts, ends = form.hour("starts"), form.hour("ends")
    if starts is None or ends is None:
        raise FieldError("starts" if starts is None else "ends", "At what time?")
    if starts >= ends:
        raise FieldError("ends", "Please pick a time after work starts.")
    digest_at = form.hour("digest_at")
    if digest_at is None or not starts <= digest_at < ends:
        raise FieldError("digest_at", "Please pick a time in working hours.")
    policy = {
        "work_days": form.weekdays("days"),
        "work_starts": starts,
        "work_ends": ends,
        "digest_day": _digest_day(form),
        "digest_at": digest_at,
        "cadence": _cadence(form),
        "cadences": read_cadences(form, "cadences", in_use),
        "thank_you_rhythm": _picked(form, "rhythm", RHYTHMS),
        "notes_kept_months": _months(form),
    }
    return Decided(_columns(form), policy)


def _columns(form: Submitted) -> dict[str, str | None]:
    country, state = (form.line(name, 10).upper() or None for name in ("country", "state"))
    with at("country"):
        WorkCalendar(country)
    with at("state"):
        WorkCalendar(country, state)
    with at("zone"):
        place = zone(form.line("zone", 60)).key
    channel = form.line("channel", 40)
    if channel and not _CHANNEL.fullmatch(channel):
        raise FieldError("channel", "Please pick a channel.")
    return {
        "country": country,
        "state": state,
        "zone": place,
        "channel": channel or None,
        "currency": _currency(form),
    }


def _currency(form: Submitted) -> str:
    code = form.line("currency", 3).upper()
    if not _CURRENCY.fullmatch(code):
        raise FieldError("currency", "Which currency?")
    return code


def _cadence(form: Submitted) -> Cadence:
    with at("cadence"):
        words = form.line("cadence", 300)
        return read_cadence(words) if words else QUARTERLY


def _months(form: Submitted) -> int | None:
    kept = _picked(form, "notes_kept", KEPT)
    return None if kept == ALWAYS else int(kept)


def _digest_day(form: Submitted) -> int | None:
    day = _picked(form, "digest_day", DIGEST_DAYS)
    return None if day == OFF else int(day)


def _picked(form: Submitted, field: str, options: Collection[str]) -> str:
    value = form.values.get(field, "")
    if value not in options:
        raise FieldError(field, "Please pick one.")
    return value
