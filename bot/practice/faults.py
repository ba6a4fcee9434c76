"""Misbehaviour on demand: Slack slow, refusing, cutting the line, or answering half.

kind            what the bot sees
rate_limited    429 with Retry-After: `retry_after` seconds
http_error      `status` (500, 503, ...) with a page of HTML
error           200 with {"ok": false, "error": `error`}
cut             the line is cut without an answer
silent          no answer, the line stays open
half            the first half of the answer, then the line is cut
slow            the answer, `seconds` late, or when the rule is stopped
duplicate       what is sent to the bot (slash_commands, interactive, events_api) comes twice

`accepted` says whether the call took effect all the same. `method` is a Web API method,
"response_url", a kind of delivery, or "*" for every Web API method; `team` the only workspace that
it strikes, or None for all.
"""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

ACCEPTED_UNLESS_TOLD = {"half", "slow", "duplicate"}
KINDS = {"rate_limited", "http_error", "error", "cut", "silent", *ACCEPTED_UNLESS_TOLD}
DELIVERIES = {"slash_commands", "interactive", "events_api"}


@dataclass
class Fault:
    """A rule; `times=None` holds until `stop()`. `used` counts how often it struck."""

    kind: str
    method: str = "*"
    times: int | None = 1
    accepted: bool | None = None
    status: int = 503
    error: str = "internal_error"
    retry_after: int = 1
    seconds: float = 1.0
    team: str | None = None
    used: int = 0
    is_stopped: bool = False
    _held: list[Callable[[], object]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no such misbehaviour: {self.kind}")
        if self.accepted is None:
            self.accepted = self.kind in ACCEPTED_UNLESS_TOLD

    @property
    def is_spent(self) -> bool:
        return self.times is not None and self.used >= self.times

    def strikes(self, method: str, team: str) -> bool:
        everywhere = self.method == "*" and method not in DELIVERIES
        is_meant = everywhere or self.method == method
        return not self.is_spent and is_meant and self.team in (None, team)

    def stop(self) -> None:
        self.times, self.is_stopped = self.used, True
        for release in self._held:
            # The loop that held an answer may be gone.
            with suppress(RuntimeError):
                release()

    async def hold(self) -> None:
        """Wait for `seconds`, or until it is stopped."""
        over = asyncio.Event()
        self._held.append(partial(asyncio.get_running_loop().call_soon_threadsafe, over.set))
        if not self.is_stopped:
            with suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), self.seconds)


class Faults:
    """The rules in force, oldest first; each call takes at most one."""

    def __init__(self) -> None:
        self._rules: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> Fault:
        with self._lock:
            self._rules.append(fault)
        return fault

    def take(self, method: str, team: str) -> Fault | None:
        with self._lock:
            fault = next((rule for rule in self._rules if rule.strikes(method, team)), None)
            if fault:
                fault.used += 1
            return fault

    def clear(self) -> None:
        with self._lock:
            for rule in self._rules:
                rule.stop()
            self._rules.clear()
