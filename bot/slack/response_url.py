"""Answers that come after the acknowledgement, through the interaction's response_url.

Slack takes five of them in half an hour, which is as many as there are rungs. One whose line broke
is not sent again: it may have arrived.
"""

import logging
from http import HTTPStatus
from http.client import HTTPException

from slack_sdk.webhook import WebhookClient, WebhookResponse

from bot.domain.message import Message
from bot.slack.blocks import rungs, worded
from bot.slack.messenger import BLOCKS_REFUSED
from bot.slack.mrkdwn import Json
from bot.slack.web import silent

log = logging.getLogger(__name__)

TIMEOUT = 5
EPHEMERAL, IN_CHANNEL = "ephemeral", "in_channel"


def ephemeral(message: Message) -> Json:
    """Return the acknowledgement that shows a message to the person who typed, at once.

    Slack cannot refuse its blocks, so it has no charts.
    """
    return {"response_type": EPHEMERAL, **worded(message)}


def respond(
    url: str, message: Message, response_type: str = EPHEMERAL, replaces: bool = False
) -> bool:
    """Say `message`, or put it in place of the one that was pressed, in blocks that are taken.

    Returns False when Slack did not take it.
    """
    client = WebhookClient(url, timeout=TIMEOUT, retry_handlers=[], logger=silent)
    for rung in rungs(message):
        body = {**rung, "response_type": response_type, "replace_original": replaces}
        try:
            answer = client.send_dict(body)
        except (OSError, HTTPException, ValueError) as error:
            log.warning("answer lost: %s", type(error).__name__)
            return True
        if not _is_refused(answer):
            return answer.status_code == HTTPStatus.OK
    return False


def _is_refused(answer: WebhookResponse) -> bool:
    """Whether plainer blocks may be taken; any other refusal is final and stands in the log."""
    if answer.status_code == HTTPStatus.OK:
        return False
    log.warning("answer refused: http_%s", answer.status_code)
    return any(reason in answer.body for reason in BLOCKS_REFUSED)
