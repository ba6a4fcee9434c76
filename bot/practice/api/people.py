"""auth.*, users.*, team.*: who is who."""

from bot.practice.api.request import RefusalError, Request
from bot.practice.objects import user_object
from bot.practice.records import Json, Person

USERS_MOST = 1000
# https://docs.slack.dev/reference/methods/dnd.teamInfo
DND_MOST = 50


def api_test(request: Request) -> Json:
    shown = {key: value for key, value in request.arguments.items() if key != "token"}
    if request.given("error"):
        raise RefusalError(request.text("error"), args=shown)
    return {"ok": True, "args": shown}


def auth_test(request: Request) -> Json:
    workspace = request.workspace
    return {
        "ok": True,
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": workspace.bot.name,
        "team_id": workspace.team_id,
        "user_id": workspace.bot.id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(request: Request) -> Json:
    return {"ok": True, "url": request.new_link()}


def users_info(request: Request) -> Json:
    person = request.person()
    return {"ok": True, "user": user_object(person, request.flag("include_locale"))}


def dnd_info(request: Request) -> Json:
    """The do-not-disturb time that goes on or comes next; 1 stands for none."""
    return {"ok": True, **_dnd(request.person())}


def dnd_team_info(request: Request) -> Json:
    """The same of up to 50 people at once."""
    named = [one for one in request.text("users").split(",") if one][:DND_MOST]
    if not named:
        raise RefusalError("no_users_provided")
    people = request.workspace.people
    return {"ok": True, "users": {one: _dnd(people[one]) for one in named if one in people}}


def _dnd(person: Person) -> Json:
    start, end = person.dnd or (1, 1)
    return {
        "dnd_enabled": person.dnd is not None,
        "next_dnd_start_ts": start,
        "next_dnd_end_ts": end,
    }


def users_by_email(request: Request) -> Json:
    wanted = request.text("email").casefold()
    for person in request.workspace.people.values():
        if person.email.casefold() == wanted and not person.deleted:
            return {"ok": True, "user": user_object(person, False)}
    raise RefusalError("users_not_found")


def users_list(request: Request) -> Json:
    """Everybody, in pages when `limit` asks for them; people deactivated are listed too."""
    members = list(request.workspace.people.values())
    start = request.offset()
    limit = request.whole("limit", USERS_MOST, USERS_MOST)
    page = members[start : start + limit]
    more = f"next:{start + limit}" if len(members) > start + limit else ""
    with_locale = request.flag("include_locale")
    return {
        "ok": True,
        "members": [_listed(person, with_locale) for person in page],
        "cache_ts": int(request.workspace.clock()),
        "response_metadata": {"next_cursor": more},
    }


def _listed(person: Person, with_locale: bool) -> Json:
    shown = user_object(person, with_locale)
    del shown["is_stranger"]
    return shown


def team_info(request: Request) -> Json:
    workspace = request.workspace
    team = {
        "id": workspace.team_id,
        "name": workspace.name,
        "domain": workspace.domain,
        "email_domain": "",
        "icon": {"image_default": True},
        "url": f"https://{workspace.domain}.slack.com/",
        "is_verified": False,
    }
    return {"ok": True, "team": team}
