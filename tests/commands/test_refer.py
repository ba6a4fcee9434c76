"""`/partner refer`, `refer to`, `new patient from`, and the buttons of a referral."""

import pytest

from tests.commands.looking import ONE_DATABASE, is_refused, is_undone, labels
from tests.speaker import Team

pytestmark = ONE_DATABASE


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("refer riverside", "✓ *Referral from Riverside Orthopedics*, today (R-1001)"),
        ("refer harbor yesterday", "✓ *Referral from Harbor Chiropractic*, yesterday (R-1001)"),
        ("refer harbor 2/22", "✓ *Referral from Harbor Chiropractic*, Mon, Feb 22 (R-1001)"),
        (
            "new patient from dr patel",
            "✓ *Referral from Dr. Raj Patel, Riverside Orthopedics*, today (R-1001)",
        ),
        ("a new referral from harbor", "✓ *Referral from Harbor Chiropractic*, today (R-1001)"),
        ("new patient riverside", "✓ *Referral from Riverside Orthopedics*, today (R-1001)"),
        ("riverside new patient", "✓ *Referral from Riverside Orthopedics*, today (R-1001)"),
        ("harbor sent us a patient yesterday", "✓ *Referral from Harbor Chiropractic*, yesterday"),
        ("iron peak sent a new referral", "✓ *Referral from Iron Peak CrossFit*, today (R-1001)"),
        ("refer to harbor", "✓ *Referral to Harbor Chiropractic*, today (R-1001)"),
        ("refer to harbor on Monday", "✓ *Referral to Harbor Chiropractic*, Mon, Mar 1 (R-1001)"),
        ("referral from riverside", "✓ *Referral from Riverside Orthopedics*, today (R-1001)"),
    ],
)
def test_a_referral_gets_its_number_and_is_taken_back(clinic: Team, text: str, line: str) -> None:
    said = is_undone(clinic, "U4", text)
    assert said.text.startswith(line)
    received = ["Came in", "We sent it to them", "Undo"]
    assert labels(said) == (["Undo"] if " to " in line else received)


def test_came_in_is_one_press_and_once(clinic: Team) -> None:
    said = clinic.says("U4", "new patient from dr patel")
    came = clinic.presses("U4", said, "Came in")
    assert came is not None
    assert came.text == "✓ *R-1001 from Riverside Orthopedics came in*, today"
    again = clinic.presses("U4", said, "Came in")
    assert again is not None
    assert again.text == "R-1001 came in already, today. Nothing was changed."
    too_late = clinic.presses("U4", said, "We sent it to them")
    assert too_late is not None
    assert too_late.text == "R-1001 is closed already. Nothing was changed."


def test_we_sent_it_to_them_turns_it_round_once(clinic: Team) -> None:
    said = clinic.says("U4", "refer riverside")
    turned = clinic.presses("U4", said, "We sent it to them")
    assert turned is not None
    assert turned.text == "✓ *R-1001 is one we sent to Riverside Orthopedics* now."
    again = clinic.presses("U4", said, "We sent it to them")
    assert again is not None
    assert "sent already" in again.text
    refused = clinic.presses("U4", said, "Came in")
    assert refused is not None
    assert "R-1001 is one that you sent" in refused.text
    clinic.presses("U4", turned, "Undo")
    assert "R-1001 from Riverside Orthopedics*, today: open." in clinic.says("U4", "R-1001").text


@pytest.mark.parametrize("day", ["tomorrow", "next Friday", "in 3 days"])
def test_a_day_to_come_is_refused(clinic: Team, day: str) -> None:
    assert (
        "hasn't come yet. Nothing was saved."
        in is_refused(clinic, "U4", f"refer harbor {day}").text
    )


def test_a_day_long_ago_is_confirmed_first(clinic: Team) -> None:
    asked = is_refused(clinic, "U4", "refer harbor 11/3")
    assert asked.text == "Tue, Nov 3, 2026 is a while back. Is that the day? Not saved yet." or (
        "Nov 3" in asked.text and "Not saved yet" in asked.text
    )
    said = clinic.presses("U4", asked, "Yes, that day")
    assert said is not None
    assert "Nov 3" in said.text
    assert "(R-1001)" in said.text


def test_a_number_alone_shows_its_referral(clinic: Team) -> None:
    clinic.says("U4", "refer riverside")
    said = is_refused(clinic, "U1", "R-1001")
    assert said.text == "*R-1001 from Riverside Orthopedics*, today: open."
    assert labels(said) == ["Came in", "We sent it to them"]
    clinic.says("U4", "lost R-1001 insurance")
    assert clinic.says("U1", "show #1001").text.endswith("didn't come in, insurance or cost.")
    assert "There is no referral R-9." in clinic.says("U1", "R-9").text
