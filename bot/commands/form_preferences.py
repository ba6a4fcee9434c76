"""The form of what a person chooses for themselves: when they hear from me, and who covers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from bot.commands import setting
from bot.commands.form import FieldError, Submitted, at
from bot.commands.person import looked_up
from bot.commands.reply import saved
from bot.commands.request import Context, OpenForm, Press, Request
from bot.commands.setting import Setting, said_back
from bot.domain.member import Member, Workspace, calendar_of
from bot.domain.message import Message, say
from bot.domain.preference import Preferences
from bot.domain.words import plain, time_words
from bot.errors import UserError
from bot.store import workspace

MOST_ROWS = 10
AWAY_AT_MOST = 366
YES = "yes"

PREFERENCES = {
    "hour": Setting("I write to you at", setting.hour),
    "days": Setting("Your working days", setting.on_days),
    "rows": Setting("Items in a morning message, at most"),
    "quiet_from": Setting("Quiet from", setting.hour),
    "quiet_until": Setting("Quiet until", setting.hour),
    "week_ahead": Setting("The week ahead, on Mondays"),
    "away_until": Setting("Away, and back on", setting.day, "no, you're here"),
    "cover": Setting("Who covers for you", setting.people, "nobody"),
}


@dataclass(frozen=True, slots=True)
class _Chosen:
    hour: time
    rows: int
    wishes: Preferences


def shown(person: Member, settings: Workspace, today: date) -> dict[str, str]:
    """Return what stands in the form of a person; an absence that is over is none."""
    wishes, calendar = person.preferences, calendar_of(settings, person)
    at = person.reminder_hour
    hour = at if calendar.is_working_hour(at) else calendar.starts
    away = wishes.away_until if wishes.is_away(today) else None
    return {
        "hour": f"{hour:%H:%M}",
        "days": ",".join(str(one) for one in calendar.days),
        "rows": str(person.row_limit),
        "quiet_from": f"{wishes.quiet_from:%H:%M}" if wishes.quiet_from else "",
        "quiet_until": f"{wishes.quiet_until:%H:%M}" if wishes.quiet_until else "",
        "week_ahead": YES if wishes.is_week_ahead else "",
        "away_until": away.isoformat() if away else "",
        "cover": (wishes.cover or "") if away else "",
    }


def submit_preferences(form: Submitted, request: Request, context: Context) -> Message:
    """Keep what a person chose, and move what is planned for them."""
    chosen = _read(form, request)
    _look_up(chosen.wishes.cover, request, context)
    with context.store.change(
        request.workspace, request.now, "preferences", request.user, request.key
    ) as change:
        person = workspace.member(change, request.user)
        before = shown(person, request.settings, request.today)
        if (person.reminder_hour, person.row_limit, person.preferences) != _columns(chosen):
            workspace.save_preferences(
                change,
                request.user,
                chosen.wishes,
                reminder_hour=chosen.hour,
                row_limit=chosen.rows,
            )
        after = shown(workspace.member(change, request.user), request.settings, request.today)
    lines = said_back(PREFERENCES, before, after)
    if not lines:
        return say("Your settings are as they were; nothing was changed.")
    return saved(change, "✓ *Your settings are saved.*", *lines)


def _columns(chosen: _Chosen) -> tuple[time, int, Preferences]:
    return chosen.hour, chosen.rows, chosen.wishes


def _read(form: Submitted, request: Request) -> _Chosen:
    days = form.weekdays("days")
    start, end = _quiet(form)
    away_until, cover = _absence(form, request)
    wishes = Preferences(
        work_days=days if days != request.calendar.days else None,
        quiet_from=start,
        quiet_until=end,
        is_week_ahead=form.values.get("week_ahead") == YES,
        away_until=away_until,
        cover=cover,
    )
    return _Chosen(_hour(form, wishes, request), form.count("rows", MOST_ROWS), wishes)


def _hour(form: Submitted, wishes: Preferences, request: Request) -> time:
    hour = form.hour("hour")
    if hour is None:
        raise FieldError("hour", "At what time?")
    calendar = request.calendar
    if not calendar.is_working_hour(hour):
        hours = f"{time_words(calendar.starts)} to {time_words(calendar.ends)}"
        raise FieldError("hour", f"Please pick a time in working hours, {hours}.")
    if wishes.is_quiet(hour):
        raise FieldError("hour", "That is in your quiet hours. Please pick a time outside them.")
    return hour


def _quiet(form: Submitted) -> tuple[time | None, time | None]:
    start, end = form.hour("quiet_from"), form.hour("quiet_until")
    if (start is None) != (end is None):
        empty = "quiet_from" if start is None else "quiet_until"
        raise FieldError(empty, "Please give both ends of the quiet hours, or neither.")
    if start is not None and end is not None and start >= end:
        raise FieldError("quiet_until", "Please pick a time after the quiet hours begin.")
    return start, end


def _absence(form: Submitted, request: Request) -> tuple[date | None, str | None]:
    back_on, cover = form.day("away_until"), form.person("cover")
    if cover and back_on is None:
        raise FieldError("away_until", "Until when? Please pick the first day you're back.")
    if cover == request.user:
        raise FieldError("cover", "Please pick a colleague.")
    if back_on and not 0 < (back_on - request.today).days <= AWAY_AT_MOST:
        raise FieldError("away_until", "Please pick a day from tomorrow on, within a year.")
    return back_on, cover


def _look_up(cover: str | None, request: Request, context: Context) -> None:
    if cover is None:
        return
    with at("cover"):
        person = looked_up(context, request, cover)
        if person.preferences.is_away(request.today):
            raise UserError(f"{plain(person.name)} is away too. Please pick somebody else.")


def _open(_value: str, request: Request, _context: Context) -> OpenForm:
    prefill: Mapping[str, str] = shown(request.member, request.settings, request.today)
    return OpenForm("preferences", prefill)


MY_SETTINGS = Press("my_settings", _open, {"preferences": "those settings of yours"})
