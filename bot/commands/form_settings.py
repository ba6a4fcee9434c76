"""The form of what owners decide for the practice: its place, hours, people, rhythms and words."""

from dataclasses import replace

from bot.commands import setting
from bot.commands.form import SEPARATOR, Submitted, fingerprint, require_unchanged
from bot.commands.form_cadences import cadence_lines
from bot.commands.form_decided import (
    ALWAYS,
    CURRENCIES,
    DIGEST_DAYS,
    KEPT,
    OFF,
    RHYTHMS,
    Decided,
    read_decided,
)
from bot.commands.form_roles import DESK_FIELD, OWNERS_FIELD, Roles, read_roles, write_roles
from bot.commands.person import require_owner
from bot.commands.reply import saved
from bot.commands.request import Context, OpenForm, Press, Request
from bot.commands.setting import Setting, said_back
from bot.domain.member import DESK, LIAISON, OWNER
from bot.domain.message import Message, say
from bot.domain.policy import Policy
from bot.domain.words import list_words
from bot.store import Change, Tx, partner, workspace

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
        decided = read_decided(form, partner.sorts(tx) | workspace.get(tx).policy.cadences.keys())
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


def _write(change: Change, decided: Decided, roles: Roles) -> None:
    settings = workspace.get(change)
    policy = replace(settings.policy, **decided.policy)
    if write_roles(change, roles):
        policy = replace(policy, decided=(*policy.decided, OWNERS_FIELD))
    differing = {
        name: value for name, value in decided.columns.items() if getattr(settings, name) != value
    }
    if differing or policy != settings.policy:
        workspace.save_policy(change, policy, **differing)


def _open(_value: str, request: Request, context: Context) -> OpenForm:
    require_owner(request, "see the practice's settings")
    with context.store.read(request.workspace) as tx:
        prefill = shown(tx)
        liaisons = [one.name for one in workspace.people(tx, LIAISON)]
    seen = fingerprint(prefill)
    return OpenForm("settings", {**prefill, "liaisons": list_words(liaisons)}, {"seen": seen})


PRACTICE_SETTINGS = Press("practice_settings", _open, {"settings": "those settings"})
