"""What can go wrong, by who has to act on it.

RapportError
├── UserError       the person: the text is shown to them as it stands
├── NotSaved        nobody: the database did not take it; nothing was written
└── SlackError      a call to Slack did not succeed
    ├── Retryable   Slack did not accept it; try again after a while
    ├── Uncertain   Slack may have accepted it; look before trying again
    └── Permanent   Slack refused it and will refuse it again
"""


class RapportError(Exception):
    """The root of every error that Rapport raises on purpose."""


class UserError(RapportError):
    """A person's input cannot be used; `str(error)` is mrkdwn that tells them why."""


class NotSaved(RapportError):
    """The database was locked, full or gone; the transaction was rolled back."""


class SlackError(RapportError):
    """A call to Slack did not succeed; `reason` is Slack's error code, never a message text."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Retryable(SlackError):
    """Slack did not accept the call; `after` is the number of seconds to wait, if it said."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class Uncertain(SlackError):
    """The line broke, timed out or answered 5xx: the call may have been accepted."""


class Permanent(SlackError):
    """A definite refusal, such as `invalid_blocks` or `channel_not_found`."""
