"""What holds for every kind of reminder, whatever the facts."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.commands import PRESSES
from bot.domain import reminder
from bot.domain.fact import Facts
from bot.domain.message import Menu
from bot.reminders import KINDS
from bot.reminders.letter import alone, morning, redraw
from bot.slack.blocks import rungs
from tests.commands.looking import is_sound
from tests.reminders.given import NOW, PARTNER, REMINDER, TODAY, facts_of

LOCAL = datetime(2027, 3, 3, 9, 0)
few = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
any_facts = st.sampled_from(sorted(KINDS)).flatmap(facts_of)


def test_the_table_names_what_the_rules_name() -> None:
    named = {
        reminder.CHECK_IN,
        reminder.THANK_YOU,
        reminder.NEXT_STEP,
        reminder.HANDOVER,
        reminder.UNREACHABLE,
    }
    assert set(KINDS) == named
    assert all(kind.name == name for name, kind in KINDS.items())
    assert len({kind.rank for kind in KINDS.values()}) == len(KINDS)


@few
@given(any_facts)
def test_a_row_fits_into_slack_and_pings_nobody(facts: Facts) -> None:
    kind = KINDS[facts.reminder.kind]
    said = kind.row(facts)
    if said is None:
        return
    assert said.text.strip()
    assert said.short.strip()
    assert "\n" not in said.short
    for text in (said.text, said.small, said.draft):
        assert len(text) < 3000
    for control in kind.controls(facts):
        assert control.action in PRESSES
        values = [v for _, v in control.options] if isinstance(control, Menu) else [control.value]
        assert all(value.startswith(f"{facts.reminder.id}") for value in values)
        assert control.label


@few
@given(st.lists(any_facts, max_size=7))
def test_a_message_of_them_is_sound(facts: list[Facts]) -> None:
    rows = [
        replace(row, reminder=replace(row.reminder, id=number))
        for number, row in enumerate(facts, 1)
    ]
    letter = morning(rows, LOCAL, 5)
    is_sound(letter.message)
    assert len(letter.shows) <= 5
    assert not set(letter.shows) & set(letter.untrue)
    assert len(rungs(letter.message)[0]["blocks"]) <= 50
    if rows:
        is_sound(redraw(rows, 1, "U1"))
        if alone(rows).shows:
            is_sound(alone(rows).message)


@pytest.mark.parametrize("kind", ["check_in", "thank_you", "next_step"])
def test_an_ended_partner_is_never_asked_about(kind: str) -> None:
    facts = Facts(
        replace(REMINDER, kind=kind), replace(PARTNER, ended_on=TODAY), TODAY, unthanked=2
    )
    assert KINDS[kind].row(facts) is None


def test_what_is_owed_first_comes_first() -> None:
    ranked = sorted(KINDS.values(), key=lambda kind: kind.rank)
    tasks = [kind.name for kind in ranked if kind.name not in reminder.TOLD_ONCE]
    assert tasks == ["thank_you", "next_step", "check_in"]
    assert [kind.name for kind in ranked[: len(tasks)]] == tasks


def test_a_check_in_says_what_is_known() -> None:
    from bot.domain.partner import Contact

    dana = Contact(
        3, 7, "Coach Dana", phone="555-0142", preferred_channel="text", cares_about="fewer injuries"
    )
    said = KINDS["check_in"].row(
        Facts(
            REMINDER,
            PARTNER,
            TODAY,
            contact=dana,
            last_referral_on=TODAY.replace(month=1, day=12),
            referrals_per_month=3.0,
        )
    )
    assert said
    assert said.text == (
        "*Iron Peak CrossFit*: check-in. Nothing logged yet. "
        "No referral since Jan 12, usually 3 a month."
    )
    assert said.short == "text Iron Peak CrossFit"
    assert said.small == "They care about fewer injuries. Coach Dana, 555-0142, likes texts"
    assert NOW
