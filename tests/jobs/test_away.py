"""Absences, covers and leavers: who is asked meanwhile, and who is asked when it is over."""

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.commands.request import OpenForm
from bot.domain.member import Profile
from bot.domain.message import Message
from bot.domain.preference import Preferences
from bot.store import workspace
from tests.conftest import ZONE
from tests.jobs.test_messages import labels, tick
from tests.speaker import Team

MONDAY = date(2027, 3, 22)


def away(team: Team, user: str = "U1", until: date = MONDAY, cover: str | None = None) -> None:
    with team.store.change("T1", team.now, "preferences", user) as change:
        workspace.save_preferences(change, user, Preferences(away_until=until, cover=cover))


@pytest.fixture
def waiting(team: Team) -> Team:
    """Ana has a check-in on Wednesday, March 17, and a next step on Thursday."""
    team.says("U1", "add Iron Peak CrossFit, gym, every 2 weeks, <@U1>")
    team.says("U1", "next iron peak send the protocol by 3/18")
    tick(team, "2027-03-16 12:00")
    return team


def test_without_a_cover_it_waits_until_they_are_back(waiting: Team) -> None:
    away(waiting)
    for day in (17, 18, 19, 20, 21):
        assert tick(waiting, f"2027-03-{day} 10:00") == []
    said = waiting.says("U3", "due all").text
    assert re.search(r"For <@U1>, held until <!date.*\|tomorrow at 9:00 am>: away\.", said)
    assert tick(waiting, "2027-03-22 08:59") == []
    (post,) = tick(waiting, "2027-03-22 09:00")
    assert post.member == "U1"
    assert "Two today." in post.message.text


def test_the_cover_is_asked_and_sees_for_whom(waiting: Team) -> None:
    away(waiting, cover="U2")
    (post,) = tick(waiting, "2027-03-17 09:00")
    assert post.member == "U2"
    assert "check-in. Nothing logged yet. _For <@U1>, away until Mon, Mar 22._" in post.message.text
    (more,) = tick(waiting, "2027-03-18 09:00")
    assert "send the protocol, for today _For <@U1>, away until" in more.message.text
    assert waiting.presses("U2", more.message, "Done", in_dm=True) is None
    tick(waiting)
    assert "send the protocol, done today" in more.message.text


def test_back_again_it_is_theirs_and_the_cover_is_told(waiting: Team) -> None:
    away(waiting, cover="U2")
    (post,) = tick(waiting, "2027-03-17 09:00")
    found = tick(waiting, "2027-03-22 09:00")
    assert [one.member for one in found] == ["U1"]
    assert "_For" not in found[0].message.text
    assert "*Iron Peak CrossFit*: with <@U1> now" in post.message.text
    assert waiting.store.on_commit
    with waiting.store.read("T1") as tx:
        assert workspace.member(tx, "U1").preferences == Preferences()


def test_coming_back_early_is_a_change_of_mind(waiting: Team) -> None:
    away(waiting, cover="U2")
    tick(waiting, "2027-03-17 09:00")
    with waiting.store.change("T1", waiting.now, "preferences", "U1") as change:
        workspace.save_preferences(change, "U1", Preferences())
    (post,) = tick(waiting, "2027-03-18 09:00")
    assert post.member == "U1"


def test_a_cover_who_goes_too_gives_it_back(waiting: Team) -> None:
    away(waiting, cover="U2")
    away(waiting, "U2", date(2027, 3, 25))
    assert tick(waiting, "2027-03-17 10:00") == []
    (post,) = tick(waiting, "2027-03-22 09:00")
    assert post.member == "U1"


def test_undoing_an_absence_gives_it_back(waiting: Team) -> None:
    away(waiting, cover="U2")
    waiting.says("U1", "undo")
    (post,) = tick(waiting, "2027-03-17 09:00")
    assert post.member == "U1"


def profiled(team: Team, user: str, **facts: object) -> None:
    team.inbox.profiles[user] = replace(Profile("Ana", ZONE), **facts)  # type: ignore[arg-type]


def test_a_status_of_vacation_is_asked_about_once(waiting: Team) -> None:
    profiled(waiting, "U1", back_on=MONDAY)
    asked = [one for one in tick(waiting, "2027-03-17 09:00") if "status" in one.message.text]
    (post,) = asked
    assert post.member == "U1"
    assert "you're away until Mon, Mar 22. Shall I hold your messages" in post.message.text
    assert labels(post.message) == ["Hold them", "My settings"]
    said = waiting.presses("U1", post.message, "Hold them")
    assert said
    assert "✓ I'll hold your messages until Mon, Mar 22." in said.text
    for day in (18, 19):
        assert tick(waiting, f"2027-03-{day} 10:00") == []


def test_a_vacation_nobody_answers_for_is_not_asked_about_again(waiting: Team) -> None:
    profiled(waiting, "U1", back_on=date(2027, 3, 29))
    found = [
        post
        for day in (17, 18, 19, 22, 23)
        for post in tick(waiting, f"2027-03-{day} 09:00")
        if "status" in post.message.text
    ]
    assert len(found) == 1


