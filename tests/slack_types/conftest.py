"""A practice Slack and the bot as a process beside it, as in the tests from end to end."""

from tests.end_to_end.conftest import maya, processes, slack, sqlite_url, starts

__all__ = ["maya", "processes", "slack", "sqlite_url", "starts"]
