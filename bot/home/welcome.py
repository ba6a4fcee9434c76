"""An owner's first three steps; each is ticked off as it is done."""

from dataclasses import dataclass

from bot.domain.message import Button, Control, Controls, Heading, Part, Pick, Row, Small


@dataclass(frozen=True, slots=True)
class Welcome:
    """Which of the steps are done."""

    has_partners: bool
    has_desk: bool
    has_channel: bool

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self.has_partners and self.has_desk and self.has_channel


def welcome(steps: Welcome) -> list[Part]:
    """Return the steps with their controls, and the way to be rid of them."""
    done = [steps.has_partners, steps.has_desk, steps.has_channel]
    return [
        Heading(f"Three steps and we're live: {sum(done)} of 3 done", 2),
        _step(
            steps.has_partners,
            "1. *Add your partners.* One on each line; a name is enough, or _Riverside "
            "Orthopedics, ortho, every month, @ana_.",
            Button("Paste your partners", "paste", style="primary"),
        ),
        _step(
            steps.has_desk,
            "2. *Who hears about evaluations?* I ask them once a day, at half past four.",
            Pick("Who hears about evaluations?", "asked", "person"),
        ),
        _step(
            steps.has_channel,
            "3. *Where do I post?* Figures are for the channel that your team reads.",
            Pick("Where do I post?", "posted", "channel"),
        ),
        Controls((Button("I'm all set, hide this", "home_settled"),)),
        Small("I never write to partners, and I never need a patient's name."),
    ]


def _step(is_done: bool, text: str, control: Control) -> Part:
    return Row(f"✓ Done: {text}") if is_done else Row(text, (control,))
