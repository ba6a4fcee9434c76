"""What arrives in a liaison's direct messages, when, and what pressing does to it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.clock import MovableClock
from bot.domain.message import Message
from bot.errors import Permanent, Retryable, Uncertain
from jobs.deliver import deliver
from jobs.plan import plan
from jobs.scheduler import ROUNDS
from tests.conftest import TEAM
from tests.speaker import Post, Team, controls

NEW_YORK = ZoneInfo("America/New_York")


class Fixed(MovableClock):
    """A clock that stands still."""

    def __init__(self, now: datetime) -> None:
        self.at = now

    def now(self) -> datetime:
        return self.at


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


def tick(team: Team, when: str | datetime | None = None) -> list[Post]:
    """Let time pass to `when`, run the jobs until nothing is left, return what is new."""
    if when is not None:
        team.now = at(when) if isinstance(when, str) else when
    before = len(team.inbox.posts)
    for _ in range(50):
        asked = sum(each(team.store, team.inbox, team.now) for each in ROUNDS)
        planned = plan(team.store, team.inbox, TEAM, team.now)
        if not deliver(team.store, team.inbox, Fixed(team.now), TEAM) + planned + asked:
            return team.inbox.posts[before:]
    raise AssertionError("the jobs never came to rest")


def labels(message: Message) -> list[str]:
    return [control.text for control in controls(message)]


def test_a_check_in_arrives_at_nine_on_its_day(team: Team) -> None:
    team.says("U1", "add Iron Peak CrossFit, gym, every 2 weeks, <@U1>")
    assert tick(team, "2027-03-17 08:59") == []
    (post,) = tick(team, "2027-03-17 09:00")
    assert post.member == "U1"
    assert "Good morning, Ana. One today." in post.message.text
    assert "Iron Peak CrossFit" in post.message.text
    assert labels(post.message) == ["I did it", "Not now"]
    assert tick(team, "2027-03-17 09:01") == []


def test_one_pick_logs_and_the_message_says_so(team: Team) -> None:
    team.says("U1", "add Iron Peak CrossFit, gym, every 2 weeks, <@U1>")
    (post,) = tick(team, "2027-03-17 09:00")
    original = post.message
    assert team.presses("U1", original, "Texted", in_dm=True) is None
    tick(team)
    assert "✓ *Iron Peak CrossFit*: texted today. Next check-in: Wed, Mar 31" in post.message.text
    assert labels(post.message) == ["Undo"]
    again = team.presses("U1", original, "Texted", in_dm=True)
    assert again is None
    assert "Last" not in team.says("U1", "due").text
    card = team.says("U1", "show iron peak").text
    assert card.count("Text by") == 1


def test_undo_brings_the_row_back(team: Team) -> None:
    team.says("U1", "add Iron Peak CrossFit, gym, every 2 weeks, <@U1>")
    (post,) = tick(team, "2027-03-17 09:00")
    before = post.message
    team.presses("U1", before, "Called", in_dm=True)
    tick(team)
    assert team.presses("U1", post.message, "Undo", in_dm=True) is None
    tick(team)
    assert labels(post.message) == ["I did it", "Not now"]
    assert "Nothing logged yet" in post.message.text
    assert len(team.inbox.posts) == 1


def test_somebody_else_is_told_whose_it_is(team: Team) -> None:
    team.says("U1", "add Iron Peak CrossFit, gym, every 2 weeks, <@U1>")
    (post,) = tick(team, "2027-03-17 09:00")
    said = team.presses("U2", post.message, "Called", in_dm=True)
    assert said is not None
    assert "<@U1>'s" in said.text
    tick(team)
    assert labels(post.message) == ["I did it", "Not now"]


def test_a_log_elsewhere_edits_the_message(team: Team) -> None:
    team.says("U1", "add Iron Peak CrossFit, gym, every 2 weeks, <@U1>")
    (post,) = tick(team, "2027-03-17 09:00")
    team.says("U1", "had lunch with iron peak")
    tick(team)
    assert "✓ *Iron Peak CrossFit*: had lunch today." in post.message.text


@pytest.mark.parametrize(
    ("pick", "back"),
    [
        ("Tomorrow", "2027-03-18"),
        ("In 3 days", "2027-03-22"),  # the 20th is a Saturday
        ("Next week", "2027-03-22"),
    ],
)
def test_not_now_brings_it_back_that_morning(team: Team, pick: str, back: str) -> None:
    team.says("U1", "add Iron Peak CrossFit, gym, every 2 weeks, <@U1>")
    (post,) = tick(team, "2027-03-17 09:00")
    team.presses("U1", post.message, pick, in_dm=True)
    tick(team)
    assert "not now. Back" in post.message.text
    assert tick(team, f"{back} 08:59") == []
    (again,) = tick(team, f"{back} 09:00")
    assert labels(again.message) == ["I did it", "Not now"]
    assert post.message.text == "Moved to a newer message."


def test_skip_goes_on_to_the_next_one(team: Team) -> None:
    team.says("U1", "add Iron Peak CrossFit, gym, every 2 weeks, <@U1>")
    (post,) = tick(team, "2027-03-17 09:00")
    team.presses("U1", post.message, "Skip this one", in_dm=True)
    tick(team)
    assert "skipped this one. Next check-in: Wed, Mar 31" in post.message.text
    assert tick(team, "2027-03-24 09:00") == []
    assert len(tick(team, "2027-03-31 09:00")) == 1


def test_untouched_it_returns_after_three_working_days(team: Team) -> None:
    team.says("U1", "add Iron Peak CrossFit, gym, every 2 weeks, <@U1>")
    tick(team, "2027-03-17 09:00")
    for day in ("2027-03-18", "2027-03-19", "2027-03-20", "2027-03-21"):
        assert tick(team, f"{day} 09:00") == []
    assert len(tick(team, "2027-03-22 09:00")) == 1


def test_five_rows_and_the_rest_can_wait(team: Team) -> None:
    for number in range(8):
        team.says("U1", f"add Gym {'ABCDEFGH'[number]}, gym, every 2 weeks, <@U1>")
    (post,) = tick(team, "2027-03-17 09:00")
    assert "Five today." in post.message.text
    assert "3 more can wait" in post.message.text
    assert "5 for today" in post.message.preview
    (rest,) = tick(team, "2027-03-18 09:00")
    assert "Three today." in rest.message.text


def test_a_thank_you_is_asked_for_at_once_in_working_hours(team: Team) -> None:
    team.says("U1", "add Dr. Amy Lee, physician, <@U1>")
    tick(team)
    team.says("U4", "evals dr amy lee")
    (post,) = tick(team)
    assert "First referral from Dr. Amy Lee!" in post.message.text
    assert "Dear Dr. Lee" in post.message.text
    assert labels(post.message) == ["Mark sent", "Not now", "Not needed"]
    team.says("U4", "evals dr amy lee")
    assert tick(team) == []
    team.presses("U1", post.message, "Mark sent", in_dm=True)
    tick(team)
    assert "thanked today" in post.message.text


def test_a_thank_you_at_night_waits_for_the_morning(team: Team) -> None:
    team.says("U1", "add Dr. Amy Lee, physician, <@U1>")
    team.now = at("2027-03-03 20:00")
    team.says("U4", "evals dr amy lee")
    assert tick(team) == []
    assert tick(team, "2027-03-04 08:59") == []
    assert len(tick(team, "2027-03-04 09:00")) == 1


def test_a_thank_you_comes_back_until_it_is_waved_off(team: Team) -> None:
    team.says("U1", "add Dr. Amy Lee, physician, <@U1>")
    team.says("U4", "evals dr amy lee")
    tick(team)
    seen = []
    day = team.now
    for _ in range(25):
        day += timedelta(days=1)
        seen += [day.astimezone(NEW_YORK).date().isoformat() for _ in tick(team, day)]
    assert seen == ["2027-03-05", "2027-03-10", "2027-03-15"]
    last = team.inbox.posts[-1]
    team.presses("U1", last.message, "They don't want notes", in_dm=True)
    tick(team)
    assert "no thank-you needed" in last.message.text
    assert tick(team, "2027-04-05 09:00") == []


def test_a_partner_that_does_not_treat_gets_a_general_word_on_a_monday(team: Team) -> None:
    team.says("U1", "add Iron Peak CrossFit, gym, every 6 months, <@U1>")
    team.says("U4", "evals iron peak")
    assert tick(team) == []
    (post,) = tick(team, "2027-03-08 09:00")
    assert "Good week to thank Iron Peak CrossFit" in post.message.text
    assert "evaluation" not in post.message.text.lower()
    assert "first" not in post.message.text.lower()
    assert "Please don't say whether or when anyone came in" in post.message.text


def test_thanked_lately_means_the_next_morning(team: Team) -> None:
    team.says("U1", "add Dr. Amy Lee, physician, every 6 months, <@U1>")
    team.says("U1", "sent dr amy lee a thank you note")
    team.now += timedelta(minutes=5)
    team.says("U4", "evals dr amy lee 2")
    assert tick(team) == []
    (post,) = tick(team, "2027-03-04 09:00")
    assert "Their first two evaluations took place" in post.message.text


def test_a_voicemail_is_no_touch(team: Team) -> None:
    team.says("U1", "add Iron Peak CrossFit, gym, every 2 weeks, <@U1>")
    (post,) = tick(team, "2027-03-17 09:00")
    team.presses("U1", post.message, "Left a message", in_dm=True)
    tick(team)
    assert tick(team, "2027-03-19 09:00") == []
    assert len(tick(team, "2027-03-22 09:00")) == 1


def test_a_next_step_comes_on_its_day(team: Team) -> None:
    team.says("U1", "add Riverside Orthopedics, ortho, every 6 months, <@U1>")
    team.says("U1", "next riverside send the protocol by Friday")
    (post,) = tick(team, "2027-03-05 09:00")
    assert "send the protocol" in post.message.text
    team.presses("U1", post.message, "Done", in_dm=True)
    tick(team)
    assert "✓ *Riverside Orthopedics*: send the protocol, done today." in post.message.text


def test_both_are_told_of_another_liaison(team: Team) -> None:
    team.says("U1", "add Iron Peak CrossFit, gym, every 2 weeks, <@U1>")
    (morning,) = tick(team, "2027-03-17 09:00")
    team.now += timedelta(minutes=30)
    team.says("U3", "assign iron peak <@U2>")
    told = {post.member: post.message.text for post in tick(team)}
    assert "is yours to look after now" in told["U2"]
    assert "is with <@U2> now" in told["U1"]
    assert "with <@U2> now" in morning.message.text


def test_after_a_week_off_everything_due_arrives_once(team: Team) -> None:
    for name in ("Alpha Gym", "Beta Gym"):
        team.says("U1", f"add {name}, gym, every 2 weeks, <@U1>")
    (post,) = tick(team, "2027-03-25 14:00")
    assert "Good afternoon, Ana. Two today." in post.message.text
    assert tick(team, "2027-03-25 14:01") == []


def test_a_public_holiday_is_a_day_off(team: Team) -> None:
    team.says("U1", "add Alpha Gym, gym, every 2 weeks, <@U1>")
    team.now = at("2027-05-17 10:00")
    team.says("U1", "called alpha gym")
    assert tick(team, "2027-05-31 09:00") == []  # Memorial Day
    assert len(tick(team, "2027-06-01 09:00")) == 1


@pytest.mark.parametrize("error", [Uncertain("timeout"), Retryable("ratelimited", 30)])
def test_a_failure_is_tried_again_and_never_doubled(team: Team, error: Exception) -> None:
    team.says("U1", "add Alpha Gym, gym, every 2 weeks, <@U1>")
    team.inbox.failing = [error]
    assert tick(team, "2027-03-17 09:00") == []
    assert len(tick(team, "2027-03-17 09:05")) == 1
    assert tick(team, "2027-03-17 09:10") == []


def test_cut_after_slack_accepted_is_found_not_sent_again(team: Team) -> None:
    team.says("U1", "add Alpha Gym, gym, every 2 weeks, <@U1>")
    team.inbox.cut = [Uncertain("line cut")]
    (post,) = tick(team, "2027-03-17 09:00")
    assert tick(team, "2027-03-17 09:05") == []
    team.presses("U1", post.message, "Called", in_dm=True)
    tick(team)
    assert "called today" in post.message.text


def test_a_definite_refusal_is_given_up_the_owner_told_and_tried_again_next_morning(
    team: Team,
) -> None:
    team.says("U1", "add Alpha Gym, gym, every 2 weeks, <@U1>")
    team.inbox.failing = [Permanent("channel_not_found")] * 3
    told = [post for minute in range(0, 30, 5) for post in tick(team, f"2027-03-17 09:{minute:02}")]
    assert [post.member for post in told] == ["U3"]
    assert "I couldn't reach <@U1>" in told[0].message.text
    (again,) = tick(team, "2027-03-18 09:00")
    assert again.member == "U1"


def test_a_press_before_the_message_is_noted_as_sent_shows_in_it(team: Team) -> None:
    team.says("U1", "add Alpha Gym, gym, every 2 weeks, <@U1>")
    team.inbox.cut = [Uncertain("line cut")]
    (post,) = tick(team, "2027-03-17 09:00")
    team.presses("U1", post.message, "Called", in_dm=True)
    tick(team, "2027-03-17 09:05")
    tick(team)
    assert "✓ *Alpha Gym*: called today." in post.message.text
    assert labels(post.message) == ["Undo"]


def test_nobody_waits_for_ever_behind_those_that_come_back(team: Team) -> None:
    names = [f"Gym {letter * 2}" for letter in "ABCDEFGHJKLMNOPQ"]
    for name in names:
        team.says("U1", f"add {name}, gym, every 2 weeks, <@U1>")
    days = ("17", "18", "19", "22")
    said = "".join(post.message.text for day in days for post in tick(team, f"2027-03-{day} 09:00"))
    assert [name for name in names if name not in said] == []
