"""What was loaded at the start is not looked at again and again."""

import subprocess
import sys

ASKED = """
import gc
from bot.run.memory import NEW_OBJECTS, keep_what_is_loaded

keep_what_is_loaded()
assert gc.isenabled() and gc.get_threshold()[0] == NEW_OBJECTS
assert gc.get_freeze_count() > 10_000, gc.get_freeze_count()
assert len(gc.get_objects()) < 10_000, len(gc.get_objects())
"""


def test_the_collector_passes_over_what_was_loaded() -> None:
    asked = [sys.executable, "-c", ASKED]
    assert subprocess.run(asked, check=False, capture_output=True, text=True).stderr == ""
