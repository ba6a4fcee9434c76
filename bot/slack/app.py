"""The Bolt application: which listener hears what, and what is said when one fails."""

import logging
import re
from functools import partial
from typing import Any

from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.domain.message import Message
from bot.slack import actions, command
from bot.slack.apology import apology
from bot.slack.front import Front
from bot.slack.limits import SECTION_TEXT
from bot.slack.mrkdwn import Json, raw
from bot.slack.response_url import ephemeral, respond

COMMAND = "/partner"
ANY_ACTION = re.compile("")

# Bolt writes whole requests into its warnings.
_bolt_log = logging.getLogger("rapport.bolt")
_bolt_log.setLevel(logging.ERROR)


def make_app(front: Front, client: WebClient) -> App:
    """Return the application. What comes in was verified before it reaches Bolt."""
    app = App(
        name="rapport",
        logger=_bolt_log,
        client=client,
        authorize=partial(_authorize, front.workspace, client.token),
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        listener_executor=front.pool,
    )
    _listen(app, front)
    return app


def _authorize(workspace: str, token: str | None, **_: Any) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id=workspace, bot_token=token)


def _listen(app: App, front: Front) -> None:
    @app.command(COMMAND)
    def hear_command(ack: Any, body: Json) -> None:
        ack(command.answer(front, body) or "")

    @app.action(ANY_ACTION)
    def hear_press(ack: Any, body: Json) -> None:
        actions.take(front, body)
        ack()

    @app.error
    def hear_error(error: Exception, body: Json) -> BoltResponse:
        return _sorry(front, error, body)


def _sorry(front: Front, error: Exception, body: Json) -> BoltResponse:
    """Answer in the one form that Slack shows for what came in."""
    message = apology(error, command.typed(body))
    if body.get("command"):
        return BoltResponse(status=200, body=ephemeral(message))
    if body.get("type") == "view_submission":
        return BoltResponse(status=200, body=_at_first_input(body["view"], message))
    if url := body.get("response_url"):
        front.later(url, partial(respond, url, message))
    return BoltResponse(status=200, body="")


def _at_first_input(view: Json, message: Message) -> Json:
    """Any other body would break the modal."""
    inputs = (block["block_id"] for block in view["blocks"] if block["type"] == "input")
    errors = {block_id: raw(message.text, SECTION_TEXT) for block_id in list(inputs)[:1]}
    return {"response_action": "errors", "errors": errors}
