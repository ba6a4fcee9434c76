"""What is shown three times without an answer asks something else, and then hardly comes back."""

from datetime import timedelta

import pytest

from bot.commands.request import OpenForm
from bot.domain.cadence import Cadence
from bot.domain.policy import Policy
from bot.store import workspace
from tests.conftest import TEAM
from tests.invariants import check
from tests.jobs.test_messages import at, labels, tick
from tests.speaker import Post, Team

CHOICES = ["Keep", "Less often", "Hand over", "Pause"]


def mornings(team: Team, first: str, days: int) -> dict[str, Post]:
    """What arrives at nine on each of `days` days."""
    found = {}
    for n in range(days):
        for post in tick(team, at(f"{first} 09:00") + timedelta(days=n)):
            found[team.now.strftime("%b %-d")] = post
    return found


@pytest.fixture
def asked(team: Team) -> Post:
    """The fourth message about a check-in that nobody answers."""
    team.says("U1", "add Iron Peak CrossFit, gym, every 2 weeks, <@U1>")
    found = mornings(team, "2027-03-17", 14)
    assert list(found) == ["Mar 17", "Mar 22", "Mar 25", "Mar 30"]
    *as_it_is, asked = found.values()
    assert all(post.message.text == "Moved to a newer message." for post in as_it_is)
    return asked


def test_the_fourth_time_it_asks_what_is_best(asked: Post) -> None:
    assert "*Iron Peak CrossFit*: here three times now. What's best?" in asked.message.text
    assert "Now it is every 2 weeks. *Less often* would be every month." in asked.message.text
    assert labels(asked.message) == CHOICES


def test_when_that_is_ignored_too_it_comes_back_in_four_weeks(team: Team, asked: Post) -> None:
    found = mornings(team, "2027-03-31", 60)
    assert list(found) == ["Apr 27", "May 25"]
    assert all(labels(post.message) == CHOICES for post in list(found.values())[-1:])


def test_a_message_goes_on_asking_what_it_asked(team: Team) -> None:
    team.says("U1", "add Iron Peak CrossFit, gym, every 2 weeks, <@U1>")
    team.says("U1", "add Stride Running, store, every 2 weeks, <@U1>")
    third = list(mornings(team, "2027-03-17", 10).values())[-1]
    team.presses("U1", third.message, "Called", in_dm=True)
    tick(team)
    assert "called today" in third.message.text
    assert labels(third.message) == ["Undo", "I did it", "Not now"]


def test_kept_it_starts_anew(team: Team, asked: Post) -> None:
    assert team.presses("U1", asked.message, "Keep", in_dm=True) is None
    tick(team)
    assert "*Iron Peak CrossFit*: not now. Back Fri, Apr 2." in asked.message.text
    found = mornings(team, "2027-03-31", 12)
    assert list(found) == ["Apr 2", "Apr 7"]
    assert labels(found["Apr 7"].message) == ["I did it", "Not now"]


def test_less_often_says_the_new_date_and_can_be_undone(team: Team, asked: Post) -> None:
    said = team.presses("U1", asked.message, "Less often")
    assert said
    assert said.text == (
        "✓ *Iron Peak CrossFit*: check-in every month now. Next check-in: Mon, Apr 5"
    )
    check(team.store, team.now.date())
    team.presses("U1", said, "Undo")
    tick(team)
    assert labels(asked.message) == CHOICES


def test_it_names_the_cadence_that_the_practice_chose(team: Team) -> None:
    decided = Policy(cadences={"gym": Cadence(2, "week")})
    with team.store.change(TEAM, team.now, "policy", "U3") as change:
        workspace.save_policy(change, decided)
    team.says("U1", "add Iron Peak CrossFit, gym, <@U1>")
    asked = list(mornings(team, "2027-03-17", 14).values())[-1]
    assert "Now it is every 2 weeks. *Less often* would be every month." in asked.message.text
    said = team.presses("U1", asked.message, "Less often")
    assert said
    assert "check-in every month now" in said.text


