"""The clinic of the commands' tests: six partners, three contacts, Ana the liaison of two."""

from tests.commands.conftest import clinic

__all__ = ["clinic"]
