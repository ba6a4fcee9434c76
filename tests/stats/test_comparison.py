"""Groups side by side: the largest first, nothing lost, and nothing drawn of too little."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.message import Message
from bot.domain.tally import Tally
from bot.slack.blocks import rungs
from bot.stats.comparison import MOST_GROUPS, OTHERS, by_category, by_partner, leading
from bot.stats.share import FEWEST_CASES
from tests.stats.given import tallies

GROUPS = st.dictionaries(st.integers(1, 99), tallies(), max_size=30)


def named(groups: dict[int, Tally]) -> dict[int, str]:
    return {key: f"The very long name of a practice, number {key}" for key in groups}


@given(GROUPS)
def test_every_referral_of_a_category_is_drawn_once(groups: dict[int, Tally]) -> None:
    for drawn in by_category(groups, named(groups)):
        assert 2 <= len(drawn.labels) <= MOST_GROUPS + 1
        (_, received), (_, came_in) = drawn.series
        assert sum(received) == sum(one.received for one in groups.values())
        assert sum(came_in) == sum(one.converted for one in groups.values())


@given(GROUPS)
def test_partners_that_are_not_drawn_are_not_the_larger_ones(groups: dict[int, Tally]) -> None:
    for drawn in by_partner(groups, named(groups)):
        sizes = sorted((one.received + one.sent for one in groups.values()), reverse=True)
        assert 2 <= len(drawn.labels) <= MOST_GROUPS
        assert ("top" in drawn.title) == (len(drawn.labels) < sum(size > 0 for size in sizes))
        if drawn.series[1][0] == "Sent":
            shown = [sum(pair) for pair in zip(*(v for _, v in drawn.series), strict=True)]
            assert shown == sizes[: len(shown)]


@given(GROUPS)
def test_the_largest_come_first_and_the_rest_last(groups: dict[int, Tally]) -> None:
    for drawn in by_category(groups, named(groups)):
        received = list(drawn.series[0][1])
        shown = received[:-1] if OTHERS in drawn.labels else received
        assert shown == sorted(shown, reverse=True)
        assert OTHERS not in drawn.labels[:-1]
        assert 0 not in shown


@given(GROUPS)
def test_it_fits_slack_with_the_longest_names(groups: dict[int, Tally]) -> None:
    for drawn in by_partner(groups, named(groups)):
        [block] = rungs(Message((drawn,)))[0]["blocks"]
        labels = block["chart"]["axis_config"]["categories"]
        assert len(block["title"]) <= 50
        assert max(map(len, labels)) <= 20
        assert len(labels) == len(set(labels)) == len(drawn.labels)


@given(GROUPS)
def test_too_little_is_not_drawn(groups: dict[int, Tally]) -> None:
    referrals = sum(one.received + one.sent for one in groups.values())
    if referrals < FEWEST_CASES or len(leading(groups)) < 2:
        assert by_partner(groups, named(groups)) == []
    assert by_category(dict(list(groups.items())[:1]), named(groups)) == []


def test_what_is_sent_stands_beside_what_is_received() -> None:
    groups = {1: Tally(received=4, converted=3, lost=1), 2: Tally(received=1, sent=6)}
    [drawn] = by_partner(groups, {1: "Riverside", 2: "Iron Peak"})
    assert drawn.title == "Received and sent, by partner"
    assert drawn.labels == ("Iron Peak", "Riverside")
    assert drawn.series == (("Received", (1, 4)), ("Sent", (6, 0)))
    one_way = {key: Tally(received=5, converted=2) for key in (1, 2)}
    [drawn] = by_partner(one_way, {1: "Riverside", 2: "Iron Peak"})
    assert drawn.title == "Received and came in, by partner"


def test_a_category_called_like_the_rest_keeps_its_own_bar() -> None:
    groups = {key: Tally(received=9 - key % 9) for key in range(12)}
    labels = {key: "All others" if key == 0 else f"P{key}" for key in groups}
    [drawn] = by_category(groups, labels)
    assert drawn.labels.count(OTHERS) == 2
    assert sum(drawn.series[0][1]) == sum(one.received for one in groups.values())
