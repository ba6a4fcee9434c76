"""The Bolt application: which listener hears what, and what is said when one fails."""

import logging
import re
from contextlib import suppress
from functools import partial
from typing import Any

from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bot.errors import UserError
from bot.slack import actions, command, direct, home_tab, shortcuts, submission
from bot.slack.apology import apology
from bot.slack.front import Front
from bot.slack.journal import noted
from bot.slack.mrkdwn import Json
from bot.slack.response_url import ephemeral, respond
from bot.slack.sender import of_interaction
from bot.slack.tokens import Tokens

COMMAND = "/partner"
ANY = re.compile("")

# Bolt writes whole requests into its warnings.
_bolt_log = logging.getLogger("rapport.bolt")
_bolt_log.setLevel(logging.ERROR)


def make_app(front: Front) -> App:
    """Return the application. What comes in was verified before it reaches Bolt."""
    app = App(
        name="rapport",
        logger=_bolt_log,
        authorize=partial(_authorized, front.tokens),
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        listener_executor=front.pool.pool,
    )
    _listen(app, front)
    return app


def _authorized(tokens: Tokens, team_id: str | None) -> AuthorizeResult:
    """Let everything in: who may do what is for the front to say, in words that help."""
    token = tokens.of(team_id) if team_id in tokens and team_id else None
    return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_token=token)


def _listen(app: App, front: Front) -> None:
    @app.command(COMMAND)
    def hear_command(ack: Any, body: Json) -> None:
        with noted(body):
            ack(command.answer(front, body) or "")

    @app.action(ANY)
    def hear_press(ack: Any, body: Json) -> None:
        with noted(body):
            actions.take(front, body)
        ack()

    @app.view_submission(ANY)
    def hear_form(ack: Any, body: Json) -> None:
        with noted(body):
            submission.take(front, body)
        ack()

    @app.shortcut(ANY)
    def hear_shortcut(ack: Any, body: Json) -> None:
        with noted(body):
            shortcuts.take(front, body)
        ack()

    @app.view_closed(ANY)
    def hear_closed(ack: Any) -> None:
        ack()

    @app.options(ANY)
    def hear_typing(ack: Any, body: Json) -> None:
        ack(options=submission.offers(front, body))

    _listen_to_events(app, front)

    @app.error
    def hear_error(error: Exception, body: Json) -> BoltResponse:
        return _sorry(front, error, body)


def _listen_to_events(app: App, front: Front) -> None:
    @app.event("app_home_opened")
    def hear_home(body: Json) -> None:
        home_tab.opened(front, body)

    @app.event("tokens_revoked")
    def hear_revoked(body: Json) -> None:
        if (body["event"].get("tokens") or {}).get("bot"):
            front.tokens.note(str(body.get("team_id")), "token_revoked")

    @app.event("app_uninstalled")
    def hear_uninstalled(body: Json) -> None:
        front.tokens.note(str(body.get("team_id")), "account_inactive")

    @app.event("message")
    def hear_message(body: Json) -> None:
        with noted(body):
            direct.hear(front, body)


def _sorry(front: Front, error: Exception, body: Json) -> BoltResponse:
    """Answer in the one form that Slack shows for what came in."""
    if one := direct.heard(body):
        return BoltResponse(status=direct.sorry(front, one, error), body="")
    message = apology(error, command.typed(body))
    if body.get("command"):
        return BoltResponse(status=200, body=ephemeral(message))
    if body.get("type") == "view_submission":
        return BoltResponse(status=200, body=submission.at_field(body["view"], error, message))
    if shortcuts.is_one(body):
        shortcuts.sorry(front, body, message)
    elif url := body.get("response_url"):
        front.say_later(url, partial(respond, url, message))
    elif home_tab.is_in(body):
        with suppress(UserError):
            home_tab.answer(front, of_interaction(body), body, message)
    return BoltResponse(status=200, body="")
