"""The form of what a person chooses for themselves."""

from datetime import date, time

import pytest

from bot.commands.request import OpenForm
from bot.domain.preference import Preferences
from bot.store import workspace
from tests.commands.filling import refused, sent_in
from tests.commands.looking import is_sound
from tests.speaker import Team


def opened(team: Team, user: str = "U1") -> OpenForm:
    form = team.press_value(user, "my_settings", "")
    assert isinstance(form, OpenForm), form
    is_sound(form)
    return form


def wishes(team: Team, user: str = "U1") -> Preferences:
    with team.store.read("T1") as tx:
        return workspace.member(tx, user).preferences


def test_it_shows_what_holds_for_who_chose_nothing(team: Team) -> None:
    assert opened(team).prefill == {
        "hour": "09:00",
        "days": "0,1,2,3,4",
        "rows": "5",
        "quiet_from": "",
        "quiet_until": "",
        "week_ahead": "",
        "away_until": "",
        "cover": "",
    }


def test_everything_is_kept_said_and_taken_back(team: Team) -> None:
    said = sent_in(
        team,
        "U1",
        opened(team),
        hour="10:30",
        days="1,3",
        rows="3",
        quiet_from="12:00",
        quiet_until="14:00",
        week_ahead="yes",
        away_until="2027-03-15",
        cover="U2",
    )
    assert said.text == (
        "✓ *Your settings are saved.*\n"
        "• I write to you at: 10:30 am\n"
        "• Your working days: Tue and Thu\n"
        "• Items in a morning message, at most: 3\n"
        "• Quiet from: 12:00 pm\n"
        "• Quiet until: 2:00 pm\n"
        "• The week ahead, on Mondays: yes\n"
        "• Away, and back on: Mon, Mar 15\n"
        "• Who covers for you: <@U2>"
    )
    chosen = Preferences((1, 3), time(12), time(14), True, date(2027, 3, 15), "U2")
    assert wishes(team) == chosen
    assert opened(team).prefill["away_until"] == "2027-03-15"
    undone = team.presses("U1", said, "Undo")
    assert undone is not None
    assert undone.text == "Undone: I took back those settings of yours."
    assert wishes(team) == Preferences()
    assert opened(team).prefill["hour"] == "09:00"


def test_nothing_changed_is_said_so(team: Team) -> None:
    said = sent_in(team, "U1", opened(team))
    assert said.text == "Your settings are as they were; nothing was changed."


def test_days_like_the_practices_follow_the_practice(team: Team) -> None:
    sent_in(team, "U1", opened(team), days="0,1")
    sent_in(team, "U1", opened(team), days="0,1,2,3,4")
    assert wishes(team).work_days is None


def test_an_absence_that_is_over_is_none(team: Team) -> None:
    sent_in(team, "U1", opened(team), away_until="2027-03-04", cover="U2")
    team.now = team.now.replace(day=4)
    assert (opened(team).prefill["away_until"], opened(team).prefill["cover"]) == ("", "")


@pytest.mark.parametrize(
    ("put", "field", "why"),
    [
        ({"hour": ""}, "hour", "At what time?"),
        ({"hour": "soon"}, "hour", "Please pick a time."),
        ({"hour": "17:00"}, "hour", "in working hours, 9:00 am to 5:00 pm."),
        ({"quiet_from": "09:00", "quiet_until": "10:00"}, "hour", "in your quiet hours"),
        ({"quiet_from": "10:00"}, "quiet_until", "both ends"),
        ({"quiet_until": "10:00"}, "quiet_from", "both ends"),
        ({"quiet_from": "12:00", "quiet_until": "11:00"}, "quiet_until", "after"),
        ({"days": ""}, "days", "at least one day"),
        ({"days": "7,x"}, "days", "at least one day"),
        ({"rows": "0"}, "rows", "1 to 10"),
        ({"rows": "²"}, "rows", "1 to 10"),
        ({"away_until": "2027-03-03"}, "away_until", "from tomorrow on"),
        ({"away_until": "2029-01-01"}, "away_until", "within a year"),
        ({"cover": "U2"}, "away_until", "Until when?"),
        ({"cover": "U1", "away_until": "2027-03-08"}, "cover", "a colleague"),
        ({"cover": "UNOBODY", "away_until": "2027-03-08"}, "cover", "couldn't find"),
    ],
)
def test_what_is_to_be_put_right_stands_at_its_field(
    team: Team, put: dict[str, str], field: str, why: str
) -> None:
    at, text = refused(team, "U1", opened(team), **put)
    assert (at, why in text) == (field, True), text
    assert wishes(team) == Preferences()


def test_nobody_covers_who_is_away_too(team: Team) -> None:
    sent_in(team, "U2", opened(team, "U2"), away_until="2027-03-10")
    away = {"away_until": "2027-03-08", "cover": "U2"}
    assert refused(team, "U1", opened(team), **away) == (
        "cover",
        "Luis is away too. Please pick somebody else.",
    )


def test_sent_in_twice_it_lands_once(team: Team) -> None:
    form = opened(team)
    assert team.sends_in("U1", form, key="view:1", rows="3") is not None
    assert team.sends_in("U1", form, key="view:1", rows="4") is None
    assert opened(team).prefill["rows"] == "3"
