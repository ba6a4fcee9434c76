"""`/partner log`, and the same without `log`: what is understood, said back and taken back."""

import pytest

from bot.commands.request import OpenForm
from tests.commands.looking import ONE_DATABASE, is_refused, is_undone, labels, options
from tests.speaker import Team

pytestmark = ONE_DATABASE


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "called riverside about knee protocols, 20 min",
            [
                "✓ *Call with Riverside Orthopedics*, today, 20 min",
                '"about knee protocols"',
                "Next check-in: Wed, Apr 14",
            ],
        ),
        (
            "log riverside visit yesterday",
            ["✓ *Visit to Riverside Orthopedics*, yesterday", "Next check-in: Tue, Apr 13"],
        ),
        (
            "had lunch with dr lee 2/23, $45",
            ["✓ *Lunch with Dr. Amy Lee*, Tue, Feb 23, $45", "Gifts and meals in 2027: $45."],
        ),
        ("called dr patel", ["✓ *Call with Dr. Raj Patel, Riverside Orthopedics*, today"]),
        ("texted coach dana", ["✓ *Text to Coach Dana, Iron Peak CrossFit*, today"]),
        (
            "iron peak workshop, 90 min",
            ["✓ *Workshop with Iron Peak CrossFit*, today, 1 hr 30"],
        ),
    ],
)
def test_it_says_what_was_understood_and_is_taken_back(
    clinic: Team, text: str, lines: list[str]
) -> None:
    said = is_undone(clinic, "U1", text)
    for line in lines:
        assert line in said.text


def test_a_voicemail_comes_back_and_can_be_enough(clinic: Team) -> None:
    said = is_undone(clinic, "U1", "riverside left a voicemail")
    assert "✓ *Voicemail for Riverside Orthopedics*, today" in said.text
    assert "They're back on your list Mon, Mar 8." in said.text
    said = clinic.says("U1", "riverside left a voicemail")
    assert labels(said) == ["It was enough", "Edit", "Undo"]
    counted = clinic.presses("U1", said, "It was enough")
    assert counted is not None
    assert counted.text == "✓ *Riverside Orthopedics*: that counts.\nNext check-in: Wed, Apr 14"


def test_a_plan_is_offered_not_done(clinic: Team) -> None:
    said = clinic.says("U1", "emailed dr lee to set up lunch on the 12th")
    assert "✓ *Email to Dr. Amy Lee*, today" in said.text
    label = "Remind me: lunch, Fri, Mar 12"
    assert labels(said) == [label, "Edit", "Undo"]
    reminded = clinic.presses("U1", said, label)
    assert reminded is not None
    assert reminded.text == "✓ *Dr. Amy Lee*: lunch. I'll remind you Fri, Mar 12."
    clinic.presses("U1", said, label)
    assert clinic.says("U1", "show dr lee").text.count("☐ lunch, by Fri, Mar 12") == 1


def test_a_day_long_ago_is_confirmed_first(clinic: Team) -> None:
    asked = is_refused(clinic, "U1", "called riverside 5/3")
    assert asked.text == "Sun, May 3, 2026 is a while back. Is that the day? Not saved yet."
    assert labels(asked) == ["Yes, that day", "No"]
    said = clinic.presses("U1", asked, "Yes, that day")
    assert said is not None
    assert "✓ *Call with Riverside Orthopedics*, Sun, May 3, 2026" in said.text


@pytest.mark.parametrize("text", ["log riverside", "log  Riverside Orthopedics "])
def test_nothing_but_a_name_asks_what_happened(clinic: Team, text: str) -> None:
    asked = is_refused(clinic, "U1", text)
    assert asked.text == "What happened with *Riverside Orthopedics*? Nothing was saved yet."
    assert options(asked, "Pick one") == [
        "Called",
        "Texted",
        "Emailed",
        "Stopped by",
        "Left a message",
        "More …",
    ]
    said = clinic.presses("U1", asked, "Stopped by")
    assert said is not None
    assert said.text == "✓ *Riverside Orthopedics*: stopped by today.\nNext check-in: Wed, Apr 14"


def test_left_a_message_on_the_menu_is_no_touch(clinic: Team) -> None:
    asked = clinic.says("U1", "log riverside")
    said = clinic.presses("U1", asked, "Left a message")
    assert said is not None
    assert "back on your list Mon, Mar 8" in said.text


def test_people_mentioned_are_kept_by_name(clinic: Team) -> None:
    said = clinic.says("U1", "called riverside with <@U2|luis> about parking")
    assert "with Luis" in said.text
    assert "U2" not in said.text


def test_nothing_at_all_opens_the_form(clinic: Team) -> None:
    assert is_refused(clinic, "U1", "log") == OpenForm("log", {"day": "2027-03-03"})


def test_what_is_of_value_to_a_physician_is_counted_by_year(clinic: Team) -> None:
    clinic.says("U1", "lunch with riverside, $500")
    said = clinic.says("U2", "lunch with riverside, $45.50")
    assert "Gifts and meals in 2027: $545.50. I don't know the Stark limit for 2027" in said.text
    gym = clinic.says("U1", "lunch with iron peak, $45")
    assert "Stark" not in gym.text