def test_the_owner_hands_over_what_a_leaver_had_in_one_go(waiting: Team) -> None:
    waiting.says("U1", "add Stride Running, store, every 2 weeks, <@U1>")
    profiled(waiting, "U1", is_deactivated=True)
    found = tick(waiting, "2027-03-18 09:00")
    (post,) = [one for one in found if "has left Slack" in one.message.text]
    assert post.member == "U3"
    assert "looked after 2 partners: Iron Peak CrossFit and Stride Running" in post.message.text
    form = waiting.presses("U3", post.message, "Hand them over")
    assert isinstance(form, OpenForm)
    said = waiting.sends_in("U3", form, user="U2")
    assert isinstance(said, Message)
    assert "✓ 2 partners are with <@U2> now. They'll be told." in said.text
    undone = waiting.presses("U3", said, "Undo")
    assert isinstance(undone, Message)
    assert undone.text.startswith("Undone: I took back that handover")
    form = waiting.presses("U3", post.message, "Hand them over")
    assert isinstance(form, OpenForm)
    waiting.sends_in("U3", form, user="U2")
    found = tick(waiting, "2027-03-19 09:00")
    told, morning = sorted(found, key=lambda one: "yours to look after" not in one.message.text)
    assert (told.member, morning.member) == ("U2", "U2")
    assert told.message.text == (
        "*2 partners are yours to look after now:* Iron Peak CrossFit and Stride Running. "
        "1 next step came along.\n*Iron Peak CrossFit* has been waiting for a check-in since "
        "Wed, Mar 17. <@U3> handed them over. See `/partner list mine`."
    )
    assert "Two today" in morning.message.text
    assert "send the protocol" in morning.message.text
    again = waiting.presses("U3", post.message, "Hand them over")
    assert isinstance(again, Message)
    assert "looks after nobody any more" in again.text
    for day in (22, 23, 24):
        posts = tick(waiting, f"2027-03-{day} 09:00")
        assert not [one for one in posts if "has left Slack" in one.message.text]


def test_whoever_takes_everything_over_is_told_in_working_hours(waiting: Team) -> None:
    profiled(waiting, "U1", is_deactivated=True)
    form = OpenForm("take_over", {}, {"user": "U1"})
    tick(waiting, "2027-03-17 18:00")
    said = waiting.sends_in("U3", form, user="U2")
    assert isinstance(said, Message)
    assert tick(waiting) == []
    found = tick(waiting, "2027-03-18 09:00")
    assert [one.member for one in found] == ["U2", "U2"]
    assert "1 partner is yours to look after now:* Iron Peak CrossFit." in found[0].message.text


def test_an_owner_who_takes_over_is_not_told_what_they_did(waiting: Team) -> None:
    tick(waiting, "2027-03-16 14:00")
    said = waiting.sends_in("U3", OpenForm("take_over", {}, {"user": "U1"}), user="U3")
    assert isinstance(said, Message)
    assert "told" not in said.text
    assert tick(waiting) == []


def test_what_was_handed_on_before_it_was_told_is_not_told(waiting: Team) -> None:
    tick(waiting, "2027-03-16 18:00")
    waiting.sends_in("U3", OpenForm("take_over", {}, {"user": "U1"}), user="U2")
    waiting.says("U3", "assign iron peak <@U3>")
    texts = [one.message.text for one in tick(waiting, "2027-03-17 09:00")]
    assert texts
    assert not [text for text in texts if "yours to look after now:" in text]


def test_do_not_disturb_holds_a_message_until_it_ends(waiting: Team) -> None:
    from tests.jobs.test_messages import at

    span = (at("2027-03-17 08:00"), at("2027-03-17 11:30"))
    profiled(waiting, "U1", undisturbed=span)
    assert tick(waiting, "2027-03-17 09:00") == []
    assert tick(waiting, "2027-03-17 11:29") == []
    (post,) = tick(waiting, "2027-03-17 11:30")
    assert post.member == "U1"


def test_do_not_disturb_that_was_set_today_is_seen_before_a_message_goes(waiting: Team) -> None:
    from tests.jobs.test_messages import at

    waiting.inbox.silences = {"U1": (at("2027-03-17 08:30"), at("2027-03-17 13:00"))}
    assert tick(waiting, "2027-03-17 09:00") == []
    said = waiting.says("U3", "due all").text
    assert "do not disturb" in said
    waiting.inbox.silences = {"U1": None}
    (post,) = tick(waiting, "2027-03-17 13:00")
    assert post.member == "U1"


def test_quiet_hours_hold_a_message_until_they_end(waiting: Team) -> None:
    from datetime import time

    with waiting.store.change("T1", waiting.now, "preferences", "U1") as change:
        wishes = Preferences(quiet_from=time(8), quiet_until=time(10))
        workspace.save_preferences(change, "U1", wishes)
    assert tick(waiting, "2027-03-17 09:59") == []
    (post,) = tick(waiting, "2027-03-17 10:00")
    assert post.member == "U1"
    assert tick(waiting, "2027-03-18 09:30") == []


def test_in_another_zone_it_comes_at_nine_there(waiting: Team) -> None:
    """Ana has moved to Los Angeles; her next step's morning is moved with her."""
    profiled(waiting, "U1", zone="America/Los_Angeles")
    assert tick(waiting, "2027-03-17 09:00") == []
    (post,) = tick(waiting, "2027-03-17 12:00")
    assert "Good morning" in post.message.text
    assert tick(waiting, "2027-03-18 11:59") == []
    assert len(tick(waiting, "2027-03-18 12:00")) == 1
    profiled(waiting, "U1", zone="America/New_York")
    assert len(tick(waiting, "2027-03-19 12:00")) == 1
    assert tick(waiting, "2027-03-22 08:59") == []
    assert len(tick(waiting, "2027-03-22 09:00")) == 1
