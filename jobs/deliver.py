"""Claim, ask whether it is still true, send, settle.

Deliveries are taken up in groups, and those that Slack accepted are settled together. One that
Slack may have already is looked for there before it is sent again: whoever sent it may have been
cut off, or killed, before it was settled.
"""

import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from bot.domain.clock import Clock
from bot.domain.digest import is_channel
from bot.domain.messenger import Messenger, Sent
from bot.errors import Permanent, Retryable, SlackError, Uncertain
from bot.store import Store, outbox
from bot.store.engine import JOB_PATIENCE
from bot.store.outbox import (
    ALONE,
    CANCELLED,
    DELIVERED,
    DIGEST,
    DISCARDED,
    EDIT,
    LEAVER,
    MORNING,
    SILENCE,
    TAKEOVER,
    WELCOME,
    Delivery,
)
from jobs import letters
from jobs.guard import attempt
from jobs.letters import Desk, Draft
from jobs.people import fresh, heed_silence
from jobs.watch import UNWATCHED, Watch

log = logging.getLogger(__name__)

# The largest group; `jobs.lane` says how it is reached.
GROUP = 500
# A worker that was held up this long since it read the facts leaves the delivery to others.
STALE_AFTER = outbox.LEASE / 2
# What Slack accepted is settled within so many seconds, because people press at once.
SETTLED_WITHIN = 1.0
# What is planned in working hours only, so that it can be said how late it was.
OF_REMINDERS = (MORNING, ALONE)
SETTLED = {
    True: "delivered id=%s key=%s attempt=%s",
    False: "overtaken id=%s key=%s attempt=%s",
}
# Definite refusals in a row after which a delivery is given up.
REFUSALS = 3
# What goes to people, owners mostly, who may not have done anything here.
TO_STRANGERS = (WELCOME, SILENCE, DIGEST, LEAVER, TAKEOVER)
LONGEST_WAIT = timedelta(minutes=5)
# A group whose calls failed after so long is not gone on with, for its leases are running.
IMPATIENT_AFTER = 5.0


def deliver(
    store: Store,
    messenger: Messenger,
    clock: Clock,
    team: str,
    limit: int = GROUP,
    watch: Watch = UNWATCHED,
) -> int:
    """Deliver up to `limit` of what waits in a workspace; returns how many were taken up."""
    now, started = clock.now(), time.monotonic()
    with store.begin(JOB_PATIENCE) as connection:
        group = outbox.claim(connection, team, now, limit)
    watch.claimed(time.monotonic() - started, len(group))
    if group:
        _Round(store, messenger, clock, team, watch).run(group)
    return len(group)


