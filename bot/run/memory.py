"""How often Python looks through what is in memory for what it may throw away."""

import gc

# Python looks after 700 new objects, which is a dozen messages, and then at each of hundreds of
# thousands that never go away: a fifth of the engine's time. So many are a few megabytes.
NEW_OBJECTS = 20_000


def keep_what_is_loaded() -> None:
    """Have modules and tables that were loaded so far stay without being looked at again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)
