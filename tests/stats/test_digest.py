"""What the weekly digest says, and of whom."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.digest import GONE, NOT_A_MEMBER, SHARED, UNSURE, Ahead, Digest, Moment, covered
from bot.domain.message import Chart, Controls
from bot.domain.period import Period, months
from bot.domain.tally import NOTHING_TO_LOOK_AT, Attention, Rhythm, Tally, Unassigned
from bot.slack.blocks import rungs
from bot.stats.digest import digest, to_owner
from tests.commands.looking import is_sound
from tests.speaker import controls

TODAY = date(2027, 3, 1)
WEEK = covered("2027-W09", 0)
DRAWN = Period(date(2026, 10, 1), TODAY, "")
NOTHING = Digest(
    week=WEEK,
    today=TODAY,
    tally=Tally(),
    kinds={},
    moments=(),
    first_ever=(),
    ahead=(),
    check_ins_ahead=0,
    attention=NOTHING_TO_LOOK_AT,
    unassigned=0,
    unthanked=0,
    drawn=DRAWN,
    by_month={},
    owners=("Maya",),
)
FULL = replace(
    NOTHING,
    tally=Tally(received=9, converted=3, days_to_evaluation=((4, 7),)),
    kinds={"call": 8, "visit": 6, "thank_you": 6, "report": 2},
    moments=(Moment("workshop", "Luis Ortega", "Stride"), Moment("visit", "Ana Silva", "A & B")),
    first_ever=("Bright Path",),
    ahead=(Ahead(date(2027, 3, 4), "Precision", "bring the folders"),),
    check_ins_ahead=12,
    attention=Attention(
        (Rhythm(1, "Bayview", 9, date(2026, 10, 14), date(2027, 1, 12)),),
        unassigned=(Unassigned(3, "Meals on Wheels"),),
    ),
    unassigned=1,
    unthanked=2,
    by_month={first: Tally(received=6, converted=4) for first, _ in months(DRAWN)},
)
ASIDE = (Chart, Controls)
names = st.text(min_size=1, max_size=200)


def test_a_full_week() -> None:
    found = digest(FULL)
    assert "\n".join(part.text for part in found.parts if not isinstance(part, ASIDE)) == (
        "*Last week with our partners (Feb 22 to 28)*\n"
        "9 referrals, 7 first evaluations, 14 conversations, 6 thank-yous.\n"
        "*Nice work:* Luis held a workshop with Stride. Ana visited A &amp; B. "
        "First referral ever: Bright Path.\n"
        "*Coming up:* Precision, bring the folders (Thu); 12 check-ins.\n"
        "*For Maya:* Meals on Wheels needs a liaison. Bayview is quiet. 2 thank-yous open."
    )
    assert [(one.text, one.action, one.value) for one in controls(found)] == [
        ("Assign Meals on Wheels", "assign", "3"),
        ("Show Bayview", "show", "1"),
    ]
    [drawn] = [part for part in found.parts if isinstance(part, Chart)]
    assert drawn.title == "Received and came in, by month"
    assert "Oct 2026: Received 6, Came in 4" in found.text
    assert found.preview == "Last week with our partners (Feb 22 to 28): 9 referrals"


def test_an_empty_week_is_one_line() -> None:
    found = digest(replace(NOTHING, by_month=FULL.by_month))
    assert [part.text for part in found.parts] == [
        "*Last week with our partners (Feb 22 to 28)*\n"
        "A quiet week: nothing was logged, and no referral came."
    ]


@pytest.mark.parametrize("why", [SHARED, GONE, NOT_A_MEMBER, UNSURE])
def test_owners_read_why_it_came_to_them(why: str) -> None:
    found = to_owner(FULL, why, "C123")
    assert "<#C123>" in found.parts[0].text
    assert found.parts[1:] == digest(FULL).parts


def test_many_are_counted_not_listed() -> None:
    many = tuple(f"P{n}" for n in range(40))
    ahead = tuple(Ahead(TODAY, name, "x" * 500) for name in many)
    found = digest(replace(FULL, first_ever=many, ahead=ahead, unassigned=40)).text
    assert "P0, P1, P2 and 37 more" in found
    assert "37 more next steps" in found
    assert "Meals on Wheels and 39 more need a liaison" in found


@given(names, names, st.text(max_size=500))
@settings(max_examples=40, deadline=None)
def test_whatever_the_names_it_fits_and_pings_nobody(who: str, partner: str, what: str) -> None:
    odd = replace(
        FULL,
        moments=(Moment("lunch", who, partner),) * 3,
        first_ever=(partner,) * 9,
        ahead=(Ahead(TODAY, partner, what),) * 9,
        owners=(who,) * 3,
    )
    is_sound(digest(odd))
    assert len(rungs(digest(odd))[0]["blocks"]) <= 6
