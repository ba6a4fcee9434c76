"""A day at a sample clinic, played in the terminal: the real bot, a Slack on this machine."""

from bot.demo.play import main

__all__ = ["main"]
