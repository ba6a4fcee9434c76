"""Notes that are older than the owners of a practice want them kept are blanked, for good."""

from datetime import datetime, timedelta
from functools import partial

from bot.domain.when import local_day
from bot.store import Store, audit, retention, workspace
from bot.store.engine import JOB_PATIENCE, empty_log
from jobs.guard import attempt

# Whoever picked a shorter time by mistake has this long to take it back.
GRACE = timedelta(days=1)


def blank_old_notes(store: Store, now: datetime) -> int:
    """Blank what is over its time in every workspace; returns how many notes."""
    with store.peek() as connection:
        teams = workspace.ids(connection)
    work = {team: partial(_blank, store, team, now) for team in teams}
    return sum(attempt(one, f"notes of {team}") or 0 for team, one in work.items())


def _blank(store: Store, team: str, now: datetime) -> int:
    with store.read(team) as tx:
        settings, decided_at = workspace.get(tx), audit.last_at(tx, "settings")
        before = settings.policy.notes_before(local_day(now, settings.zone))
        is_fresh = decided_at is not None and now - decided_at < GRACE
        if before is None or is_fresh or not retention.old_notes(tx, before):
            return 0
    seen = retention.ahead(store, team, before)
    with store.change(team, now, "prune notes", patience=JOB_PATIENCE) as change:
        count = retention.blank_notes(change, before, seen)
    empty_log(store.engine)
    return count
