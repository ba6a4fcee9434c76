"""The Web API: a table from method to function, and which token each wants."""

from collections.abc import Callable, Collection

from bot.practice.api import chat, conversations, people, validate, views
from bot.practice.api.request import RefusalError, Request
from bot.practice.records import Json

Method = Callable[[Request], Json]

METHODS: dict[str, Method] = {
    "api.test": people.api_test,
    "auth.test": people.auth_test,
    "apps.connections.open": people.connections_open,
    "blocks.validate": validate.validate,
    "chat.postMessage": chat.post_message,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.update": chat.update,
    "chat.delete": chat.delete,
    "conversations.open": conversations.open_im,
    "conversations.info": conversations.info,
    "conversations.history": conversations.history,
    "dnd.info": people.dnd_info,
    "dnd.teamInfo": people.dnd_team_info,
    "users.info": people.users_info,
    "users.lookupByEmail": people.users_by_email,
    "users.list": people.users_list,
    "team.info": people.team_info,
    "views.open": views.open_view,
    "views.push": views.push,
    "views.update": views.update,
    "views.publish": views.publish,
}
WITHOUT_TOKEN = {"api.test"}
WITH_APP_TOKEN = {"apps.connections.open"}


def answer(method: str, request: Request) -> Json:
    """What Slack answers to an authorised call, refusals included."""
    try:
        with request.workspace.changed:
            return METHODS[method](request)
    except RefusalError as refusal:
        return refusal.answer


def token_problem(
    method: str, token: str, bot_tokens: Collection[str], app_token: str
) -> str | None:
    """The error for a token that is missing, wrong, or of the wrong kind."""
    if method not in METHODS:
        return "unknown_method"
    if method in WITHOUT_TOKEN:
        return None
    if not token:
        return "not_authed"
    if token not in (*bot_tokens, app_token):
        return "invalid_auth"
    is_fit = (token == app_token) == (method in WITH_APP_TOKEN)
    return None if is_fit else "not_allowed_token_type"
