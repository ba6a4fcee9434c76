"""`python -m bot` is the same as `rapport`."""

from bot.cli import main

main()
