"""The first message: what an owner sets up in three steps."""

from bot.domain.message import Button, Controls, Message, Pick, Small, Words
from bot.domain.words import count_words, plain

ADDING = (
    "1. *Paste your partners*, one on each line; a name is enough, or _Riverside Orthopedics, "
    "ortho, every month, @ana_. From a file: `rapport import partners`."
)
ADDED = (
    "1. *{} in already:* `/partner list` shows them. "
    "Paste more, one on each line; a name is enough."
)


def welcome(name: str, partners: int = 0) -> Message:
    """Greet an owner by first name, with what can be set up at once; so many partners are in."""
    first = plain(name.split(" ")[0])
    hello = f"Hi{f' {first}' if first else ''}, I'm Rapport. Three steps and we're live:"
    return Message(
        (
            Words(hello),
            Words(ADDED.format(_are(partners)) if partners else ADDING),
            Controls((Button("Paste your partners", "paste", style="primary"),)),
            Words(
                "2. *Who hears about evaluations?* I ask once a day, half an hour before closing."
            ),
            Controls((Pick("Who hears about evaluations?", "asked", "person"),)),
            Words("3. *Where do I post?* Figures are for the channel that your team reads."),
            Controls((Pick("Where do I post?", "posted", "channel"),)),
            Small("I never write to partners, and I never need a patient's name."),
        ),
        preview=hello,
    )


def _are(partners: int) -> str:
    return f"{count_words(partners, 'partner')} {'is' if partners == 1 else 'are'}"
