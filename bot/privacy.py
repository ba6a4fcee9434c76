"""What a person can ask for: what is kept of them, to be forgotten, and old notes to go."""

import json
import re
from collections import Counter
from datetime import datetime, timedelta

from bot.domain.when import local_day
from bot.domain.words import count_words, list_words
from bot.errors import UserError
from bot.store import Store, person, retention, workspace
from bot.store.engine import JOB_PATIENCE, empty_log
from bot.store.forget import ahead, forget

_USER = re.compile(r"[UW][A-Z0-9]{1,39}")
_AGE = re.compile(r"(\d{1,5})\s*(d|days?|y|years?)")
_DAYS = {"d": 1, "y": 365}
# A shorter time is more likely a slip than a wish: notes are what a follow-up is made from.
SHORTEST = timedelta(days=30)
LEFT = (
    "First names in notes stay: look for them with `rapport export interactions`. "
    "Backups keep everything until they are deleted. In Slack, messages stay until deleted there."
)


def user_id(text: str) -> str:
    """Read a Slack user id; raises UserError for anything else."""
    if not _USER.fullmatch(text):
        raise UserError(f"--person wants a Slack user id such as U012AB3CD, not {text[:40]!r}.")
    return text


def age(text: str) -> timedelta:
    """Read "730d" or "2y"; raises UserError for anything else, and for less than a month."""
    found = _AGE.fullmatch(text.strip().lower())
    if not found:
        raise UserError(f'"{text[:40]}" is no age; write it like 730d or 2y.')
    span = timedelta(days=int(found[1]) * _DAYS[found[2][0]])
    if span < SHORTEST:
        raise UserError(f"Notes are kept for {SHORTEST.days} days at least.")
    return span


def copy_of(store: Store, team: str, user: str, now: datetime) -> bytes:
    """Return everything that names a person, as JSON."""
    with store.read(team) as tx:
        kept = person.kept(tx, user)
    head = {"person": user, "workspace": team, "written_at": now.isoformat(timespec="seconds")}
    return (json.dumps({**head, "kept": kept}, ensure_ascii=False, indent=2) + "\n").encode()


def forget_person(store: Store, team: str, user: str, now: datetime) -> str:
    """Replace a person by nobody in particular; returns what was done, in words.

    Raises UserError while others still have to take over from them.
    """
    before = ahead(store, team, user)
    with store.change(team, now, "forget", patience=JOB_PATIENCE) as change:
        done = forget(change, user)
    replaced = Counter(before) + Counter(done.replaced)
    empty_log(store.engine)
    gone = [
        *(["the profile"] if done.had_profile else []),
        *([f"the list of {count_words(done.messages, 'message')} to them"] * bool(done.messages)),
    ]
    told = [f"Deleted: {list_words(gone)}."] if gone else []
    if done.steps:
        told.append(f"{count_words(done.steps, 'open next step')} went to the partners' liaisons.")
    if replaced:
        where = [f"{count:,} in {table}" for table, count in replaced.items()]
        told.append(f"Their name or id was replaced in {list_words(where)}.")
    return "\n".join([*told, LEFT]) if told else f"Nothing here names {user}."


def blank_old_notes(
    store: Store, team: str, older_than: timedelta, now: datetime, is_dry_run: bool = False
) -> str:
    """Blank the notes of interactions older than that; returns what was done, in words."""
    with store.read(team) as tx:
        before = local_day(now, workspace.get(tx).zone) - older_than
        count = retention.old_notes(tx, before)
    noun = count_words(count, "note")
    if is_dry_run:
        return f"{noun} of interactions before {before} would be blanked. Nothing was changed."
    seen = retention.ahead(store, team, before)
    with store.change(team, now, "prune notes", patience=JOB_PATIENCE) as change:
        count = retention.blank_notes(change, before, seen)
    empty_log(store.engine)
    noun = count_words(count, "note")
    return f"{noun} of interactions before {before} blanked, in the record of changes too."
