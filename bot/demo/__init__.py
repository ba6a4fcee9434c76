"""A sample clinic to play with in the browser: the real bot, a Slack on this machine."""

from bot.demo.play import main

__all__ = ["main"]
