"""Somebody has left Slack: the owners are asked once who takes over all their partners."""

from collections.abc import Sequence

from bot.domain.message import Button, Message, say
from bot.domain.words import count_words, list_words, plain

NAMED = 3


def leaver(user: str, names: Sequence[str]) -> Message | None:
    """Ask who takes over the partners of `names`; None when nobody has to."""
    if not names:
        return None
    more = [f"{len(names) - NAMED} more"] if len(names) > NAMED else []
    listed = list_words([*(plain(name) for name in names[:NAMED]), *more])
    button = Button("Hand them over", "leaver", user, "Hand over the partners of whoever left")
    return say(
        f"*<@{user}> has left Slack.* They looked after {count_words(len(names), 'partner')}: "
        f"{listed}. Until somebody takes over, nobody is asked about them.",
        controls=(button,),
    )
