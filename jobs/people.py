"""Reading people's profiles again when they are over a day old."""

from collections.abc import Collection
from datetime import datetime
from functools import partial

from bot.domain.member import Member, Profile
from bot.domain.messenger import Messenger
from bot.errors import SlackError
from bot.store import Store, workspace
from bot.store.engine import JOB_PATIENCE
from bot.store.profile import take_in
from jobs.guard import attempt


def fresh(
    store: Store, messenger: Messenger, team: str, users: Collection[str], now: datetime
) -> dict[str, Member]:
    """Return people with the newest profiles to be had; without any zone they are unknown.

    Somebody whose profile could not be taken in is left out.
    """
    with store.read(team) as tx:
        known = workspace.some(tx, users)
    for user, person in list(known.items()):
        if not person.has_fresh_profile(now):
            ask = partial(_read_again, store, messenger, person, now)
            again = attempt(ask, f"profile of {user}")
            if again:
                known[user] = again
            else:
                del known[user]
    return known


def _read_again(store: Store, messenger: Messenger, person: Member, now: datetime) -> Member:
    try:
        profile: Profile | None = messenger.profile(person.workspace, person.member)
    except SlackError:
        return person
    if profile is None:
        return person
    return take_in(store, person, profile, now, JOB_PATIENCE)


def heed_silence(
    store: Store, messenger: Messenger, team: str, users: Collection[str], now: datetime
) -> None:
    """Keep the do-not-disturb times of whoever is about to be written to, where they changed."""
    told = messenger.undisturbed(team, users, now)
    if not told:
        return
    with store.read(team) as tx:
        known = workspace.some(tx, told)
    changed = {user: span for user, span in told.items() if known[user].undisturbed != span}
    if changed:
        with store.begin(JOB_PATIENCE) as connection:
            workspace.keep_undisturbed(connection, team, changed)
