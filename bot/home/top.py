"""The top of Home: a greeting, what was just done, and what can be begun from here."""

from bot.domain.message import Button, Controls, Heading, Message, Part, Words
from bot.domain.words import greeting, plain


def top(name: str, hour: int, said: Message | None, is_owner: bool) -> list[Part]:
    """Return the greeting of a person by first name; `said` is what a press just did."""
    first = plain(name.split(" ")[0])
    hello = f"{greeting(hour)}{f', {first}' if first else ''}."
    return [Heading(hello), *_said(said), _begin(is_owner)]


def _said(said: Message | None) -> list[Part]:
    """What was done, before anything else: it stands here until Home is drawn again."""
    if said is None:
        return []
    return [Words(f"*{part.text}*") if isinstance(part, Heading) else part for part in said.parts]


def _begin(is_owner: bool) -> Part:
    buttons = [
        Button("Add partner", "add_partner", style="primary"),
        Button("Log something", "log_something", label="Log an interaction"),
        Button("My settings", "my_settings", label="My settings: when I write to you"),
    ]
    if is_owner:
        buttons.append(Button("Practice settings", "practice_settings"))
    return Controls(tuple(buttons))
