"""The weekly digest: planned for the team's channel, or for the owners where it cannot go there."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from bot.domain.digest import GONE, NOT_A_MEMBER, SHARED, UNSURE, covered, is_channel, week_of
from bot.domain.member import OWNER, Workspace
from bot.domain.message import Message
from bot.domain.messenger import Messenger
from bot.domain.when import local_day
from bot.stats.digest import digest as for_channel
from bot.stats.digest import to_owner
from bot.store import Store, Tx, outbox, workspace
from bot.store.digest import digest
from bot.store.engine import JOB_PATIENCE
from bot.store.outbox import DIGEST, Delivery, Planned
from jobs.guard import attempt

WAYS = (SHARED, GONE, NOT_A_MEMBER, UNSURE)
# What Slack's refusals to post mean; after any other nobody is sure that it was not posted.
REFUSED = {"is_archived": GONE, "channel_not_found": GONE, "not_in_channel": NOT_A_MEMBER}


def ask(store: Store, messenger: Messenger, now: datetime) -> int:
    """Plan the digests whose hour has come, in every workspace; returns how many."""
    with store.peek() as connection:
        practices = workspace.with_channel(connection)
    due = [(one, week) for one in practices if (week := week_of(now, one))]
    work = [partial(_plan, store, messenger, one, week, now) for one, week in due]
    return sum(attempt(one, "the digest") or 0 for one in work)


def _plan(store: Store, messenger: Messenger, practice: Workspace, week: str, now: datetime) -> int:
    channel = practice.channel or ""
    posted = Planned(f"digest:{channel}:{week}", DIGEST, channel)
    with store.read(practice.id) as tx:
        owners = _owners(tx)
        to_owners = [one for why in WAYS for one in _to_owners(owners, channel, week, why)]
        keys = [one.key for one in (posted, *to_owners)]
        if outbox.planned_of(tx.connection, practice.id, keys):
            return 0
    why = messenger.obstacle(practice.id, channel)
    planned = _to_owners(owners, channel, week, why) if why else [posted]
    with store.begin(JOB_PATIENCE) as connection:
        return len(outbox.plan(connection, practice.id, planned, now))


def refused(store: Store, delivery: Delivery, reason: str, now: datetime) -> None:
    """Send the digest to the owners when Slack takes it for the channel no more."""
    channel, week, _ = _read(delivery.key)
    with store.begin(JOB_PATIENCE) as connection:
        owners = _owners(Tx(connection, delivery.workspace))
        planned = _to_owners(owners, channel, week, REFUSED.get(reason, UNSURE))
        outbox.plan(connection, delivery.workspace, planned, now)


def message(tx: Tx, practice: Workspace, delivery: Delivery, now: datetime) -> Message | None:
    """Make the digest from the facts of this moment; None once it was turned off."""
    if practice.policy.digest_day is None:
        return None
    channel, week, why = _read(delivery.key)
    facts = digest(tx, covered(week, practice.policy.digest_day), local_day(now, practice.zone))
    return to_owner(facts, why, channel) if why else for_channel(facts)


def _read(key: str) -> tuple[str, str, str]:
    """The channel, the week, and why it goes to an owner instead: nothing for the channel's."""
    _, *rest = key.split(":")
    channel, week, *why = rest if is_channel(rest[0]) else rest[1:]
    return channel, week, "".join(why)


def _owners(tx: Tx) -> list[str]:
    return [one.member for one in workspace.people(tx, OWNER) if not one.is_deactivated]


def _to_owners(owners: Sequence[str], channel: str, week: str, why: str) -> list[Planned]:
    return [Planned(f"digest:{one}:{channel}:{week}:{why}", DIGEST, one) for one in owners]