def test_less_often_brings_relief_even_when_nothing_was_ever_logged(team: Team) -> None:
    team.says("U1", "add Iron Peak CrossFit, gym, every week, <@U1>")
    asked = list(mornings(team, "2027-03-10", 90).values())[-1]
    team.presses("U1", asked.message, "Less often", in_dm=True)
    today = team.now
    found = mornings(team, (today + timedelta(days=1)).strftime("%Y-%m-%d"), 13)
    assert found == {}
    assert "Next check-in" in asked.message.text


def test_a_pause_rests_until_the_day_and_then_it_asks_as_at_first(team: Team, asked: Post) -> None:
    form = team.presses("U1", asked.message, "Pause", in_dm=True)
    assert isinstance(form, OpenForm)
    assert form.prefill["day"] == "2027-06-30"
    assert team.sends_in("U1", form, in_dm=True, day="2027-04-12") is None
    tick(team)
    assert "*Iron Peak CrossFit*: resting until Mon, Apr 12." in asked.message.text
    assert labels(asked.message) == ["Undo"]
    check(team.store, team.now.date())
    found = mornings(team, "2027-03-31", 13)
    assert list(found) == ["Apr 12"]
    assert labels(found["Apr 12"].message) == ["I did it", "Not now"]


@pytest.mark.parametrize("is_typed", [True, False])
def test_a_pause_is_taken_back_where_it_stands(team: Team, asked: Post, is_typed: bool) -> None:
    if is_typed:
        assert "Undo" in labels(team.says("U1", "pause iron peak"))
    else:
        form = team.presses("U1", asked.message, "Pause", in_dm=True)
        assert isinstance(form, OpenForm)
        team.sends_in("U1", form, in_dm=True, day="2027-04-12")
    tick(team)
    assert "*Iron Peak CrossFit*: resting" in asked.message.text
    assert team.presses("U1", asked.message, "Undo", in_dm=True) is None
    tick(team)
    assert "resting" not in asked.message.text
    # A pause of three months was an answer; one for good closed what had not been answered.
    assert labels(asked.message) == (CHOICES if is_typed else ["I did it", "Not now"])
    assert "Paused" not in team.says("U1", "show iron peak").text


def test_handed_over_it_is_new_to_whoever_gets_it(team: Team, asked: Post) -> None:
    form = team.presses("U1", asked.message, "Hand over", in_dm=True)
    assert isinstance(form, OpenForm)
    team.sends_in("U1", form, in_dm=True, user="U2")
    found = mornings(team, "2027-03-31", 2)
    assert [post.member for post in found.values()] == ["U2"]
    assert "check-in." in found["Mar 31"].message.text


def test_a_next_step_may_be_dropped(team: Team) -> None:
    team.says("U1", "add Iron Peak CrossFit, gym, every year, <@U1>")
    team.says("U1", "next iron peak send the protocol by tomorrow")
    found = mornings(team, "2027-03-04", 14)
    assert list(found) == ["Mar 4", "Mar 5", "Mar 10", "Mar 15"]
    asked = found["Mar 15"]
    assert "it was for Thu, Mar 4. Here three times now: still wanted?" in asked.message.text
    assert team.presses("U1", asked.message, "Drop it", in_dm=True) is None
    tick(team)
    assert "✓ *Iron Peak CrossFit*: dropped." in asked.message.text
    team.presses("U1", asked.message, "Undo", in_dm=True)
    tick(team)
    assert "Drop it" in labels(asked.message)


def test_what_is_new_since_the_last_touch_is_said(team: Team) -> None:
    team.says("U1", "add Dr. Amy Lee, physician, every 2 weeks, <@U1>")
    team.says("U1", "add Iron Peak CrossFit, gym, every 2 weeks, <@U1>")
    team.says("U1", "called dr lee yesterday")
    team.says("U1", "called iron peak yesterday")
    team.says("U1", "refer dr lee")
    team.says("U1", "refer iron peak")
    team.says("U1", "refer dr lee")
    team.says("U1", "dr lee came in")
    team.says("U1", "iron peak came in")
    (post,) = tick(team, "2027-03-16 09:00")
    assert (
        "*Dr. Amy Lee*: check-in. Last: Mar 2, call. New since: 2 referrals and 1 came in."
        in post.message.text
    )
    # That somebody came is not for a gym to know, so it is not on the liaison's mind either.
    assert "*Iron Peak CrossFit*: check-in. Last: Mar 2, call. New since: 1 referral." in (
        post.message.text
    )