@dataclass(slots=True)
class _Round:
    """One group's way to Slack; `left` is put back, once Slack keeps us waiting."""

    store: Store
    messenger: Messenger
    clock: Clock
    team: str
    watch: Watch
    desk: Desk | None = None
    has_waited: bool = False
    left: list[Delivery] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)

    def run(self, group: Sequence[Delivery]) -> None:
        """Deliver edits, then what may have arrived already, then all that is new."""
        rest = [one for one in group if one.kind != EDIT]
        self._each(self._edit, [one for one in group if one.kind == EDIT])
        found = self._each(self._look, [one for one in rest if one.is_tried])
        missing = [one for one, is_there in found if is_there is False]
        new = [*missing, *(one for one in rest if not one.is_tried)]
        if self.has_waited:
            self.left += new
        elif new:
            attempt(partial(self._send, new), f"sending in {self.team}")
        self._put_back()

    def _each(
        self, work: Callable[[Delivery], bool], some: Sequence[Delivery]
    ) -> list[tuple[Delivery, bool | None]]:
        ends = []
        for one in some:
            if self.has_waited:
                self.left.append(one)
            else:
                ends.append((one, attempt(partial(work, one), f"delivery {one.id}")))
        return ends

    def _edit(self, edit: Delivery) -> bool:
        now = self.clock.now()
        drawn = letters.redraw(self.store, edit, now)
        if drawn is None:
            return self._end([edit], CANCELLED, now)
        if not self._still_mine([edit], now):
            return False
        sent, message, delivery_id = drawn
        try:
            self.messenger.edit(self.team, sent, message, delivery_id)
        except SlackError as error:
            self._failed(edit, error)
            return False
        if not self._end([edit], DELIVERED, now):
            with self.store.begin(JOB_PATIENCE) as connection:
                outbox.hurry(connection, edit, now)
        return True

    def _look(self, delivery: Delivery) -> bool:
        """Settle what Slack has already; False when it is not there, and may be sent."""
        now = self.clock.now()
        try:
            sent = self.messenger.find(self.team, delivery.recipient, delivery.delivery_id)
        except SlackError as error:
            self._failed(delivery, error, is_tried=True)
            return True
        if sent:
            self._settle([(delivery, sent)], now)
        return sent is not None

    def _send(self, group: Sequence[Delivery]) -> None:
        now = self.clock.now()
        # Nobody may have asked Slack about those who never did anything here.
        new = {one.recipient for one in group if one.kind in TO_STRANGERS}
        if people := {one for one in new if not is_channel(one)}:
            fresh(self.store, self.messenger, self.team, people, now)
        told = {one.recipient for one in group if not is_channel(one.recipient)}
        heed_silence(self.store, self.messenger, self.team, told, now)
        ready = []
        self.desk, drafts = letters.drafts(self.store, self.team, group, now)
        for one in drafts:
            if one.held_until:
                self._release([one.delivery], one.held_until, "outside working hours")
            elif one.letter:
                ready.append(one)
            else:
                self._end([one.delivery], CANCELLED, now)
        mine = self._still_mine([one.delivery for one in ready], now)
        self._post_all([one for one in ready if one.delivery.id in mine], now)

    def _post_all(self, ready: Sequence[Draft], read_at: datetime) -> None:
        sent: list[tuple[Delivery, Sent]] = []
        settle_by = time.monotonic() + SETTLED_WITHIN
        for one in ready:
            if self.has_waited or self._is_stale(read_at):
                self.left.append(one.delivery)
                continue
            posted = attempt(partial(self._post, one), f"delivery {one.delivery.id}")
            sent += [(one.delivery, posted)] if posted else []
            if time.monotonic() > settle_by:
                self._settle(sent, read_at)
                sent, settle_by = [], time.monotonic() + SETTLED_WITHIN
        self._settle(sent, read_at)

    def _post(self, draft: Draft) -> Sent | None:
        one, letter = draft.delivery, draft.letter
        if letter is None:
            return None
        try:
            posted = self.messenger.send(self.team, one.recipient, letter.message, one.delivery_id)
        except SlackError as error:
            self._failed(one, error)
            return None
        return Sent(posted.channel, posted.ts, letter.shows)

    def _still_mine(self, group: Sequence[Delivery], read_at: datetime) -> set[int]:
        """Which of a group may be sent, made of the facts of `read_at`; renews the leases."""
        if not group or self._is_stale(read_at):
            return set()
        now = self.clock.now()
        with self.store.begin(JOB_PATIENCE) as connection:
            return outbox.renew(connection, group, now)

    def _is_stale(self, read_at: datetime) -> bool:
        return abs(self.clock.now() - read_at) > STALE_AFTER

    def _failed(self, delivery: Delivery, error: SlackError, is_tried: bool = False) -> None:
        """Give up, or try again later."""
        now = self.clock.now()
        failures = delivery.failures + isinstance(error, Permanent)
        if isinstance(error, Permanent) and (failures >= REFUSALS or delivery.kind == EDIT):
            log.error("discarded id=%s key=%s reason=%s", delivery.id, delivery.key, error.reason)
            self._end([delivery], DISCARDED, now, reason=error.reason[:100], failures=failures)
            if delivery.kind != EDIT:
                letters.tell_owners(self.store, delivery, error.reason, now)
            return
        run_at = now + _wait(delivery, error)
        self._warn(delivery, error, run_at)
        is_tried |= isinstance(error, Uncertain)
        self._release([delivery], run_at, error.reason, failures=failures, is_tried=is_tried)
        self.has_waited = time.monotonic() - self.started > IMPATIENT_AFTER

    def _warn(self, delivery: Delivery, error: SlackError, run_at: datetime) -> None:
        about = delivery.id, delivery.key, error.reason, run_at.isoformat(timespec="seconds")
        log.warning("delayed id=%s key=%s reason=%s until=%s", *about)

    def _put_back(self) -> None:
        """Have others take up what was not tried."""
        if not self.left:
            return
        at = self.clock.now()
        untried = [one for one in self.left if not one.is_tried]
        self._release([one for one in self.left if one.is_tried], at, "behind a slow one")
        self._release(untried, at, "behind a slow one", is_tried=False)

    def _release(
        self, group: Sequence[Delivery], at: datetime, reason: str, **values: object
    ) -> None:
        if group:
            with self.store.begin(JOB_PATIENCE) as connection:
                outbox.release(connection, group, at, reason[:100], **values)

    def _end(self, group: Sequence[Delivery], state: str, now: datetime, **values: object) -> bool:
        with self.store.begin(JOB_PATIENCE) as connection:
            return bool(outbox.settle(connection, group, state, now, **values))

    def _settle(self, sent: Sequence[tuple[Delivery, Sent]], now: datetime) -> None:
        if not sent:
            return
        settle = partial(letters.settle_sent, self.store, self.team, sent, now, self.desk)
        settled = attempt(settle, f"settling {len(sent)} in {self.team}")
        for one, _ in sent if settled is not None else ():
            is_mine = one.id in (settled or ())
            log.info(SETTLED[is_mine], one.id, one.key, one.attempt)
            if is_mine and one.kind in OF_REMINDERS:
                self.watch.delivered((self.clock.now() - one.created_at).total_seconds())


def _wait(delivery: Delivery, error: SlackError) -> timedelta:
    """Return how long to wait: as Slack says, else twice as long each time, with jitter."""
    if isinstance(error, Retryable) and error.after is not None:
        return timedelta(seconds=error.after)
    doubled = timedelta(seconds=2 ** min(delivery.attempt, 9))
    return min(doubled, LONGEST_WAIT) * random.uniform(0.5, 1)  # noqa: S311 - not a secret
