"""What can be said: every `/partner` subcommand, every button and menu, and every form."""

from bot.commands.add import ADD
from bot.commands.again import AGAIN, DISMISS
from bot.commands.assign import ASSIGN
from bot.commands.cadence import CADENCE, PAUSE, RESUME
from bot.commands.convert import CONVERT
from bot.commands.did import LOG_IT
from bot.commands.due import DUE
from bot.commands.edit import EDIT, EDIT_IT
from bot.commands.end import BRING_BACK, END
from bot.commands.evals import EVALS
from bot.commands.form import Submit
from bot.commands.form_log import EDIT_LOG, submit_correction, submit_log
from bot.commands.form_partner import submit_add, submit_edit
from bot.commands.form_paste import PASTE, submit_paste
from bot.commands.form_preferences import MY_SETTINGS, submit_preferences
from bot.commands.form_refer import submit_next, submit_referral
from bot.commands.form_reminder import submit_hand_over, submit_pause, submit_put_off
from bot.commands.form_settings import PRACTICE_SETTINGS, submit_settings
from bot.commands.help import HELP
from bot.commands.list import LIST
from bot.commands.log import LOG
from bot.commands.lost import LOST
from bot.commands.merge import MERGE
from bot.commands.next_step import NEXT
from bot.commands.press_assign import ASSIGN_IT, submit_assign
from bot.commands.press_away import AWAY
from bot.commands.press_desk import CAME, NONE_CAME, SOMEONE_ELSE
from bot.commands.press_home import HOME_PRESSES
from bot.commands.press_leaver import HAND_OVER_ALL, submit_take_over
from bot.commands.press_question import WHATS_BEST
from bot.commands.press_referral import ANOTHER, CAME_IN, LOST_REASON, REFERRED, SENT_IT
from bot.commands.press_reminder import DID, NOT_NEEDED, NOT_NOW, SENT, STEP_DONE, STEP_DROP
from bot.commands.press_reply import DUE_NOW, ENOUGH, REMIND, SHOW_IT, UNDO_IT
from bot.commands.press_settings import ASKED, NOT_ASKED, POSTED
from bot.commands.refer import REFER
from bot.commands.request import Context, Press, Request, Subcommand, identify
from bot.commands.shortcut import LOG_INTERACTION, LOG_LINK, LOG_MESSAGE
from bot.commands.show import SHOW
from bot.commands.stats import STATS
from bot.commands.undo import UNDO

SUBCOMMANDS = (
    LOG,
    ADD,
    REFER,
    CONVERT,
    EVALS,
    LOST,
    NEXT,
    DUE,
    SHOW,
    LIST,
    STATS,
    ASSIGN,
    CADENCE,
    PAUSE,
    RESUME,
    EDIT,
    END,
    MERGE,
    UNDO,
    HELP,
)

PRESSES = {
    press.action: press
    for press in (
        DID,
        NOT_NOW,
        SENT,
        NOT_NEEDED,
        STEP_DONE,
        STEP_DROP,
        WHATS_BEST,
        AWAY,
        HAND_OVER_ALL,
        UNDO_IT,
        AGAIN,
        DISMISS,
        REMIND,
        ENOUGH,
        LOG_IT,
        REFERRED,
        CAME_IN,
        ANOTHER,
        SENT_IT,
        LOST_REASON,
        SHOW_IT,
        DUE_NOW,
        EDIT_LOG,
        EDIT_IT,
        BRING_BACK,
        CAME,
        SOMEONE_ELSE,
        NONE_CAME,
        ASKED,
        NOT_ASKED,
        POSTED,
        PASTE,
        ASSIGN_IT,
        *HOME_PRESSES,
        MY_SETTINGS,
        PRACTICE_SETTINGS,
        LOG_LINK,
    )
}

SHORTCUTS = {one.callback_id: one for one in (LOG_INTERACTION, LOG_MESSAGE)}

FORMS: dict[str, Submit] = {
    "add": submit_add,
    "edit": submit_edit,
    "log": submit_log,
    "correct": submit_correction,
    "refer": submit_referral,
    "next": submit_next,
    "put_off": submit_put_off,
    "hand_over": submit_hand_over,
    "pause": submit_pause,
    "take_over": submit_take_over,
    "assign": submit_assign,
    "paste": submit_paste,
    "preferences": submit_preferences,
    "settings": submit_settings,
}

_ALL: tuple[Subcommand | Press, ...] = (*SUBCOMMANDS, *PRESSES.values())
# What Undo calls each change, by its name in the audit.
TAKEN_BACK = {name: words for each in _ALL for name, words in each.taken_back.items()}

_BY_WORD = {word: each for each in SUBCOMMANDS for word in (each.name, *each.aliases)}


def subcommand(word: str) -> Subcommand | None:
    """Return the subcommand that a word names, by its name or an alias."""
    return _BY_WORD.get(word.casefold())


__all__ = [
    "FORMS",
    "PRESSES",
    "SHORTCUTS",
    "SUBCOMMANDS",
    "TAKEN_BACK",
    "Context",
    "Press",
    "Request",
    "Subcommand",
    "identify",
    "subcommand",
]
