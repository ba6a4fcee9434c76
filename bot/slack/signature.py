"""Whether a request comes from Slack.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import hashlib
import hmac

# Either way: an old request may be a replay, one from the future could be replayed for long.
MOST_SECONDS_APART = 300


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return what Slack sends as X-Slack-Signature."""
    signed = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def is_authentic(secret: str, timestamp: str, signed: str, body: bytes, now: float) -> bool:
    """Whether the raw `body` was signed with our secret, about `now` (seconds since 1970)."""
    if not (timestamp.isascii() and timestamp.isdecimal()):
        return False
    # Compared before it is computed with: a number of any length may have come.
    is_fresh = len(timestamp) < 12 and abs(now - int(timestamp)) <= MOST_SECONDS_APART
    expected = signature(secret, timestamp, body)
    return is_fresh and hmac.compare_digest(expected.encode(), signed.encode())
