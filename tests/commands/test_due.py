"""`/partner due`: what is waiting, for whom, and why something is held back."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.message import Row
from bot.domain.preference import Preferences
from bot.store import workspace
from tests.commands.looking import ONE_DATABASE, is_refused, labels, without_clocks
from tests.speaker import Team

pytestmark = ONE_DATABASE


def test_on_a_quiet_day(clinic: Team) -> None:
    assert is_refused(clinic, "U1", "due").text == (
        "Nothing today. Next: Riverside Orthopedics, Wed, Apr 14."
    )
    assert clinic.says("U4", "due").text == "Nothing today."


def test_what_waits_has_its_buttons(clinic: Team) -> None:
    clinic.now += timedelta(days=45)
    clinic.says("U4", "evals dr lee 2")
    said = is_refused(clinic, "U1", "due")
    rows = [part for part in said.parts if isinstance(part, Row)]
    assert [row.text.split("*")[1] for row in rows] == [
        "Riverside Orthopedics",
        "First referrals from Dr. Amy Lee!",
    ]
    assert rows[0].small.startswith("Waiting since Wed, Apr 14.")
    assert labels(said) == ["I did it", "Not now", "Mark sent", "Not now", "Not needed"]
    done = clinic.presses("U1", said, "Called")
    assert done is not None
    assert "✓ *Riverside Orthopedics*: called today. Next check-in: " in done.text
    assert labels(done) == ["Undo", "What else is due?"]
    more = clinic.presses("U1", done, "What else is due?")
    assert more is not None
    assert "1 thing waiting" in more.text


@pytest.mark.parametrize("text", ["due <@U1>", "due <@U1|ana>"])
def test_of_somebody_else_has_no_buttons(clinic: Team, text: str) -> None:
    clinic.says("U4", "evals dr lee")
    said = is_refused(clinic, "U2", text)
    assert "(<@U1>)" in said.text
    assert labels(said) == []


def test_all_names_people_and_why_it_is_held(clinic: Team) -> None:
    clinic.says("U4", "evals dr lee, bright path, harbor")
    clinic.inbox.profiles["U2"] = replace(clinic.inbox.profiles["U2"], is_deactivated=True)
    clinic.now += timedelta(days=2)
    clinic.says("U2", "due")
    said = is_refused(clinic, "U3", "due all")
    assert "(<@U1>)" in said.text
    assert "(no liaison)" in said.text
    assert "<@U2> has left Slack: please hand their partners over." in said.text
    assert "1 item without a liaison: nobody is asked." in said.text


def test_an_unknown_zone_holds_and_is_said(clinic: Team) -> None:
    clinic.inbox.profiles["U6"] = replace(clinic.inbox.profiles["U1"], zone=None)
    clinic.says("U3", "assign harbor <@U6>")
    clinic.says("U4", "evals harbor")
    said = clinic.says("U3", "due <@U6>")
    assert "<@U6>'s time zone isn't known yet, so I hold their messages." in said.text


@pytest.mark.parametrize("text", ["due soon", "due riverside", "due <@U1> <@U2>", "due all x"])
def test_what_cannot_be(clinic: Team, text: str) -> None:
    assert "Try `/partner due`" in is_refused(clinic, "U1", text).text


def test_many_fit_in_one_message(clinic: Team) -> None:
    for number in range(30):
        clinic.says("U1", f"add Gym {number} {'of the long name ' * 9}, gym, every week, <@U1>")
    clinic.now += timedelta(days=10)
    said = is_refused(clinic, "U1", "due")
    assert "30 things waiting" in said.text
    assert "20 more, once these are done." in said.text
    assert is_refused(clinic, "U3", "due all")


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        (Preferences(away_until=date(2027, 4, 19)), "held until Mon, Apr 19 at 9:00 am: away"),
        (
            Preferences(quiet_from=time(9), quiet_until=time(12)),
            "held until today at 12:00 pm: quiet hours",
        ),
    ],
)
def test_why_it_is_held_is_said(clinic: Team, wishes: Preferences, said: str) -> None:
    clinic.says("U1", "called riverside")
    with clinic.store.change("T1", clinic.now, "preferences", "U1") as change:
        workspace.save_preferences(change, "U1", wishes)
    clinic.now += timedelta(days=43)
    assert f"For <@U1>, {said}." in without_clocks(clinic.says("U3", "due all"))


def test_outside_working_hours_and_on_holidays_it_says_so(clinic: Team) -> None:
    clinic.says("U1", "cadence riverside every month")
    clinic.now = datetime(2027, 5, 31, 15, 0, tzinfo=UTC)
    said = without_clocks(clinic.says("U3", "due all"))
    assert "For <@U1>, held until tomorrow at 9:00 am: Memorial Day." in said
