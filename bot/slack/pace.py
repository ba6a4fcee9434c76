"""How fast a channel may be spoken in, and which methods rest; shared by all who call Slack.

https://docs.slack.dev/apis/web-api/rate-limits: posting is limited to about one message a second
in each channel, and short bursts are let through.
"""

from threading import Lock

PER_SECOND, BURST = 1.0, 3
MOST_CHANNELS = 10_000


class Pace:
    """Counts what was said by workspace and channel; times are monotonic seconds.

    `resting` is by workspace: until when each method rests that Slack has limited.
    """

    def __init__(self, most: int = MOST_CHANNELS) -> None:
        self._most = most
        self._said: dict[tuple[str, str], tuple[float, float]] = {}
        self._resting: dict[str, dict[str, float]] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._said)

    def resting(self, workspace: str) -> dict[str, float]:
        """Return the methods that rest in a workspace, to be read and changed."""
        return self._resting.setdefault(workspace, {})

    def turn(self, workspace: str, channel: str, now: float) -> float:
        """Take a turn to speak in a channel: 0, or the seconds until there is one, untaken."""
        key = workspace, channel
        with self._lock:
            left, at = self._said.get(key, (float(BURST), now))
            left = min(BURST, left + max(0.0, now - at) * PER_SECOND)
            if left < 1:
                return (1 - left) / PER_SECOND
            # The newest stand last.
            self._said.pop(key, None)
            self._said[key] = left - 1, now
            while len(self._said) > self._most:
                del self._said[next(iter(self._said))]
        return 0.0
