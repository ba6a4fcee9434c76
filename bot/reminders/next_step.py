"""The next step: something a person said they would do by a day."""

from bot.domain.fact import Facts
from bot.domain.message import Button, Control
from bot.domain.words import day_words, plain
from bot.reminders.kind import Kind, Said, carry
from bot.reminders.put_off import not_now


def _row(facts: Facts) -> Said | None:
    step = facts.step
    if step is None or step.done_on or step.dropped_on or facts.partner.ended_on:
        return None
    name, what = plain(facts.partner.name), plain(step.what)
    if facts.reminder.is_question:
        was_for = day_words(step.due_on, facts.today)
        text = f"*{name}*: {what}, it was for {was_for}. Here three times now: still wanted?"
        return Said(text, short=f"{name}: {what}?")
    return Said(
        f"*{name}*: {what}, for {day_words(step.due_on, facts.today)}", short=f"{name}: {what}"
    )


def _controls(facts: Facts) -> tuple[Control, ...]:
    name = plain(facts.partner.name)
    done = Button("Done", "step_done", carry(facts), label=f"Done: {name}")
    drop = Button("Drop it", "step_drop", carry(facts), label=f"Drop it: {name}")
    others = (drop,) if facts.reminder.is_question else ()
    return (done, *others, not_now(facts, can_skip=False))


NEXT_STEP = Kind("next_step", rank=2, row=_row, controls=_controls)
