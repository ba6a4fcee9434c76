"""Facts of every sort, and the controls of a row."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from bot.domain.fact import Facts, News
from bot.domain.interaction import KINDS as INTERACTIONS
from bot.domain.interaction import Interaction
from bot.domain.partner import CATEGORIES, Contact, Partner
from bot.domain.referral import NextStep
from bot.domain.reminder import Reminder

NOW = datetime(2027, 3, 3, 15, 0, tzinfo=UTC)
TODAY = date(2027, 3, 3)
PARTNER = Partner(7, "T1", "Iron Peak CrossFit", "gym", date(2026, 1, 5), liaison="U1")
REMINDER = Reminder(12, "check_in", 7, 7, "U1", "2027-03-03", TODAY, NOW)

names = st.one_of(
    st.sampled_from(
        ["Dr. Amy Lee", "Coach Dana Cruz", "Drew Barker", "<!channel>", "A & B", "x" * 200, "عيادة"]
    ),
    st.text(min_size=1, max_size=200),
)
maybe_day = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))
partners = st.builds(
    replace,
    st.just(PARTNER),
    name=names,
    category=st.sampled_from([*CATEGORIES, "sawmill"]),
    cadence=st.sampled_from([None, "every year", "every 6 weeks", "RRULE:FREQ=WEEKLY;BYDAY=TU"]),
    treating=st.sampled_from([None, None, True, False]),
    baseline_on=maybe_day,
    paused_on=st.sampled_from([None, None, TODAY]),
    paused_until=maybe_day,
    ended_on=st.sampled_from([None, None, TODAY]),
    liaison=st.sampled_from([None, "U1", "U2"]),
)
contacts = st.builds(
    Contact,
    st.just(3),
    st.just(7),
    name=names,
    role=st.none() | st.text(max_size=200),
    phone=st.none() | st.text(max_size=60),
    preferred_channel=st.none() | st.sampled_from(["text", "email", "call", "fax"]),
    cares_about=st.none() | st.text(max_size=500),
)
interactions = st.builds(
    Interaction,
    st.just(5),
    st.just(7),
    st.sampled_from(list(INTERACTIONS)),
    st.dates(date(2020, 1, 1), TODAY),
    st.sampled_from([None, "U1"]),
    st.just(NOW),
    is_reached=st.booleans(),
)
steps = st.builds(
    NextStep,
    st.just(4),
    st.just(7),
    st.just("U1"),
    st.text(min_size=1, max_size=500),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    done_on=maybe_day,
    dropped_on=maybe_day,
)


def facts_of(kind: str) -> st.SearchStrategy[Facts]:
    """Every combination of facts that a reminder of a kind may meet."""
    return st.builds(
        Facts,
        st.builds(
            replace,
            st.just(replace(REMINDER, kind=kind)),
            closed_how=st.sampled_from([None, "done", "skipped", "waived", "moved", "untrue"]),
            closed_at=st.sampled_from([None, NOW]),
            back_on=maybe_day,
            last_shown_on=maybe_day,
            recipient=st.sampled_from([None, "U1", "U2"]),
            shown_count=st.sampled_from([0, 1, 3, 9]),
        ),
        partners,
        st.just(TODAY),
        me=st.sampled_from(["", "Ana", "<!here>"]),
        contact=st.none() | contacts,
        last=st.none() | interactions,
        unthanked=st.integers(0, 60),
        is_first_ever=st.booleans(),
        last_referral_on=maybe_day,
        referrals_per_month=st.none() | st.floats(0.01, 60),
        step=st.none() | steps,
        done=st.none() | interactions,
        next_check_in_on=maybe_day,
        change_id=st.none() | st.just(9),
        news=st.builds(News, *[st.integers(0, 2000)] * 3),
    )
