"""People's Homes: published when opened, and after every change that their person made."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from bot.commands.request import Context, identify
from bot.domain.clock import Clock
from bot.domain.home import Place
from bot.domain.message import Message, say
from bot.errors import NotSaved, Permanent, Retryable, SlackError, Uncertain, UserError
from bot.home.view import home
from bot.slack.blocks import home_rungs
from bot.slack.messenger import SlackMessenger
from bot.store import Store, Tx
from bot.store import home as homes

log = logging.getLogger(__name__)

HINTS = {"not_enabled": "; paste manifest.yml again at https://api.slack.com/apps and reinstall"}
CONFLICT = "hash_conflict"
REFUSED = frozenset({"invalid_arguments", "invalid_blocks"})

# What was not drawn is tried again so often, waiting twice as long each time unless Slack says.
MOST_TRIES = 10
LONGEST_WAIT = 300.0

# A workspace and a person in it.
Person = tuple[str, str]


@dataclass(slots=True)
class _Wish:
    """Why a Home is to be drawn: what a press did is said at its top; opened, it is kept.

    `tries` is how often it failed since it was last drawn.
    """

    said: Message | None = None
    is_opened: bool = False
    tries: int = 0

    def join(self, other: "_Wish") -> None:
        """Take in another wish; what a newer one says stays."""
        self.said = self.said or other.said
        self.is_opened |= other.is_opened
        self.tries = max(self.tries, other.tries)


def in_a_while(seconds: float, work: Callable[[], None]) -> None:
    """Have something done after so many seconds, unless the process ends before."""
    timer = threading.Timer(seconds, work)
    timer.daemon = True
    timer.start()


@dataclass(slots=True)
class Homes:
    """Draws Homes in the background, one at a time for each person; wishes meanwhile are one.

    `later` works in the background and reports what goes wrong. `hashes` name what each Home shows:
    where another process drew it since, Slack refuses ours, and it is made again of newer facts.
    What Slack did not take for now is drawn again `after` a while: one timer for a workspace wakes
    all its Homes that show something old.
    """

    store: Store
    messenger: SlackMessenger
    clock: Clock
    later: Callable[[Callable[[], None]], None]
    after: Callable[[float, Callable[[], None]], None] = in_a_while
    _hashes: dict[Person, str] = field(default_factory=dict)
    _wishes: dict[Person, _Wish] = field(default_factory=dict)
    _old: dict[str, dict[str, _Wish]] = field(default_factory=dict)
    _busy: set[Person] = field(default_factory=set)
    _rungs: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def opened(self, team: str, user: str, hash_: str | None = None) -> None:
        """Draw the Home that somebody opened; `hash_` names what it showed."""
        if hash_:
            self._hashes[team, user] = hash_
        self._wish((team, user), _Wish(is_opened=True))

    def changed(self, team: str, user: str) -> None:
        """Draw a person's Home after a change of theirs, if they ever opened it."""
        self._wish((team, user), _Wish())

    def tell(self, team: str, user: str, said: Message | None) -> None:
        """Draw the Home in which somebody pressed, with the answer at its top."""
        self._wish((team, user), _Wish(said, is_opened=True))

    @contextmanager
    def held(self, team: str, user: str) -> Iterator[None]:
        """Draw nothing for a person meanwhile, and then all at once."""
        person = team, user
        with self._lock:
            is_ours = person not in self._busy
            self._busy.add(person)
        try:
            yield
        finally:
            if is_ours:
                self.later(partial(self._work, person))

    def _wish(self, person: Person, wish: _Wish) -> None:
        with self._lock:
            if earlier := self._wishes.get(person):
                wish.join(earlier)
            self._wishes[person] = wish
            if person in self._busy:
                return
            self._busy.add(person)
        self.later(partial(self._work, person))

    def _work(self, person: Person) -> None:
        is_done = False
        try:
            while wish := self._next(person):
                self._draw(person, wish)
            is_done = True
        finally:
            if not is_done:
                with self._lock:
                    self._busy.discard(person)

    def _next(self, person: Person) -> _Wish | None:
        with self._lock:
            wish = self._wishes.pop(person, None)
            if wish is None:
                self._busy.discard(person)
            return wish

    def _draw(self, person: Person, wish: _Wish) -> None:
        try:
            self._publish(person, wish)
        except (NotSaved, SlackError) as error:
            log.warning("home not drawn: %s%s", error, HINTS.get(str(error), ""))
            self._try_again(person, wish, error)
        else:
            self._forget_old(person)

    def _try_again(self, person: Person, wish: _Wish, error: Exception) -> None:
        """Have a Home drawn after a while that could not be now; a refusal stays one."""
        team, user = person
        if isinstance(error, Permanent) or wish.tries >= MOST_TRIES:
            # It is drawn when it is opened next.
            return self._forget_old(person)
        wish.tries += 1
        named = error.after if isinstance(error, Retryable) else None
        wait = min(2.0**wish.tries, LONGEST_WAIT) if named is None else named
        with self._lock:
            is_timed = team in self._old
            old = self._old.setdefault(team, {})
            if earlier := old.get(user):
                wish.join(earlier)
            old[user] = wish
        if not is_timed:
            self.after(wait, partial(self._draw_old, team))
        return None

    def _draw_old(self, team: str) -> None:
        with self._lock:
            old = self._old.pop(team, {})
        for user, wish in old.items():
            self._wish((team, user), wish)

    def _forget_old(self, person: Person) -> None:
        team, user = person
        with self._lock:
            self._old.get(team, {}).pop(user, None)

    def _publish(self, person: Person, wish: _Wish) -> None:
        message = self._message(person, wish)
        if message is None:
            return
        try:
            self._send(person, message, self._hashes.get(person))
        except (Permanent, Uncertain) as error:
            # Somebody else drew it meanwhile, or maybe we did: newer facts are right in any case.
            if isinstance(error, Permanent) and error.reason != CONFLICT:
                raise
            self._hashes.pop(person, None)
            self._send(person, self._message(person, wish) or message, None)

    def _message(self, person: Person, wish: _Wish) -> Message | None:
        """What is to stand in a Home now; None when its person never opened it."""
        team, user = person
        now = self.clock.now()
        with self.store.read(team) as tx:
            place = homes.get(tx, user)
        if place is None and not wish.is_opened:
            return None
        try:
            request = identify(Context(self.store, self.messenger), team, user, now, "")
        except UserError as error:
            return say(str(error))
        if place is None:
            place = Place()
            with self.store.begin() as connection:
                homes.save(Tx(connection, team), user, place, now)
        with self.store.read(team) as tx:
            return home(tx, request.member, request.settings, place, now, wish.said)

    def _send(self, person: Person, message: Message, hash_: str | None) -> None:
        """Publish in the richest blocks that this workspace is known to take."""
        team, user = person
        *drawn, plainest = home_rungs(message)
        first = min(self._rungs.get(team, 0), len(drawn) - 1)
        for number, view in enumerate(drawn[first:], first):
            try:
                self._hashes[person] = self.messenger.publish(team, user, view, hash_)
            except Permanent as error:
                if error.reason not in REFUSED:
                    raise
            else:
                if len(drawn) > 1:
                    self._rungs[team] = number
                return
        log.error("home of %s was refused, and is drawn as text", team)
        self._hashes[person] = self.messenger.publish(team, user, plainest, hash_)
