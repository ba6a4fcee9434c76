"""The forms as Slack shows them, one file each: name -> how it is drawn."""

from collections.abc import Callable, Mapping

from bot.slack.forms import (
    hand_over,
    log,
    next_step,
    partner,
    paste,
    pause,
    preferences,
    put_off,
    refer,
    settings,
    take_over,
)
from bot.slack.mrkdwn import Json

FORMS: dict[str, Callable[[Mapping[str, str]], Json]] = {
    "add": partner.draw_new,
    "edit": partner.draw_known,
    "log": log.draw,
    "correct": log.draw_again,
    "refer": refer.draw,
    "next": next_step.draw,
    "put_off": put_off.draw,
    "hand_over": hand_over.draw,
    "pause": pause.draw,
    "take_over": take_over.draw,
    "assign": hand_over.draw_first,
    "paste": paste.draw,
    "preferences": preferences.draw,
    "settings": settings.draw,
}
