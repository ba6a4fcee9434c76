"""One failing row never stops the others, nor the timer."""

import logging
from collections.abc import Callable
from typing import TypeVar

from bot.errors import RapportError

log = logging.getLogger(__name__)

Result = TypeVar("Result")


def attempt(work: Callable[[], Result], what: str) -> Result | None:
    """Return what `work` returns; a failure is logged under the name `what`, and None returned."""
    try:
        return work()
    except RapportError as error:
        log.warning("%s failed: %s %s", what, type(error).__name__, error)
    except Exception:
        log.exception("%s failed", what)
    return None
