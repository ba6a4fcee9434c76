"""The form of what owners decide for the practice: its place, hours, people, rhythms and words."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from bot.commands import setting
from bot.commands.form import (
    SEPARATOR,
    FieldError,
    Submitted,
    at,
    fingerprint,
    require_unchanged,
)
from bot.commands.form_cadences import cadence_lines, read_cadences
from bot.commands.form_roles import DESK_FIELD, OWNERS_FIELD, Roles, read_roles, write_roles
from bot.commands.person import require_owner
from bot.commands.reply import saved
from bot.commands.request import Context, OpenForm, Press, Request
from bot.commands.setting import Setting, said_back
from bot.domain.cadence import QUARTERLY, Cadence, read_cadence
from bot.domain.member import DESK, LIAISON, OWNER
from bot.domain.message import Message, say
from bot.domain.policy import EACH, MONTHLY, TWO_WEEKS, Policy
from bot.domain.when import WorkCalendar, zone
from bot.domain.words import CURRENCY_SIGNS, WEEKDAYS, list_words
from bot.store import Change, Tx, partner, workspace

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

SETTINGS = {
    "country": Setting("Country, for public holidays", empty="none, so no public holidays"),
    "state": Setting("State or province"),
    "zone": Setting("Time zone of the practice"),
    "days": Setting("Working days", setting.on_days),
    "starts": Setting("Work starts", setting.hour),
    "ends": Setting("Work ends", setting.hour),
    OWNERS_FIELD: Setting("Owners", setting.people),
    DESK_FIELD: Setting("Asked about first evaluations", setting.people, "nobody"),
    "channel": Setting("Where I post", lambda channel: f"<#{channel}>", "nowhere"),
    "digest_day": Setting("The week's digest there", setting.one_of(DIGEST_DAYS)),
    "digest_at": Setting("Digest at", setting.hour),
    "cadence": Setting("A check-in, unless said otherwise", empty="every quarter"),
    "cadences": Setting("By category or tier", setting.lines, "nothing of their own"),
    "rhythm": Setting("Thank-yous to a partner", setting.one_of(RHYTHMS)),
    "notes_kept": Setting("Notes are kept", setting.one_of(KEPT)),
    "currency": Setting("Currency", setting.one_of(CURRENCIES)),
}


@dataclass(frozen=True, slots=True)
class _Decided:
    """The columns of the workspace, and the fields of its policy, that stand in the form."""

    columns: dict[str, str | None]
    policy: dict[str, Any]


def shown(tx: Tx) -> dict[str, str]:
    """Return what stands in the form of a practice."""
    settings = workspace.get(tx)
    owners, desk = (workspace.people(tx, role) for role in (OWNER, DESK))
    return {
        **{name: getattr(settings, name) or "" for name in COLUMNS},
        **_of_policy(settings.policy),
        OWNERS_FIELD: SEPARATOR.join(one.member for one in owners),
        DESK_FIELD: SEPARATOR.join(one.member for one in desk),
    }


COLUMNS = ("country", "state", "zone", "channel", "currency")


def _of_policy(policy: Policy) -> dict[str, str]:
    return {
        "days": SEPARATOR.join(str(day) for day in policy.work_days),
        "starts": f"{policy.work_starts:%H:%M}",
        "ends": f"{policy.work_ends:%H:%M}",
        "digest_day": OFF if policy.digest_day is None else str(policy.digest_day),
        "digest_at": f"{policy.digest_at:%H:%M}",
        "cadence": policy.cadence.words,
        "cadences": cadence_lines(policy.cadences),
        "rhythm": policy.thank_you_rhythm,
        "notes_kept": str(policy.notes_kept_months or ALWAYS),
    }


def submit_settings(form: Submitted, request: Request, context: Context) -> Message:
    """Keep what an owner decided, and move what follows from it."""
    require_owner(request, "change the practice's settings")
    roles = read_roles(form, request, context)
    with context.store.read(request.workspace) as tx:
        decided = _read(form, partner.sorts(tx) | workspace.get(tx).policy.cadences.keys())
    with context.store.change(
        request.workspace, request.now, "settings", request.user, request.key
    ) as change:
        workspace.lock(change)
        require_owner(replace(request, member=workspace.member(change, request.user)), "do that")
        before = shown(change)
        require_unchanged(form, before)
        _write(change, decided, roles)
        after = shown(change)
    lines = said_back(SETTINGS, before, after)
    if not lines:
        return say("The settings are as they were; nothing was changed.")
    return saved(change, "✓ *The practice's settings are saved.*", *lines)


def _write(change: Change, decided: _Decided, roles: Roles) -> None:
    settings = workspace.get(change)
    policy = replace(settings.policy, **decided.policy)
    if write_roles(change, roles):
        policy = replace(policy, decided=(*policy.decided, OWNERS_FIELD))
    differing = {
        name: value for name, value in decided.columns.items() if getattr(settings, name) != value
    }
    if differing or policy != settings.policy:
        workspace.save_policy(change, policy, **differing)


def _read(form: Submitted, in_use: Collection[str]) -> _Decided:
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
    return _Decided(_columns(form), policy)


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


def _open(_value: str, request: Request, context: Context) -> OpenForm:
    require_owner(request, "see the practice's settings")
    with context.store.read(request.workspace) as tx:
        prefill = shown(tx)
        liaisons = [one.name for one in workspace.people(tx, LIAISON)]
    seen = fingerprint(prefill)
    return OpenForm("settings", {**prefill, "liaisons": list_words(liaisons)}, {"seen": seen})


PRACTICE_SETTINGS = Press("practice_settings", _open)
