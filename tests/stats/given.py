"""Tallies that can be: nothing is evaluated that was not received."""

from hypothesis import strategies as st

from bot.domain.tally import Tally

COUNT = st.integers(0, 60)
HISTOGRAM = st.dictionaries(st.integers(0, 90), st.integers(1, 9), max_size=12).map(
    lambda days: tuple(sorted(days.items()))
)


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    converted, lost, still_open = draw(COUNT), draw(COUNT), draw(COUNT)
    check_ins, to_thank = draw(COUNT), draw(COUNT)
    return Tally(
        received=converted + lost + still_open,
        converted=converted,
        lost=lost,
        sent=draw(COUNT),
        interactions=draw(COUNT),
        check_ins=check_ins,
        on_time=draw(st.integers(0, check_ins)),
        to_thank=to_thank,
        thanked=draw(st.integers(0, to_thank)),
        days_to_evaluation=draw(HISTOGRAM),
    )
