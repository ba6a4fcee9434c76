"""`/partner help`: usage of everything that can be said."""

from bot.commands.request import Context, Request, Subcommand
from bot.commands.which import adding, guesses
from bot.domain.finding import Book
from bot.domain.message import Button, Control, Controls, Heading, Message, Small, Words, say
from bot.domain.words import plain, short


def help_on(text: str, request: Request, _context: Context) -> Message:
    """Answer with the usage of one subcommand, or of all."""
    from bot.commands import subcommand

    wanted = subcommand(text.strip())
    return one(wanted) if wanted else everything(request)


def one(wanted: Subcommand) -> Message:
    """Return the usage of one subcommand."""
    return say(f"`/partner {plain(wanted.usage)}`", plain(wanted.help))


def everything(request: Request) -> Message:
    """Return the usage of all subcommands, and the way to the settings."""
    from bot.commands import SUBCOMMANDS

    lines = [f"`/partner {plain(each.usage)}`\n{plain(each.help)}" for each in SUBCOMMANDS]
    return Message(
        (
            Heading("What you can say"),
            *(Words("\n".join(lines[i : i + 6])) for i in range(0, len(lines), 6)),
            Controls(_settings(request)),
            Small("Please leave out anything about patients: no names, no chart numbers."),
        )
    )


def _settings(request: Request) -> tuple[Control, ...]:
    mine = Button("My settings", "my_settings")
    practice = Button("Practice settings", "practice_settings")
    return (mine, practice) if request.member.is_owner else (mine,)


def not_understood(
    text: str, suggestion: Subcommand | None, book: Book, request: Request
) -> Message:
    """Answer what was not understood, with usage and the nearest thing that would be."""
    from bot.commands import SUBCOMMANDS

    said = plain(short(text, 80))
    lead = f'I didn\'t understand "{said}". Nothing was saved.'
    if suggestion:
        lead += f" Did you mean `/partner {plain(suggestion.usage)}`?"
    usages = "\n".join(f"`/partner {plain(each.usage)}`" for each in SUBCOMMANDS)
    buttons = () if suggestion else (*guesses(book, text, request), *adding(text, request))
    return Message((Words(lead), *((Controls(buttons),) if buttons else ()), Small(usages)))


HELP = Subcommand("help", "help [subcommand]", "This page.", help_on, aliases=("?", "usage"))
