"""What a check-in asks when it was shown three times and nobody answered."""

from bot.domain.cadence import less_often
from bot.domain.fact import Facts
from bot.domain.message import Button, Control
from bot.domain.words import plain
from bot.reminders.kind import Said, carry
from bot.reminders.put_off import HAND_OVER

KEEP, LESS_OFTEN, PAUSE = "keep", "less_often", "pause"


def question(facts: Facts) -> Said:
    """Ask what is best for a partner, instead of asking for the same again."""
    name = plain(facts.partner.name)
    longer = less_often(facts.cadence)
    offered = f" *Less often* would be {longer.words}." if longer else ""
    return Said(
        f"*{name}*: here three times now. What's best?",
        short=f"what's best for {name}?",
        small=f"Now it is {facts.cadence.words}.{offered}",
    )


def answers(facts: Facts) -> tuple[Control, ...]:
    """Return the buttons under the question."""
    choices = {KEEP: "Keep", LESS_OFTEN: "Less often", HAND_OVER: "Hand over", PAUSE: "Pause"}
    if less_often(facts.cadence) is None:
        del choices[LESS_OFTEN]
    name = plain(facts.partner.name)
    return tuple(
        Button(text, "whats_best", carry(facts, choice), label=f"{text}: {name}")
        for choice, text in choices.items()
    )
