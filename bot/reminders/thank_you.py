"""The thank-you: a referral converted, and a note of thanks is owed."""

from bot.domain.fact import Facts
from bot.domain.message import Button, Control, Menu
from bot.domain.reminder import WAIVE_REASONS
from bot.domain.words import count_words, number_word, plain
from bot.reminders.draft import thank_you_note
from bot.reminders.kind import Kind, Said, carry, options
from bot.reminders.put_off import not_now

CLINICAL = "Clinical details go through the chart, not in this note."
SAY_NOTHING = (
    "Please don't say whether or when anyone came in: they don't treat patients, so even that "
    "would tell. That is why this comes as a general word of thanks."
)


def _row(facts: Facts) -> Said | None:
    if not facts.unthanked or facts.partner.ended_on:
        return None
    name = plain(facts.partner.name)
    return Said(
        _why(facts, name),
        short=f"thank {name}",
        draft=thank_you_note(facts, facts.me),
        small=CLINICAL if facts.partner.is_treating else SAY_NOTHING,
    )


def _why(facts: Facts, name: str) -> str:
    if facts.reminder.is_question:
        return f"*{name}*: here three times now. Is a word of thanks still right?"
    if not facts.partner.is_treating:
        return f"*Good week to thank {name}.*"
    if facts.is_first_ever:
        return f"{_first(facts, name)} took place. A call beats a card."
    took_place = count_words(facts.unthanked, "evaluation")
    return f"*Thank {name}*: {took_place} since your last note."


def _first(facts: Facts, name: str) -> str:
    if facts.unthanked == 1:
        return f"*First referral from {name}!* Their first evaluation"
    return f"*First referrals from {name}!* Their first {number_word(facts.unthanked)} evaluations"


def _controls(facts: Facts) -> tuple[Control, ...]:
    name = plain(facts.partner.name)
    reasons = {key: reason[0].upper() + reason[1:] for key, reason in WAIVE_REASONS.items()}
    choices = options(facts, reasons)
    not_needed = Menu("Not needed", "not_needed", choices, label=f"Not needed: {name}")
    sent = Button("Mark sent", "sent", carry(facts), label=f"Mark sent: {name}", style="primary")
    return (sent, not_now(facts, can_skip=False), not_needed)


THANK_YOU = Kind("thank_you", rank=1, row=_row, controls=_controls)
