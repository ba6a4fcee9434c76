"""What the bot says by itself, one file per kind."""

from bot.reminders.check_in import CHECK_IN
from bot.reminders.handover import HANDOVER
from bot.reminders.kind import Kind, Said
from bot.reminders.next_step import NEXT_STEP
from bot.reminders.thank_you import THANK_YOU
from bot.reminders.unreachable import UNREACHABLE

KINDS = {kind.name: kind for kind in (THANK_YOU, NEXT_STEP, CHECK_IN, HANDOVER, UNREACHABLE)}

__all__ = ["KINDS", "Kind", "Said"]
