"""The log: one line an event, as key=value (logfmt), which people and machines read.

A message is written as words and then `key=value` for each fact, so that every fact stands by
itself. What an unforeseen error says is left out, for it may hold what somebody typed: its class
and its place are enough.
"""

import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from bot.slack.journal import request

CHATTY = ("slack_sdk", "slack_bolt", "apscheduler", "alembic", "sqlalchemy", "waitress")
FRAMES = 8

_MESSAGE = re.compile(r"(?P<words>.*?)(?P<facts>(?: [a-z_]+=\S+)*)", re.DOTALL)
_NEEDS_QUOTES = re.compile(r'[\s"=]|^$')


class Logfmt(logging.Formatter):
    """Formats a record as one line."""

    def format(self, record: logging.LogRecord) -> str:
        found = _MESSAGE.fullmatch(record.getMessage())
        words, facts = (found["words"], found["facts"]) if found else ("", "")
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = (
            f"time={at} level={record.levelname.lower()} logger={record.name}"
            f" event={_quoted(words)}{facts}"
        )
        if found_request := request.get():
            line += f" request={found_request}"
        return line + (_failure(record.exc_info[1]) if record.exc_info else "")


def _quoted(text: str) -> str:
    if not _NEEDS_QUOTES.search(text):
        return text
    inner = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + " ".join(inner.split()) + '"'


def _failure(error: BaseException | None) -> str:
    if error is None:
        return ""
    frames = reversed(traceback.extract_tb(error.__traceback__)[-FRAMES:])
    place = " < ".join(f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames)
    return f" error={type(error).__name__} at={_quoted(place)}"


def log_to_stderr() -> None:
    """Write events to stderr; libraries say only what is wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Logfmt())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
