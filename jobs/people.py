"""Reading people's profiles again when they are over a day old."""

from datetime import datetime, timedelta

from bot.domain.member import Member
from bot.domain.messenger import Messenger
from bot.errors import SlackError
from bot.store import Store, Tx, workspace
from bot.store.engine import JOB_PATIENCE

# How long to wait before asking Slack again for a person's time zone.
ASK_AGAIN_AFTER = timedelta(minutes=10)


def fresh(store: Store, messenger: Messenger, team: str, user: str, now: datetime) -> Member:
    """Return a person with the newest profile to be had; without any zone they are unknown."""
    with store.read(team) as tx:
        known = workspace.member(tx, user)
    if known.has_fresh_profile(now):
        return known
    try:
        profile = messenger.profile(team, user)
    except SlackError:
        return known
    if profile is None:
        return known
    with store.begin(JOB_PATIENCE) as connection:
        workspace.save_profile(connection, team, user, profile, now)
        return workspace.member(Tx(connection, team), user)
