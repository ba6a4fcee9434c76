"""Claim, ask whether it is still true, send, settle.

A delivery that was attempted before is looked for in Slack before it is sent again: the last
attempt may have been accepted and then cut off.
"""

import logging
import random
from datetime import datetime, timedelta
from functools import partial

from bot.domain.clock import Clock
from bot.domain.message import Message
from bot.domain.messenger import Messenger, Sent
from bot.errors import Permanent, Retryable, SlackError
from bot.store import Store, outbox
from bot.store.engine import JOB_PATIENCE
from bot.store.outbox import CANCELLED, DELIVERED, DISCARDED, Delivery
from jobs import letters
from jobs.guard import attempt
from jobs.people import fresh

log = logging.getLogger(__name__)

# Few enough that each is sent well within the lease that it was claimed with.
BATCH = 5
# A worker that was held up this long since it read the facts leaves the delivery to others.
STALE_AFTER = outbox.LEASE / 2
# Definite refusals in a row after which a delivery is given up.
REFUSALS = 3
LONGEST_WAIT = timedelta(minutes=5)


def deliver(store: Store, messenger: Messenger, clock: Clock) -> int:
    """Deliver what waits, up to a batch; returns how many deliveries were taken up."""
    claimed_at = clock.now()
    with store.begin(JOB_PATIENCE) as connection:
        batch = outbox.claim(connection, claimed_at, BATCH)
    for delivery in batch:
        attempt(partial(_deliver_one, store, messenger, delivery, clock), f"delivery {delivery.id}")
    return len(batch)


def _deliver_one(store: Store, messenger: Messenger, delivery: Delivery, clock: Clock) -> None:
    try:
        if delivery.kind == outbox.EDIT:
            _edit(store, messenger, delivery, clock)
        else:
            _send(store, messenger, delivery, clock)
    except SlackError as error:
        _try_again(store, delivery, error, clock.now())


def _send(store: Store, messenger: Messenger, delivery: Delivery, clock: Clock) -> None:
    now, letter = clock.now(), None
    sent = _found(messenger, delivery)
    if sent is None:
        if delivery.kind == outbox.WELCOME:
            # Nobody has asked Slack about them yet.
            fresh(store, messenger, delivery.workspace, delivery.recipient, now)
        at = letters.sendable_at(store, delivery, now)
        if at is not None and at > now:
            _release(store, delivery, at, "outside working hours", delivery.failures)
            return
        letter = letters.compose(store, delivery, now) if at else None
        if letter is None:
            _settle(store, delivery, CANCELLED, now)
            return
        if not _is_still_mine(store, delivery, now, clock):
            return
        posted = messenger.send(
            delivery.workspace, delivery.recipient, letter.message, delivery.delivery_id
        )
        sent = Sent(posted.channel, posted.ts, letter.shows)
    letters.settle_sent(store, delivery, sent, letter, now)
    log.info("delivered id=%s key=%s attempt=%s", delivery.id, delivery.key, delivery.attempt)


def _is_still_mine(store: Store, delivery: Delivery, read_at: datetime, clock: Clock) -> bool:
    """Whether a message made of the facts of `read_at` may be sent; renews the lease."""
    now = clock.now()
    if abs(now - read_at) > STALE_AFTER:
        return False
    with store.begin(JOB_PATIENCE) as connection:
        return outbox.renew(connection, delivery, now)


def _found(messenger: Messenger, delivery: Delivery) -> Sent | None:
    if delivery.attempt <= 1:
        return None
    return messenger.find(delivery.workspace, delivery.recipient, delivery.delivery_id)


def _edit(store: Store, messenger: Messenger, delivery: Delivery, clock: Clock) -> None:
    now = clock.now()
    drawn: tuple[Sent, Message, str] | None = letters.redraw(store, delivery, now)
    if drawn is None:
        _settle(store, delivery, CANCELLED, now)
        return
    if not _is_still_mine(store, delivery, now, clock):
        return
    sent, message, delivery_id = drawn
    messenger.edit(delivery.workspace, sent, message, delivery_id)
    if not _settle(store, delivery, DELIVERED, now):
        with store.begin(JOB_PATIENCE) as connection:
            outbox.hurry(connection, delivery, now)


def _try_again(store: Store, delivery: Delivery, error: SlackError, now: datetime) -> None:
    is_refused = isinstance(error, Permanent)
    failures = delivery.failures + is_refused
    if is_refused and (failures >= REFUSALS or delivery.kind == outbox.EDIT):
        log.error("discarded id=%s key=%s reason=%s", delivery.id, delivery.key, error.reason)
        _settle(store, delivery, DISCARDED, now, reason=error.reason[:100], failures=failures)
        if delivery.kind != outbox.EDIT:
            letters.tell_owners(store, delivery, now)
        return
    run_at = now + _wait(delivery, error)
    log.warning(
        "delayed id=%s key=%s reason=%s until=%s",
        delivery.id,
        delivery.key,
        error.reason,
        run_at.isoformat(timespec="seconds"),
    )
    _release(store, delivery, run_at, error.reason[:100], failures)


def _release(store: Store, delivery: Delivery, at: datetime, reason: str, failures: int) -> None:
    with store.begin(JOB_PATIENCE) as connection:
        outbox.release(connection, delivery, at, reason, failures)


def _wait(delivery: Delivery, error: SlackError) -> timedelta:
    """Return how long to wait: as Slack says, else twice as long each time, with jitter."""
    if isinstance(error, Retryable) and error.after is not None:
        return timedelta(seconds=error.after)
    doubled = timedelta(seconds=2 ** min(delivery.attempt, 9))
    return min(doubled, LONGEST_WAIT) * random.uniform(0.5, 1)  # noqa: S311 - not a secret


def _settle(store: Store, delivery: Delivery, state: str, now: datetime, **values: object) -> bool:
    with store.begin(JOB_PATIENCE) as connection:
        return outbox.settle(connection, delivery, state, now, **values)
