"""Whoever is back from an absence gets what was theirs again."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.domain.member import Member
from bot.domain.messenger import Messenger
from bot.domain.when import local_day
from bot.store import Store, workspace
from bot.store.engine import JOB_PATIENCE
from jobs.guard import attempt


def welcome_back(store: Store, _messenger: Messenger, now: datetime) -> int:
    """End the absences whose last day is over; returns how many."""
    with store.peek() as connection:
        away = workspace.absent(connection)
    work = [partial(_end, store, one, now) for one, zone in away if _is_back(one, zone, now)]
    return sum(attempt(one, "an absence") or 0 for one in work)


def _is_back(person: Member, zone: str, now: datetime) -> bool:
    return not person.preferences.is_away(local_day(now, person.zone or zone))


def _end(store: Store, person: Member, now: datetime) -> int:
    with store.change(person.workspace, now, "back", patience=JOB_PATIENCE) as change:
        wishes = workspace.member(change, person.member).preferences
        if wishes.away_until == person.preferences.away_until:
            here = replace(wishes, away_until=None, cover=None)
            workspace.save_preferences(change, person.member, here)
    return bool(change.images)
