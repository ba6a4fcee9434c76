"""Looks at everything that going live needs, and says what to do about what is wrong.

finding      one line of the report
here         what this machine has: settings, database, time zones
there        what Slack says: tokens, scopes, socket, people, channel
rehearsal    one of each message, made by a clinic that does not exist
remedy       what to do about each of Slack's errors
"""

from bot.doctor.examine import examine
from bot.doctor.finding import Finding

__all__ = ["Finding", "examine"]
