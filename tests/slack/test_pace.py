"""About a message a second in each channel, with short bursts, in a bounded memory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Retryable
from bot.practice import Person, PracticeSlack
from bot.slack.messenger import SlackMessenger
from bot.slack.pace import BURST, PER_SECOND, Pace
from tests.slack.conftest import known
from tests.slack.test_messenger import MORNING as MESSAGE
from tests.slack.test_messenger import send, team


@given(st.lists(st.floats(0, 3), max_size=60))
def test_never_more_than_a_burst_and_one_a_second(pauses: list[float]) -> None:
    pace, now, taken = Pace(), 1000.0, []
    for pause in pauses:
        now += pause
        if pace.turn("T1", "D1", now) == 0:
            taken.append(now)
    for number, since in enumerate(taken):
        for count, at in enumerate(taken[number:], start=1):
            assert count <= BURST + (at - since) * PER_SECOND + 1e-6


@given(st.floats(0, 5))
def test_whoever_waits_as_long_as_it_says_gets_a_turn(pause: float) -> None:
    pace, now = Pace(), 1000.0
    while not (wait := pace.turn("T1", "D1", now)):
        now += pause / 100
    assert pace.turn("T1", "D1", now + wait + 1e-6) == 0


def test_channels_and_workspaces_do_not_hold_each_other_up() -> None:
    pace = Pace()
    for _ in range(BURST):
        pace.turn("T1", "D1", 0.0)
    assert pace.turn("T1", "D1", 0.0) > 0
    assert pace.turn("T1", "D2", 0.0) == pace.turn("T2", "D1", 0.0) == 0


def test_it_forgets_the_channels_that_were_quiet_longest() -> None:
    pace = Pace(most=10)
    for number in range(100):
        pace.turn("T1", f"D{number}", float(number))
    assert len(pace) == 10


def test_too_many_messages_to_a_person_are_put_off_before_slack_is_asked(
    slack: PracticeSlack, messenger: SlackMessenger, maya: Person
) -> None:
    other = slack.add_user("other")
    for _ in range(BURST):
        send(slack, messenger, maya)
    sent = messenger.send(team(slack), other.id, MESSAGE, "d2")
    with pytest.raises(Retryable, match="paced") as put_off:
        send(slack, messenger, maya)
    assert 0 < (put_off.value.after or 0) <= 1 / PER_SECOND
    messenger.edit(team(slack), sent, MESSAGE, "d2")
    assert len(slack.dms(maya)) == BURST


def test_who_is_limited_is_known_to_all_who_call(slack: PracticeSlack, maya: Person) -> None:
    pace = Pace()
    first, second = (
        SlackMessenger(known(slack), slack.api_url, timeout=1, pace=pace) for _ in range(2)
    )
    slack.misbehave("rate_limited", "users.info", retry_after=30)
    for messenger in (first, second):
        with pytest.raises(Retryable, match="ratelimited"):
            messenger.profile(team(slack), maya.id)
    assert len(slack.calls_of("users.info")) == 1
