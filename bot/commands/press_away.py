"""Holding a person's messages until the end of a vacation, as their Slack status proposed."""

from dataclasses import replace

from bot.commands.form_preferences import AWAY_AT_MOST
from bot.commands.reply import saved
from bot.commands.request import Context, Press, Request
from bot.commands.value import GONE, day
from bot.domain.message import Button, Message
from bot.domain.words import date_words
from bot.errors import UserError
from bot.store import workspace


def _hold(value: str, request: Request, context: Context) -> Message:
    back_on = day(value)
    if not 0 < (back_on - request.today).days <= AWAY_AT_MOST:
        raise UserError(GONE)
    with context.store.change(
        request.workspace, request.now, "preferences", request.user, request.key
    ) as change:
        wishes = workspace.member(change, request.user).preferences
        workspace.save_preferences(change, request.user, replace(wishes, away_until=back_on))
    line = f"✓ I'll hold your messages until {date_words(back_on, request.today)}."
    return saved(change, line, controls=(Button("Who covers for me?", "my_settings"),))


AWAY = Press("away", _hold)
