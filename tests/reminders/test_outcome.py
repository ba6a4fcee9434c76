"""What a row says once somebody acted on it."""

from dataclasses import replace

import pytest

from bot.domain.interaction import KINDS as INTERACTIONS
from bot.domain.interaction import Interaction
from bot.reminders.outcome import PAST, outcome
from bot.reminders.put_off import SKIP, WHEN, not_now
from tests.reminders.given import NOW, PARTNER, REMINDER, TODAY, Facts

WAITING = Facts(REMINDER, PARTNER, TODAY)


def _closed(how: str, **more: object) -> Facts:
    reminder = replace(REMINDER, closed_at=NOW, closed_on=TODAY, closed_how=how)
    return Facts(reminder, PARTNER, TODAY, **more)  # type: ignore[arg-type]


def test_while_it_waits_there_is_none() -> None:
    assert outcome(WAITING, "U1") is None


@pytest.mark.parametrize("kind", sorted(INTERACTIONS))
def test_every_kind_of_interaction_is_said(kind: str) -> None:
    done = Interaction(5, 7, kind, TODAY, "U1", NOW)
    said = outcome(_closed("done", done=done, next_check_in_on=TODAY.replace(month=4)), "U1")
    assert said
    assert said.text == (
        f"✓ *Iron Peak CrossFit*: {PAST.get(kind, 'done')} today. Next check-in: Sat, Apr 3."
    )


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("skipped", "✓ *Iron Peak CrossFit*: skipped this one."),
        ("waived", "✓ *Iron Peak CrossFit*: no thank-you needed."),
        ("moved", "✓ *Iron Peak CrossFit*: no longer due."),
        ("done", "✓ *Iron Peak CrossFit*: done."),
        ("untrue", "*Iron Peak CrossFit*: no longer needed"),
    ],
)
def test_however_it_was_closed(how: str, words: str) -> None:
    said = outcome(_closed(how, change_id=9), "U1")
    assert said
    assert said.text == words
    assert [control.text for control in said.controls] == ([] if how == "untrue" else ["Undo"])


def test_put_off_or_handed_over() -> None:
    later = replace(REMINDER, last_shown_on=TODAY, back_on=TODAY.replace(day=8))
    said = outcome(replace(WAITING, reminder=later), "U1")
    assert said
    assert said.text == "*Iron Peak CrossFit*: not now. Back Mon, Mar 8."
    said = outcome(replace(WAITING, reminder=replace(REMINDER, recipient="U2")), "U1")
    assert said
    assert said.text == "*Iron Peak CrossFit*: with <@U2> now"


def test_only_what_comes_again_can_be_skipped() -> None:
    assert f"12:{SKIP}" in [value for _, value in not_now(WAITING).options]
    assert len(not_now(WAITING, can_skip=False).options) == len(WHEN) + 2
